"""The month: how much falls on each day, and a day's list with its households."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store

__all__ = ["Calendar", "DayLine", "DaySheet", "DayWhat"]

DayWhat = Literal["promised", "task", "issue", "due", "missed", "visited"]
_MOST = 500


@dataclass(slots=True)
class DaySheet:
    """What falls on a day: numbers by kind (``promised`` is apart from other tasks), and campaigns that end."""

    numbers: dict[DayWhat, int] = field(default_factory=dict)
    deadlines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One thing of a day: for a visit how it was made and what came of it, else what is to be done."""

    what: DayWhat
    household_id: str
    head_name: str
    place: str
    text: str


class Calendar:
    """What was and what is to be, by day."""

    def __init__(self, store: Store, *, schema: RegisterSchema) -> None:
        self._store = store
        self._schema = schema

    def month(self, year: int, month: int) -> Mapping[date, DaySheet]:
        """Return the days of a month on which something falls."""
        first = date(year, month, 1)
        last = date(year, month, calendar.monthrange(year, month)[1])
        days: dict[date, DaySheet] = {}
        for iso, what, promised, number in self._store.calendar_counts(first, last):
            sheet = days.setdefault(date.fromisoformat(iso), DaySheet())
            sheet.numbers["promised" if promised else _what(what)] = number
        for campaign, _ in self._store.campaigns():
            if first <= campaign.deadline <= last:
                days.setdefault(campaign.deadline, DaySheet()).deadlines.append(campaign.name)
        return days

    def day(self, day: date) -> list[DayLine]:
        """Return what falls on a day, what is to be done first; at most 500 lines."""
        return [
            DayLine(
                "promised" if (row.what, row.kind) == ("task", "promise") else _what(row.what),
                row.household_id,
                row.head_name,
                f"{row.village_name} {row.group_name}".strip(),
                self._text(row.what, row.kind, row.told),
            )
            for row in self._store.calendar_lines(day, _MOST)
        ]

    def _text(self, what: str, kind: str, told: str) -> str:
        label = self._schema.label
        if what in ("missed", "visited"):
            parts = (label("visit_mode", kind), label("visit_outcome", told))
        elif what == "task":
            name = label("task_kind", kind)
            parts = (name, told if told != name else "")
        else:
            parts = (told, "")
        return " · ".join(part for part in parts if part)


def _what(what: str) -> DayWhat:
    known: dict[str, DayWhat] = {
        "task": "task",
        "issue": "issue",
        "due": "due",
        "missed": "missed",
        "visited": "visited",
    }
    return known[what]
