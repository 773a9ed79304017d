"""Settings: the person, the password, the laptop, the window. Preferences of the window are told to the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.roles import role_of
from fieldapp.ui.errors import PASSWORDS_DIFFER
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["SettingsViewModel"]


class SettingsViewModel(ViewModel):
    """What one may change, and what is so."""

    facts_arrived = Signal()
    password_changed = Signal()
    busy_changed = Signal(bool)
    preferences_changed = Signal(object)  # Preferences

    def __init__(
        self,
        workspace: WorkspacePort,
        runner: TaskRunner,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self.preferences = preferences
        self.facts: Sequence[tuple[str, str]] = ()

    def load(self) -> None:
        """Look up what is known about laptop and vault."""
        self._runner.run(self._workspace.settings.facts, self._arrived, self.report)

    def person_lines(self) -> list[tuple[str, str]]:
        """Return who is logged in."""
        person = self._workspace.person
        role = role_of(person.role)
        lines = [
            (say("姓名", "Name"), person.name),
            (say("身份", "Role"), say(role.zh, role.en)),
            (say("职务", "Post"), person.post),
            (say("单位", "Unit"), person.unit_name),
            (say("所在县", "County"), self._workspace.county_name),
        ]
        return [(label, value) for label, value in lines if value]

    def change_password(self, old: str, new: str, again: str) -> None:
        """Change the password; nothing is encrypted anew, the key is wrapped again."""
        if new != again:
            self.failed.emit(PASSWORDS_DIFFER())
            return
        self.busy_changed.emit(True)

        def changed(_: None) -> None:
            self.busy_changed.emit(False)
            self.password_changed.emit()

        def refused(error: Exception) -> None:
            self.busy_changed.emit(False)
            self.report(error)

        self._runner.run(lambda: self._workspace.settings.change_password(old, new), changed, refused)

    def prefer(self, preferences: Preferences) -> None:
        """Change how the window looks and when it locks."""
        if preferences != self.preferences:
            self.preferences = preferences
            self.preferences_changed.emit(preferences)

    def _arrived(self, facts: list[tuple[str, str, str]]) -> None:
        self.facts = [(choose(zh, en), value) for zh, en, value in facts]
        self.facts_arrived.emit()
