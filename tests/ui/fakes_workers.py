"""A ledger of work in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.register.work_groups import WorkGroup
from fieldapp.services.workers import WorkerLine

__all__ = ["FakeWorkers"]

_GROUPS: tuple[WorkGroup, ...] = ("elsewhere", "county", "returned", "planned")


@dataclass
class FakeWorkers:
    """One person a household, the groups in turn; what was saved is kept."""

    asked: list[int] = field(default_factory=list)
    saved: list[tuple[int, str, IdFormat]] = field(default_factory=list)

    def lines(self, household_ids: Sequence[str]) -> list[WorkerLine]:
        self.asked.append(len(household_ids))
        return [_line(home, _GROUPS[number % 4]) for number, home in enumerate(household_ids)]

    def save(
        self, lines: Iterable[WorkerLine], path: Path, *, purpose: str, id_format: IdFormat = DEFAULT_FORMAT
    ) -> int:
        count = len(list(lines))
        self.saved.append((count, purpose, id_format))
        return count


def _line(home: str, group: WorkGroup) -> WorkerLine:
    return WorkerLine(
        home,
        f"p-{home}",
        "青杨村",
        "三组",
        "4110250001",
        "买买提·吐尔逊·阿卜杜热合曼",
        "买买提·吐尔逊",
        "男",
        "419999198001011239",
        "13800000001",
        group,
        "广东省东莞市" if group == "elsewhere" else "",
        "东莞电子厂" if group == "elsewhere" else "",
        "",
        "",
        "2026-03",
        "2026-11-02" if group == "returned" else "",
        "",
        "",
    )
