"""The desktop: view-models, widgets, pages."""
