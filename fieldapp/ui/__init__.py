"""The desktop: view-models (QtCore only), widgets, pages, theme, main window. Asks services, never the store."""
