"""A form being filled in: nodes with state, the incremental recomputation, views, drafts and submissions."""
