"""Who uses this laptop, the password, and enrolling with the county's code. Knows nothing about households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.errors import PASSWORDS_DIFFER
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.laptop import PersonCard
    from fieldapp.ui.contract import LaptopPort, WorkspacePort

__all__ = ["UnlockViewModel"]


class UnlockViewModel(ViewModel):
    """The way in. ``opened`` carries the workspace."""

    people_changed = Signal()
    opened = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, laptop: LaptopPort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._laptop = laptop
        self._runner = runner
        self.people: Sequence[PersonCard] = ()
        self.busy = False

    def load(self) -> None:
        """Read who is enrolled on this laptop."""
        self._runner.run(self._laptop.people, self._found, self.report)

    def unlock(self, person_id: str, password: str) -> None:
        """Open a person's vault."""
        if self.busy:
            return
        self._set_busy(True)
        self._runner.run(lambda: self._laptop.unlock(person_id, password), self._enter, self._refused)

    def enrol(self, code: str, server_url: str, password: str, again: str) -> None:
        """Enrol a person on this laptop with the county's one-time code, and open the new vault."""
        if self.busy:
            return
        if password != again:
            self.failed.emit(PASSWORDS_DIFFER())
            return
        self._set_busy(True)
        self._runner.run(
            lambda: self._laptop.enrol(code.strip(), server_url.strip(), password), self._enter, self._refused
        )

    def _found(self, people: list[PersonCard]) -> None:
        self.people = people
        self.people_changed.emit()

    def _enter(self, workspace: WorkspacePort) -> None:
        self._set_busy(False)
        self.opened.emit(workspace)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.report(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)
