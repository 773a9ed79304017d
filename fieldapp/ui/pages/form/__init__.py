"""The form page: parts at the left, one calm column, rosters as a grid."""

from fieldapp.ui.pages.form.page import FormPage

__all__ = ["FormPage"]
