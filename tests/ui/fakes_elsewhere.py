"""An in-memory double of looking for the same elsewhere, over the rows of the work list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fieldapp.services.elsewhere import Candidate, Looked, LookMade, Source
from fieldapp.services.errors import NO_SUCH_RECORD
from fieldapp.services.worklist import WorkFilter, WorkRow

__all__ = ["FakeElsewhere"]


@dataclass
class FakeElsewhere:
    """One problem asked for; every third household is suggested. Tasks made are remembered."""

    lines: Sequence[WorkRow]
    may: bool = True
    tasked: set[str] = field(default_factory=set)
    told: list[tuple[tuple[str, ...], date | None, str]] = field(default_factory=list)
    left_out: int = 0

    def allowed(self) -> bool:
        return self.may

    def sources(self) -> list[Source]:
        if not self.lines:
            return []
        total = len(self.tasked)
        home = self.lines[0]
        return [
            Source(
                "i1",
                home.household_id,
                home.head_name,
                home.village_name,
                "",
                "water",
                "饮水",
                "一直缺水",
                True,
                total,
                0,
                0,
            )
        ]

    def look(self, issue_id: str, wanted: WorkFilter) -> Looked:
        if issue_id != "i1":
            raise NO_SUCH_RECORD()
        homes = [line for line in self.lines[1:] if not wanted.area_code or line.village_name == "石桥村"]
        why = (("登记为饮水没有保障", "water is not assured"),)
        candidates = tuple(
            Candidate(
                line.household_id,
                line.head_name,
                f"{line.village_name} {line.group_name}",
                why if at % 3 == 0 else (),
                "",
                line.household_id in self.tasked,
            )
            for at, line in enumerate(homes)
        )
        return Looked(self.sources()[0], candidates, self.left_out)

    def make(
        self, issue_id: str, household_ids: Sequence[str], due_on: date | None, what: str = ""
    ) -> LookMade:
        fresh = [home for home in household_ids if home not in self.tasked]
        self.tasked |= set(fresh)
        self.told.append((tuple(fresh), due_on, what))
        return LookMade(len(fresh), len(household_ids) - len(fresh))

    def take_back(self, made: LookMade) -> int:
        homes, _, _ = self.told[-1]
        self.tasked -= set(homes)
        return len(homes)
