"""What was typed into the national system, as of revision 002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fieldapp.store.migrations.columns import json, text

__all__ = ["make_typing"]


def make_typing() -> None:
    """Make the marks of the to-type list."""
    key = ("list", "entity_id", "name")
    op.create_table(
        "typing_marks",
        *(text(name) for name in key),
        text("household_id"),
        text("state"),
        json("value"),
        json("national"),
        text("note"),
        text("by_id"),
        text("by_name"),
        text("at"),
        sa.PrimaryKeyConstraint(*key),
    )
