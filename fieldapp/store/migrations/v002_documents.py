"""Comments beside the questions of a finished form, as of revision 002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["add_comments"]


def add_comments() -> None:
    """Let a visit's document hold what was noted beside its questions; those made before have none."""
    op.add_column("documents", sa.Column("comments", sa.JSON(), nullable=True))
