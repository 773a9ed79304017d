"""Revision 002: the register's further lists, units, the dated area tree, comments to a form's questions."""

from __future__ import annotations

from fieldapp.store.migrations import v002_documents, v002_findings, v002_plan, v002_register, v002_typing

__all__ = ["branch_labels", "depends_on", "down_revision", "revision", "upgrade"]

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables; what was there stays as it is."""
    v002_register.make_living()
    v002_register.make_help()
    v002_register.make_proceedings()
    v002_register.make_decisions()
    v002_register.make_waiting()
    v002_register.make_units()
    v002_register.date_areas()
    v002_typing.make_typing()
    v002_plan.widen_summaries()
    v002_documents.add_comments()
    v002_findings.make_findings()
