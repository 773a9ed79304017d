"""How far this year's visits are, level by level: county, towns, villages, with the households behind each number (A013)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldapp.register.plan import DueState
    from fieldapp.store import Store

__all__ = ["LevelLine", "Progress"]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A place below the one that was asked for. ``total`` counts the households that are to be visited; ``below`` whether
    there are places inside it.
    """

    code: str
    name: str
    level: str
    total: int
    fulfilled: int
    resting: int
    due: int
    overdue: int
    not_entered: int
    below: bool

    @property
    def on_time(self) -> int:
        """Households of which nothing is overdue or missing: all visits made, or the next one not due yet."""
        return self.fulfilled + self.resting + self.due


class Progress:
    """Counts from the work list of this laptop."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def levels(self, area_code: str = "") -> list[LevelLine]:
        """Return the places directly inside a place, by code; of nothing, the widest places there are."""
        areas = self._store.areas()
        known = {area.code for area in areas}
        parents = {area.parent for area in areas}
        states: dict[str, Counter[DueState]] = {}
        for code, state, number in self._store.area_states():
            for length in range(1, len(code) + 1):
                if code[:length] in known:
                    states.setdefault(code[:length], Counter())[state] += number
        inside = [
            area for area in areas if (area.parent == area_code if area_code else area.parent not in known)
        ]
        return [
            _line(
                area.code, area.name, area.level, states.get(area.code, Counter()), below=area.code in parents
            )
            for area in inside
        ]


def _line(code: str, name: str, level: str, states: Counter[DueState], *, below: bool) -> LevelLine:
    return LevelLine(
        code=code,
        name=name,
        level=level,
        total=states.total() - states["unscheduled"],
        fulfilled=states["fulfilled"],
        resting=states["resting"],
        due=states["due"],
        overdue=states["overdue"],
        not_entered=states["not_entered"],
        below=below,
    )
