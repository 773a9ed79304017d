"""Long work behind the unlock window, before anybody can sign in, with its progress in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink
from fieldapp.ui.task_runner import QtTaskRunner
from fieldapp.ui.text import choose

if TYPE_CHECKING:
    from fieldapp.ui.app_window import AppWindow

__all__ = ["Preparation"]


class Preparation(QObject):
    """Runs the work on a thread of its own; closing the window cancels it."""

    _progressed = Signal(object)

    def __init__(self, window: AppWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._cancel = CancelToken()
        self._runner = QtTaskRunner(1, self)
        self._progressed.connect(self._show)

    def run(self, work: Callable[[ProgressSink, CancelToken], str], then: Callable[[], None]) -> None:
        """Do the work, then ``then``, and show the sentence that the work returned."""

        def done(sentence: str) -> None:
            self._window.unlock.stop_waiting()
            then()
            self._window.unlock.say_why(sentence)

        self._runner.run(lambda: work(self._progressed.emit, self._cancel), done, self._failed)

    def stop(self, timeout_ms: int) -> None:
        """Cancel what still runs and wait for it."""
        self._cancel.cancel()
        self._runner.wait(timeout_ms)

    def _show(self, progress: Progress) -> None:
        count = f"　{progress.done:,}/{progress.total:,}" if progress.total else ""
        self._window.unlock.wait_for(f"{choose(progress.label_zh, progress.label_en)}{count}")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._window.show_problem(error)
