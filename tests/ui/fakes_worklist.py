"""An in-memory double of the list of households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldapp.services.worklist import (
    AreaChoice,
    GroupAxisCount,
    GroupCount,
    WorkCounts,
    WorkFilter,
    WorkRow,
)

__all__ = ["FakeWorkList"]


@dataclass
class FakeWorkList:
    """Answers by plain search over rows."""

    lines: list[WorkRow]
    asked: list[WorkFilter] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    def ids(self, wanted: WorkFilter) -> list[int]:
        self.asked.append(wanted)
        return [number for number, row in enumerate(self.lines) if _fits(row, wanted)]

    def rows(self, keys: Sequence[int]) -> list[WorkRow]:
        self.pages.append(len(keys))
        return [self.lines[key] for key in keys]

    def counts(self) -> WorkCounts:
        def count(state: str) -> int:
            return sum(row.due_state == state for row in self.lines)

        return WorkCounts(
            total=len(self.lines),
            listed=sum(row.household_type == "脱贫户" or bool(row.monitor) for row in self.lines),
            not_entered=count("not_entered"),
            due=count("due"),
            overdue=count("overdue"),
            fulfilled=count("fulfilled"),
            unsent=sum(row.unsent for row in self.lines),
        )

    def groups(self, area_code: str = "") -> list[GroupAxisCount]:
        if not self.lines:
            return []
        third = len(self.lines) // 3
        return [
            GroupAxisCount(
                "低收入人口",
                "Low income",
                (GroupCount("low_income_allowance", "低保对象", "Allowance", third, 51),),
            ),
            GroupAxisCount(
                "易地搬迁", "Resettlement", (GroupCount("relocated", "易地搬迁户", "Relocated", 2, 7),)
            ),
        ]

    def areas(self) -> list[AreaChoice]:
        return [
            AreaChoice("411025", "襄城县", "county", len(self.lines)),
            AreaChoice("411025101", "茨沟乡", "town", len(self.lines)),
            AreaChoice("411025101201", "石桥村", "village", len(self.lines) // 2),
            AreaChoice("411025101202", "青杨村", "village", len(self.lines) - len(self.lines) // 2),
        ]


def _fits(row: WorkRow, wanted: WorkFilter) -> bool:
    text = wanted.text.lower()
    kind = {"脱贫户": "out_of_poverty"}.get(row.household_type, "ordinary")
    kinds = {kind, "monitored"} if row.monitor else {kind}
    return (
        (not text or text in row.head_name or text in row.house_no or text in row.phone)
        and (wanted.marks != {"going"} or row.due_state in ("overdue", "due"))
        and (wanted.within is None or row.household_id in wanted.within)
        and (not wanted.states or row.due_state in wanted.states)
        and (not wanted.kinds or bool(wanted.kinds & kinds))
        and ("low_income_allowance" not in wanted.groups or int(row.household_id[1:]) % 3 == 0)
        and (not wanted.mine or row.helper_name == "李晓梅")
        and (wanted.area_code != "411025101202" or row.village_name == "青杨村")
    )
