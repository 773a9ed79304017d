"""A repeat with the appearance ``grid``: a row a member, a column a question, and the current row in full below."""

from fieldapp.ui.pages.form.roster.widget import RosterWidget

__all__ = ["RosterWidget"]
