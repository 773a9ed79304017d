"""In-memory doubles of tasks, campaigns and policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from fieldapp.register.rules import RuleBook, shipped_rulebook
from fieldapp.services.campaigns import CampaignProgress, Share
from fieldapp.services.errors import TASK_NEEDS_WORDS
from fieldapp.services.tasks import AttemptLog, TaskLine

__all__ = ["FakeCampaigns", "FakePolicy", "FakeTasks"]


def _task(number: int, name: str, due: str | None, overdue: bool) -> TaskLine:
    return TaskLine(
        f"t{number}", f"h{number:04d}", name, "石桥村 3", "约定再访", "约定再访", due, overdue, is_issue=False
    )


@dataclass
class FakeTasks:
    """Three tasks; closing asks for a word."""

    lines: list[TaskLine] = field(
        default_factory=lambda: [
            _task(1, "王秀英", "2026-11-20", True),
            _task(2, "阿卜杜热合曼·买买提依明·吐尔逊", "2026-11-28", False),
            _task(3, "李建国", None, False),
        ]
    )
    closed: list[tuple[TaskLine, str]] = field(default_factory=list)
    tried: AttemptLog = AttemptLog((), 0, absent=False, another_way=False)

    def open(self) -> list[TaskLine]:
        return list(self.lines)

    def attempts(self, household_id: str) -> AttemptLog:
        return self.tried

    def done(self, household_id: str, task_id: str, note: str = "") -> None:
        self._close(task_id, note)

    def drop(self, household_id: str, task_id: str, reason: str) -> None:
        self._close(task_id, reason)

    def reopen(self, household_id: str, task_id: str) -> None:
        self.lines += [task for task, _ in self.closed if task.id == task_id]

    def _close(self, task_id: str, note: str) -> None:
        if not note:
            raise TASK_NEEDS_WORDS(what="为什么不再办理", what_en="why it is dropped")
        self.closed += [(task, note) for task in self.lines if task.id == task_id]
        self.lines = [task for task in self.lines if task.id != task_id]


@dataclass
class FakeCampaigns:
    """One campaign under way."""

    on: bool = True

    def all(self, today: date) -> list[CampaignProgress]:
        whole = Share("2026 年全覆盖遍访", 40, 60, tuple(f"h{n:04d}" for n in range(20)))
        village = Share("石桥村", 20, 30, tuple(f"h{n:04d}" for n in range(10)))
        made = CampaignProgress(
            "all-2026",
            "2026 年全覆盖遍访",
            "all_visits",
            1,
            "",
            "visit",
            "脱贫户和监测对象都走一遍",
            date(2026, 11, 1),
            date(2026, 12, 20),
            (date(2026, 12, 20) - today).days,
            False,
            whole,
            (village,),
            (Share("李晓梅", 20, 30, village.rest),),
            (),
        )
        return [made] if self.on else []


class FakePolicy:
    """The shipped values."""

    def rules(self) -> RuleBook:
        return shipped_rulebook()
