"""What Today says of tasks and campaigns: how many by when, the next ones, and the names behind every number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.dates import short_day
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.plan import deadline_text, source_text
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.campaigns import CampaignProgress
    from fieldapp.services.tasks import TaskLine
    from fieldapp.services.worklist import WorkCounts
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["CampaignNote", "DueNumber", "TaskNote", "TodayDueViewModel"]

_SOON_DAYS = 7
_NEXT = 4


@dataclass(frozen=True, slots=True)
class DueNumber:
    """A number of tasks or households, with what it counts and the households behind it."""

    text: str
    wanted: WorkFilter


@dataclass(frozen=True, slots=True)
class TaskNote:
    """One of the next tasks: whose, what by when, where it comes from."""

    household_id: str
    head_name: str
    detail: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class CampaignNote:
    """A campaign that is on: how far, until when, and the households it has not reached."""

    name: str
    detail: str
    done: int
    total: int
    rest: tuple[str, ...]


class TodayDueViewModel(ViewModel):
    """Looked up after the rest of Today: the list of who is due is what one waits for."""

    loaded = Signal()

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self.numbers: Sequence[DueNumber] = ()
        self.next: Sequence[TaskNote] = ()
        self.campaigns: Sequence[CampaignNote] = ()

    def load(self, counts: WorkCounts) -> None:
        """Look tasks and campaigns up; ``counts`` are those that Today has just shown."""
        workspace = self._workspace

        def look() -> tuple[list[TaskLine], list[CampaignProgress]]:
            return workspace.tasks.open(), workspace.campaigns.all(workspace.today())

        self._runner.run(look, lambda found: self._found(counts, *found), self.report)

    def _found(self, counts: WorkCounts, tasks: list[TaskLine], campaigns: list[CampaignProgress]) -> None:
        today = self._workspace.today()
        self.numbers = [*_task_numbers(tasks, today), *_home_numbers(counts)]
        self.next = [_note(task, today) for task in tasks[:_NEXT]]
        self.campaigns = [
            CampaignNote(one.name, deadline_text(one, today), one.whole.done, one.whole.total, one.whole.rest)
            for one in campaigns
            if one.whole.total and (one.days_left >= 0 or one.whole.rest)
        ]
        self.loaded.emit()


def _task_numbers(tasks: Sequence[TaskLine], today: date) -> list[DueNumber]:
    soon = (today + timedelta(days=_SOON_DAYS)).isoformat()
    overdue = [task for task in tasks if task.overdue]
    near = [task for task in tasks if task.due_on and not task.overdue and task.due_on <= soon]
    later = [task for task in tasks if not task.due_on or task.due_on > soon]
    told = (
        (overdue, say("过期 {n} 项", "{n} overdue", n=len(overdue))),
        (near, say("7 天内 {n} 项", "{n} within 7 days", n=len(near))),
        (later, say("以后和没定日子 {n} 项", "{n} later or without a day", n=len(later))),
    )
    return [DueNumber(text, _homes(some)) for some, text in told if some]


def _home_numbers(counts: WorkCounts) -> list[DueNumber]:
    told = (
        ("attempts", counts.attempted, say("去了没见到 {n} 户", "{n} not met yet", n=counts.attempted)),
        ("absent", counts.absent, say("长期外出 {n} 户", "{n} away for long", n=counts.absent)),
    )
    return [DueNumber(text, WorkFilter(marks=frozenset({mark}))) for mark, number, text in told if number]


def _homes(tasks: Sequence[TaskLine]) -> WorkFilter:
    return WorkFilter(within=tuple(dict.fromkeys(task.household_id for task in tasks)))


def _note(task: TaskLine, today: date) -> TaskNote:
    when = short_day(task.due_on, today) if task.due_on else say("没有定日子", "no day set")
    if task.overdue:
        when = say("{day} · 已过期", "{day} · overdue", day=when)
    what = task.kind if task.title == task.kind else f"{task.kind}：{task.title}"
    parts = [when, what, source_text(task, today)]
    return TaskNote(
        task.household_id, task.head_name, " · ".join(part for part in parts if part), task.overdue
    )
