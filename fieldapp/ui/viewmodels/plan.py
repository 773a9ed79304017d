"""The plan: what has to be done by which day, and how far the county's campaigns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.dates import short_day
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell, cells
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.campaigns import CampaignProgress
    from fieldapp.services.tasks import TaskLine
    from fieldapp.services.worklist import WorkCounts
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["PlanViewModel", "deadline_text", "source_text", "task_cells"]

_WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEK_EN = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True, slots=True)
class _Found:
    tasks: list[TaskLine]
    campaigns: list[CampaignProgress]
    counts: WorkCounts
    weekday: int | None


def task_cells(task: TaskLine, today: date) -> tuple[Cell, ...]:
    """Return a task's cells: by when, who, what."""
    when = say("没有定日子", "no day set")
    tone: Tone = "neutral"
    if task.due_on:
        day = short_day(task.due_on, today)
        when = say("{day} · 已过期", "{day} · overdue", day=day) if task.overdue else day
        tone = "attention" if task.overdue else "accent"
    title = task.title if task.title != task.kind else ""
    what = " · ".join(text for text in (title, source_text(task, today), lead_text(task)) if text)
    return (Cell(when, tone), *cells(task.head_name, task.place, task.kind), Cell(what, tooltip=what))


def source_text(task: TaskLine, today: date) -> str:
    """Return where a task comes from; empty when nothing says so."""
    if task.campaign:
        return say("来自活动「{name}」", "campaign “{name}”", name=task.campaign)
    if task.issue:
        return say("来自问题「{name}」", "problem “{name}”", name=task.issue[:20])
    if task.visit_on:
        return say("来自{day}的走访", "visit of {day}", day=short_day(task.visit_on, today))
    return ""


def lead_text(task: TaskLine) -> str:
    """Return which unit leads in the problem and whom to call there; empty where nobody has said."""
    if not task.lead_unit:
        return ""
    contact = f"（{task.lead_contact}）" if task.lead_contact else ""
    return say("牵头：{unit}", "led by {unit}", unit=f"{task.lead_unit}{contact}")


def deadline_text(campaign: CampaignProgress, today: date) -> str:
    """Return how long a campaign still has."""
    day = short_day(campaign.deadline.isoformat(), today)
    if campaign.days_left < 0:
        return say("{day}已截止", "ended {day}", day=day)
    return say("{day}截止，还有 {n} 天", "until {day}, {n} days left", day=day, n=campaign.days_left)


class PlanViewModel(ViewModel):
    """What the plan page shows. Closing a task can be taken back."""

    loaded = Signal()
    closed = Signal(str, object)  # a sentence, the task

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self.tasks: Sequence[TaskLine] = ()
        self.campaigns: Sequence[CampaignProgress] = ()
        self.counts: WorkCounts | None = None
        self.fixed_day = ""

    def today(self) -> date:
        """Return the civil date."""
        return self._workspace.today()

    def load(self) -> None:
        """Look everything up again."""
        workspace = self._workspace

        def look() -> _Found:
            today = workspace.today()
            return _Found(
                workspace.tasks.open(),
                workspace.campaigns.all(today),
                workspace.worklist.counts(),
                workspace.policy.rules().weekday("fixed_day", today),
            )

        self._runner.run(look, self._found, self.report)

    def done(self, task: TaskLine, note: str) -> None:
        """Close a task as done."""
        self._close(task, say("已办结：{title}", "Done: {title}", title=task.title), done=True, note=note)

    def drop(self, task: TaskLine, reason: str) -> None:
        """Close a task that is not to be done."""
        self._close(
            task, say("不再办理：{title}", "Dropped: {title}", title=task.title), done=False, note=reason
        )

    def reopen(self, task: TaskLine) -> None:
        """Take a closing back."""
        tasks = self._workspace.tasks
        self._runner.run(lambda: tasks.reopen(task.household_id, task.id), lambda _: self.load(), self.report)

    def marked(self, mark: str) -> WorkFilter:
        """Return the filter behind a number: tasks, absent, attempts."""
        return WorkFilter(marks=frozenset({mark}))

    def _close(self, task: TaskLine, sentence: str, *, done: bool, note: str) -> None:
        tasks = self._workspace.tasks
        act = tasks.done if done else tasks.drop
        self._runner.run(
            lambda: act(task.household_id, task.id, note),
            lambda _: self._was_closed(sentence, task),
            self.report,
        )

    def _was_closed(self, sentence: str, task: TaskLine) -> None:
        self.closed.emit(sentence, task)
        self.load()

    def _found(self, found: _Found) -> None:
        self.tasks, self.campaigns, self.counts = found.tasks, found.campaigns, found.counts
        self.fixed_day = "" if found.weekday is None else say(_WEEK[found.weekday], _WEEK_EN[found.weekday])
        self.loaded.emit()
