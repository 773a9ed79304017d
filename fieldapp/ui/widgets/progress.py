"""Long work, seen: what is being done, how far, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from fieldapp.common.tasks import Progress
from fieldapp.ui.text import choose, say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button, label

__all__ = ["ProgressLine"]


class ProgressLine(QWidget):
    """Hidden while nothing runs; ``stopped`` asks for the end."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = label(ink="soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("进度", "Progress"))
        self._stop = button(say("停止", "Stop"), self._ask_stop, name=say("停止这项工作", "Stop this work"))
        column = QVBoxLayout()
        column.setSpacing(px(4))
        column.addWidget(self._what)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addLayout(column, 1)
        row.addWidget(self._stop)
        self.hide()

    def begin(self, what: str) -> None:
        """Show that work has begun."""
        self._what.setText(what)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is; an unknown total shows a moving bar."""
        what = choose(progress.label_zh, progress.label_en)
        if progress.total:
            what = f"{what}  {progress.done}/{progress.total}"
        self._what.setText(what)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def end(self) -> None:
        """Show nothing any more."""
        self.hide()

    def _ask_stop(self) -> None:
        self._stop.setEnabled(False)
        self._what.setText(say("正在停下，做完手上这一步…", "Stopping after this step…"))
        self.stopped.emit()
