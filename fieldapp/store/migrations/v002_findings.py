"""What the data checks found on this laptop, and which households are still to be checked, as of revision 002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fieldapp.store.migrations.columns import number, text

__all__ = ["make_findings"]


def make_findings() -> None:
    """Make the two derived tables; they can be filled again at any time."""
    names = (
        "household_id",
        "rule_id",
        "level",
        "list",
        "entity_id",
        "property",
        "zh",
        "en",
        "subject",
        "key",
    )
    op.create_table("findings", number("id"), *(text(name) for name in names), sa.PrimaryKeyConstraint("id"))
    op.create_index("findings_household", "findings", ["household_id"])
    op.create_index("findings_rule", "findings", ["rule_id"])
    op.create_table(
        "unchecked", text("household_id"), number("mark"), sa.PrimaryKeyConstraint("household_id")
    )
