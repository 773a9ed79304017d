"""Revision 001: the register, its history, the laptop's own tables, the search index."""

from __future__ import annotations

from fieldapp.store.migrations import v001_laptop, v001_register

__all__ = ["branch_labels", "depends_on", "down_revision", "revision", "upgrade"]

revision = "001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    v001_register.make_register()
    v001_register.make_history()
    v001_laptop.make_forms()
    v001_laptop.make_outbox()
    v001_laptop.make_shelves()
    v001_laptop.make_derived()
