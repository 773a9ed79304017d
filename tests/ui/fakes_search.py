"""An in-memory search over the rows of the work list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldapp.services.search import Found, Hit
from fieldapp.services.worklist import WorkRow

__all__ = ["FakeSearch"]


@dataclass
class FakeSearch:
    """Finds heads by their characters and household numbers, and whatever else a test puts in ``more``."""

    lines: Sequence[WorkRow]
    more: list[Hit] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def find(self, text: str) -> Found:
        self.asked.append(text)
        homes = [line for line in self.lines if text in line.head_name or text in line.house_no]
        hits = [
            Hit("household", h.household_id, h.household_id, h.head_name, h.village_name) for h in homes[:6]
        ]
        more = [hit for hit in self.more if text in hit.title or text in hit.about]
        return Found((*hits, *more), len(homes))

    def matching(self, text: str, names: Sequence[str]) -> list[int]:
        return [place for place, name in enumerate(names) if text in name]

    def helped_by_unit(self, unit_name: str) -> tuple[str, ...]:
        return tuple(line.household_id for line in self.lines[:2]) if unit_name == "县农业农村局" else ()

    def helped_by(self, staff_id: str) -> tuple[str, ...]:
        return tuple(line.household_id for line in self.lines[:3]) if staff_id == "s1" else ()
