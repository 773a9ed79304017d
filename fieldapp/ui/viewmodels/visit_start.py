"""Beginning a visit (现场, 电话/微信, 据纸质记录补录) and taking up a draft, from wherever one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.visits import VisitDraft, VisitStart
    from fieldapp.ui.contract import VisitsPort

__all__ = ["VISIT_STARTS", "VisitStartViewModel", "start_label"]

VISIT_STARTS: tuple[VisitStart, ...] = ("onsite", "remote", "paper")


def start_label(source: VisitStart) -> tuple[str, str]:
    """Return the name of a way to begin, and when one takes it."""
    return {
        "onsite": (
            say("现场走访", "On the spot"),
            say("人在农户家里", "You are at the household"),
        ),
        "remote": (
            say("电话 / 微信走访", "Phone or WeChat"),
            say("没有入户，电话或微信联系", "Not at the door: by phone or WeChat"),
        ),
        "paper": (
            say("据纸质记录补录", "Type in from paper"),
            say("已经走过，照着纸质记录录入", "Visited before; typed in from the paper record"),
        ),
    }[source]


class VisitStartViewModel(ViewModel):
    """One opening at a time; ``opened`` carries the draft to be filled in."""

    opened = Signal(object)  # VisitDraft
    reviewed = Signal(object)  # VisitReview

    def __init__(self, visits: VisitsPort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visits = visits
        self._runner = runner
        self._opening = False

    def start(self, household_id: str, way: str) -> None:
        """Begin a visit, filled from the register; ``copy`` also with what the last visit said."""
        if way == "copy":
            self._open(lambda: self._visits.copy_last(household_id, "onsite"))
            return
        source = next(each for each in VISIT_STARTS if each == way)
        self._open(lambda: self._visits.start(household_id, source))

    def start_form(self, household_id: str, form_id: str) -> None:
        """Begin another form of the county, filled from the register."""
        self._open(lambda: self._visits.start_form(household_id, form_id))

    def resume(self, draft_id: str) -> None:
        """Take up a draft where it was left."""
        self._open(lambda: self._visits.resume(draft_id))

    def review(self, record_id: str) -> None:
        """Open a finished visit or form to be read."""
        self._runner.run(lambda: self._visits.review(record_id), self.reviewed.emit, self.report)

    def _open(self, work: Callable[[], VisitDraft]) -> None:
        if self._opening:
            return
        self._opening = True
        self._runner.run(work, self._opened, self._refused)

    def _opened(self, draft: VisitDraft) -> None:
        self._opening = False
        self.opened.emit(draft)

    def _refused(self, error: Exception) -> None:
        self._opening = False
        self.report(error)
