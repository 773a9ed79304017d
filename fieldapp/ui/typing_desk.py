"""The program on the machine of the national system: no vault, only a sealed to-type list and the small window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldapp.common.clock import Clock, SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import TaskRunner
from fieldapp.services.typing_file import TypingFile
from fieldapp.ui.pages.typing_window import TypingWindow
from fieldapp.ui.task_runner import QtTaskRunner
from fieldapp.ui.text import error_sentence, say
from fieldapp.ui.theme import apply_theme, px
from fieldapp.ui.viewmodels.typing_list import TypingViewModel
from fieldapp.ui.widgets.controls import button, heading, label, line_edit

__all__ = ["TypingDeskWindow", "open_typing_file"]


class TypingDeskWindow(QWidget):
    """Asks for the passphrase and who types; then the small window takes over."""

    def __init__(self, path: Path, clock: Clock, runner: TaskRunner | None = None) -> None:
        super().__init__()
        self._path = path
        self._clock = clock
        self._runner: TaskRunner = runner or QtTaskRunner(1, self)
        self.small: TypingWindow | None = None
        self.setWindowTitle(say("待录入清单", "To-type list"))
        self.setProperty("surface", "card")
        self.name = line_edit(say("录入人", "Who types"), say("录入人姓名", "Your name"))
        self.passphrase = line_edit(say("文件口令", "Passphrase"), say("文件口令", "Passphrase"), secret=True)
        self.problem = label(ink="bad", wrap=True)
        self.passphrase.returnPressed.connect(self.open_file)
        column = QVBoxLayout(self)
        column.addWidget(heading(path.name))
        for widget in (self.name, self.passphrase, self.problem):
            column.addWidget(widget)
        column.addWidget(button(say("打开", "Open"), self.open_file, kind="primary"))
        self.resize(px(380), px(200))

    def open_file(self) -> None:
        """Open the file with what was typed."""
        if not self.name.text().strip():
            self.problem.setText(say("请填录入人姓名，清单上会记下是谁录的。", "Please give your name."))
            return
        passphrase, name = self.passphrase.text(), self.name.text().strip()
        self._runner.run(
            lambda: TypingFile(self._path, passphrase, by_name=name, clock=self._clock),
            self._opened,
            self._broke,
        )

    def _opened(self, desk: TypingFile) -> None:
        self.passphrase.clear()
        model = TypingViewModel(desk, self._runner, self)
        model.failed.connect(self._broke)
        self.small = TypingWindow(model)
        self.small.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
        self.small.show()
        model.load()
        self.hide()

    def _broke(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.problem.setText(error_sentence(error))
        self.show()


def open_typing_file(path: Path) -> int:
    """Open the window and stay until it is closed."""
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    apply_theme(app)
    desk = TypingDeskWindow(path, SystemClock())
    desk.show()
    return app.exec()
