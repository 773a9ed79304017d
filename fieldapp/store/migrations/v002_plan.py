"""What the work list needs beside the visits (tasks, attempts, absentees), as of revision 002."""

from __future__ import annotations

from alembic import op

from fieldapp.store.migrations.columns import number, text

__all__ = ["widen_summaries"]


def widen_summaries() -> None:
    """Give the work list's derived rows their tasks, attempts and absentees; they are counted anew when next looked at."""
    for name in ("absent", "attempts", "attempt_weeks", "open_tasks"):
        op.add_column("summaries", number(name, default="0"))
    op.add_column("summaries", text("task_on", null=True))
    op.drop_index("summaries_place", "summaries")
    op.create_index(
        "summaries_place",
        "summaries",
        [
            *("place", "entered", "done", "required", "due_on", "household_type", "monitored", "group_name"),
            *("absent", "attempts", "open_tasks", "task_on"),
        ],
    )
