"""What is said after a visit or form is finished; a visit that met nobody offers a note for the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.tasks import AttemptLog
    from fieldapp.ui.contract import TasksPort

__all__ = ["SlipOffer", "saved_sentence"]


def saved_sentence(*, visit: bool) -> str:
    """Return what is said once a finished form is on the disk."""
    if visit:
        return say(
            "走访已保存在本机，下次同步时送到县里。", "The visit is saved; it goes with the next sync."
        )
    return say("表已保存在本机，下次同步时送到县里。", "The form is saved; it goes with the next sync.")


class SlipOffer(ViewModel):
    """``offered`` carries the household and what to say: nobody was met, so often by now."""

    offered = Signal(str, str)

    def __init__(self, tasks: TasksPort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._runner = runner

    def consider(self, visit_id: str, household_id: str) -> None:
        """Offer a note when this visit found nobody at home."""
        self._runner.run(
            lambda: self._tasks.attempts(household_id),
            lambda log: self._offer(visit_id, household_id, log),
            self.report,
        )

    def _offer(self, visit_id: str, household_id: str, log: AttemptLog) -> None:
        from fieldapp.services.missed_visits import (
            stood_before_the_door,
        )  # brings the sheets: not at the start

        if any(each.id == visit_id and stood_before_the_door(each) for each in log.attempts):
            sentence = say(
                "已保存。没见到人，不算走访；已去 {n} 次未遇。可以打一张联系单留在门上。",
                "Saved. Nobody was met ({n} times so far), so it is no visit. A note can be left at the door.",
                n=len(log.attempts),
            )
            self.offered.emit(household_id, sentence)
