"""One module or folder a page. A page wires a view-model to widgets and decides nothing itself."""
