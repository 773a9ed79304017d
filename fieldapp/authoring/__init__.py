"""For form authors: compile an XLSForm, check it, publish it."""
