"""Who uses this laptop, the password, and enrolling with the county's code. Knows nothing about households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.errors import PASSWORDS_DIFFER
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.laptop import PersonCard
    from fieldapp.ui.contract import LaptopPort, WorkspacePort

__all__ = ["UnlockViewModel", "may_be_accepted"]

#: The data were put back or changed from outside: the owner may say that this was on purpose.
_CHANGED = frozenset({"VAULT-011", "VAULT-012", "VAULT-026"})


def may_be_accepted(error: KnownError) -> bool:
    """Whether the person may choose 「使用这份数据」."""
    return error.code in _CHANGED


class UnlockViewModel(ViewModel):
    """The way in. ``opened`` carries the workspace, and whether its person was just enrolled and has no register yet."""

    people_changed = Signal()
    opened = Signal(object, bool)
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

    def unlock(self, person_id: str, password: str, *, accept_changed: bool = False) -> None:
        """Open a person's vault; ``accept_changed`` after the person said that a backup was put back."""
        if self.busy:
            return
        self._set_busy(True)
        self._runner.run(
            lambda: self._laptop.unlock(person_id, password, accept_changed=accept_changed),
            lambda workspace: self._enter(workspace, enrolled=False),
            self._refused,
        )

    def enrol(self, code: str, server_url: str, password: str, again: str) -> None:
        """Enrol a person on this laptop with the county's one-time code, and open the new vault."""
        if self.busy:
            return
        if password != again:
            self.failed.emit(PASSWORDS_DIFFER())
            return
        self._set_busy(True)
        self._runner.run(
            lambda: self._laptop.enrol(code.strip(), server_url.strip(), password),
            lambda workspace: self._enter(workspace, enrolled=True),
            self._refused,
        )

    def _found(self, people: list[PersonCard]) -> None:
        self.people = people
        self.people_changed.emit()

    def _enter(self, workspace: WorkspacePort, *, enrolled: bool) -> None:
        self._set_busy(False)
        self.opened.emit(workspace, enrolled)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.report(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)
