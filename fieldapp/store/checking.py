"""Which households wait for the data checks, and keeping what was found.

Saving marks a household and no more; the checks run later, in the background. A household that is touched while it is
being checked keeps its mark, because the mark has grown in the meantime.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from fieldapp.register.checks import Finding
from fieldapp.store.base import raw

__all__ = [
    "keep_findings",
    "mark_all",
    "mark_unchecked",
    "unchecked_count",
    "unchecked_some",
]

_MARK = (
    "INSERT INTO unchecked (household_id, mark) SELECT value, 1 FROM json_each(?) WHERE true"
    " ON CONFLICT (household_id) DO UPDATE SET mark = mark + 1"
)
_MARK_ALL = (
    "INSERT INTO unchecked (household_id, mark) SELECT household_id, 1 FROM summaries WHERE true"
    " ON CONFLICT (household_id) DO UPDATE SET mark = mark + 1"
)
_COLUMNS = ("household_id", "rule_id", "level", "list", "entity_id", "property", "zh", "en", "subject", "key")
_INSERT = f"INSERT INTO findings ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - constants


def mark_unchecked(connection: Connection, household_ids: Collection[str]) -> None:
    """Remember that households were touched."""
    raw(connection).execute(_MARK, (json.dumps(sorted(household_ids)),))


def mark_all(connection: Connection) -> None:
    """Remember that everything is to be checked: the rules, the lines or the day have changed."""
    raw(connection).execute(_MARK_ALL)


def unchecked_count(connection: Connection) -> int:
    """Return how many households wait."""
    return int(raw(connection).execute("SELECT count(*) FROM unchecked").fetchone()[0])


def unchecked_some(connection: Connection, most: int) -> dict[str, int]:
    """Return some of the households that wait, with their marks."""
    rows = raw(connection).execute("SELECT household_id, mark FROM unchecked LIMIT ?", (most,))
    return {str(row[0]): int(row[1]) for row in rows.fetchall()}


def keep_findings(connection: Connection, marks: Mapping[str, int], found: Sequence[Finding]) -> None:
    """Replace the findings of the households in ``marks``; one that was touched since keeps waiting."""
    cursor = raw(connection)
    cursor.execute(
        "DELETE FROM findings WHERE household_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(marks)),),
    )
    cursor.executemany(_INSERT, [[getattr(finding, name) for name in _COLUMNS] for finding in found])
    cursor.executemany("DELETE FROM unchecked WHERE household_id = ? AND mark = ?", list(marks.items()))
