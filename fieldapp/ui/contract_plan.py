"""What the desktop asks of the services about what is to be done: tasks, campaigns, the month, and finding anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fieldapp.services.calendar import DayLine, DaySheet
    from fieldapp.services.campaigns import CampaignProgress
    from fieldapp.services.elsewhere import Looked, LookMade, Source
    from fieldapp.services.progress import LevelLine
    from fieldapp.services.search import Found
    from fieldapp.services.tasks import AttemptLog, TaskLine
    from fieldapp.services.worklist import WorkFilter

__all__ = ["CalendarPort", "CampaignsPort", "ElsewherePort", "ProgressPort", "SearchPort", "TasksPort"]


class TasksPort(Protocol):
    """What has to be done by a day."""

    def open(self) -> list[TaskLine]: ...
    def attempts(self, household_id: str) -> AttemptLog: ...
    def done(self, household_id: str, task_id: str, note: str = "") -> None: ...
    def drop(self, household_id: str, task_id: str, reason: str) -> None: ...
    def reopen(self, household_id: str, task_id: str) -> None: ...


class ProgressPort(Protocol):
    """How far the year's visits are, level by level."""

    def levels(self, area_code: str = "") -> list[LevelLine]: ...


class ElsewherePort(Protocol):
    """Looking for the same problem at other households."""

    def allowed(self) -> bool: ...
    def sources(self) -> list[Source]: ...
    def look(self, issue_id: str, wanted: WorkFilter) -> Looked: ...
    def make(
        self, issue_id: str, household_ids: Sequence[str], due_on: date | None, what: str = ""
    ) -> LookMade: ...
    def take_back(self, made: LookMade) -> int: ...


class CampaignsPort(Protocol):
    """How far the county's campaigns are."""

    def all(self, today: date) -> list[CampaignProgress]: ...


class CalendarPort(Protocol):
    """What falls on the days of a month."""

    def month(self, year: int, month: int) -> Mapping[date, DaySheet]: ...
    def day(self, day: date) -> list[DayLine]: ...


class SearchPort(Protocol):
    """One search for everything."""

    def find(self, text: str) -> Found: ...
    def matching(self, text: str, names: Sequence[str]) -> list[int]: ...
    def helped_by(self, staff_id: str) -> tuple[str, ...]: ...
    def helped_by_unit(self, unit_name: str) -> tuple[str, ...]: ...
