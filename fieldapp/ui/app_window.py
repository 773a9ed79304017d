"""The window: locked (the unlock page) or open (the main window of one workspace). Two people can take turns in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from fieldapp.ui.pages.unlock import UnlockPage
from fieldapp.ui.preferences import Preferences, save_preferences
from fieldapp.ui.text import say, set_language
from fieldapp.ui.theme import set_text_scale

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from fieldapp.common.clock import Clock
    from fieldapp.common.errors import KnownError
    from fieldapp.ui.contract import LaptopPort, WorkspacePort
    from fieldapp.ui.idle import IdleWatch
    from fieldapp.ui.main_window import MainWindow
    from fieldapp.ui.task_runner import QtTaskRunner

__all__ = ["AppWindow"]

_FIRST_SIZE = (1180, 720)
_SMALL_SCREEN = 1400
_LEAVE_TIMEOUT_MS = 10_000


class AppWindow(QWidget):
    """Owns the runner of the unlock page, the open main window and the idle watch."""

    opened = Signal()
    locked = Signal()
    first_painted = Signal()

    def __init__(
        self,
        data_dir: Path,
        clock: Clock,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("入户走访", "Home visits"))
        self._data_dir = data_dir
        self._preferences = preferences
        self._clock = clock
        self._runner: QtTaskRunner | None = None
        self._idle: IdleWatch | None = None
        self._main_runner: QtTaskRunner | None = None
        self._leaving: list[QtTaskRunner] = []
        self._main: MainWindow | None = None
        self.unlock = UnlockPage()
        self.unlock.opened.connect(self._open)
        self.unlock.first_painted.connect(self.first_painted)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.unlock)

    @property
    def main(self) -> MainWindow | None:
        """The open main window, or None while locked."""
        return self._main

    @property
    def leaving(self) -> bool:
        """Whether work of somebody who locked is still ending."""
        return bool(self._leaving)

    def connect_laptop(self, laptop: LaptopPort) -> None:
        """Begin to work; called after the first paint."""
        from fieldapp.ui.idle import IdleWatch
        from fieldapp.ui.task_runner import QtTaskRunner
        from fieldapp.ui.viewmodels.unlock import UnlockViewModel

        self._runner = QtTaskRunner(2, self)
        self._idle = IdleWatch(self._clock, self._preferences.idle_minutes, self)
        self._idle.expired.connect(
            lambda: self.lock(say("有一会儿没有操作，已自动锁定。", "Locked after a while without use."))
        )
        self.unlock.connect_model(UnlockViewModel(laptop, self._runner, self))

    def lock(self, why: str = "") -> bool:
        """Save what is being typed, put everything away and ask for the next person.

        False when what is typed could not be saved: it is on the screen only, so the screen stays.
        """
        main, runner = self._main, self._main_runner
        if main is None or runner is None:
            return True
        if not main.save_draft():
            if self._idle is not None:
                self._idle.start()
            return False
        if self._idle is not None:
            self._idle.stop()
        self._main = self._main_runner = None
        self._stack.setCurrentWidget(self.unlock)
        self._stack.removeWidget(main)
        self._retire(main, runner, close_vault=True)
        self.unlock.reload()
        if why:
            self.unlock.say_why(why)
        self.locked.emit()
        return True

    def save_draft(self) -> None:
        """Save what is being typed (also called by the crash handler)."""
        if self._main is not None:
            self._main.save_draft()

    def show_problem(self, error: KnownError) -> None:
        """Show an error that belongs to no page."""
        if self._main is not None:
            self._main.show_error(error)
        else:
            self.unlock.show_error(error)

    def come_forward(self) -> None:
        """Show the window above the others."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, lock and wait for work under way, so that nothing is cut off."""
        if not self.lock():
            event.ignore()
            return
        for runner in list(self._leaving):
            runner.wait(_LEAVE_TIMEOUT_MS)
            QApplication.processEvents()
        if self._runner is not None:
            self._runner.wait(_LEAVE_TIMEOUT_MS)
        super().closeEvent(event)

    def _open(self, workspace: WorkspacePort, enrolled: bool) -> None:
        main = self._build_main(workspace)
        if enrolled:
            main.fetch_first()
        if self._idle is not None:
            self._idle.start()
        self.opened.emit()

    def _build_main(self, workspace: WorkspacePort) -> MainWindow:
        from fieldapp.ui.main_window import MainWindow  # heavy: only once somebody is in
        from fieldapp.ui.task_runner import QtTaskRunner

        runner = QtTaskRunner(3, self)
        main = MainWindow(workspace, runner, self._preferences)
        main.lock_asked.connect(self.lock)
        main.preferences_changed.connect(self._prefer)
        self._main, self._main_runner = main, runner
        self._stack.addWidget(main)
        self._stack.setCurrentWidget(main)
        main.start()
        return main

    def _retire(self, main: MainWindow, runner: QtTaskRunner, *, close_vault: bool) -> None:
        """Let a main window go when its last work has ended; until then it is hidden and called back by nobody."""
        main.hide()
        main.stop_work()
        self._leaving.append(runner)

        def gone() -> None:
            self._leaving.remove(runner)
            if close_vault:
                main.workspace.close()
            runner.deleteLater()
            main.deleteLater()

        runner.emptied.connect(gone)
        runner.retire()

    def _prefer(self, preferences: Preferences) -> None:
        before, self._preferences = self._preferences, preferences
        save_preferences(self._data_dir, preferences)
        if self._idle is not None:
            self._idle.set_limit(preferences.idle_minutes)
        app = QApplication.instance()
        if preferences.scale_percent != before.scale_percent and isinstance(app, QApplication):
            set_text_scale(app, preferences.scale_percent)
        set_language(preferences.language)
        if (preferences.scale_percent, preferences.language) != (before.scale_percent, before.language):
            QTimer.singleShot(0, self._rebuild)

    def _rebuild(self) -> None:
        """Lay the open window out anew for another text size or language, on the page where it was."""
        old, runner = self._main, self._main_runner
        if old is None or runner is None:
            return
        if not old.save_draft():
            return
        self._stack.removeWidget(old)
        self._build_main(old.workspace).show_page(old.page_key)
        self._retire(old, runner, close_vault=False)

    def show_first(self) -> None:
        """Show the window; small screens are filled."""
        room = QGuiApplication.primaryScreen().availableGeometry().size()
        self.resize(min(_FIRST_SIZE[0], room.width()), min(_FIRST_SIZE[1], room.height()))
        if room.width() < _SMALL_SCREEN:
            self.showMaximized()
        else:
            self.show()
