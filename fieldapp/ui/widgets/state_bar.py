"""The bar at the bottom: offline or online, what waits, the last exchange, the work under way, and that it is encrypted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from fieldapp.common.tasks import Progress
from fieldapp.ui.icons import picture
from fieldapp.ui.palette import tone_colours
from fieldapp.ui.text import choose, say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.sync import StateWords
from fieldapp.ui.widgets.controls import button, label

__all__ = ["StateBar"]


class StateBar(QFrame):
    """Says only what is known. ``unsent_opened`` goes to the sync page, ``stopped`` ends the work under way."""

    unsent_opened = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stateBar")
        self._sign = QLabel()
        self._link = label(ratio=0.93, shrink=True)
        self._unsent = button(
            "",
            self.unsent_opened.emit,
            kind="quiet",
            name=say("待发送，打开同步页", "Waiting records: open Sync"),
        )
        self._last = label(ratio=0.93, ink="soft", shrink=True)
        self._work = label(ratio=0.93, ink="soft", shrink=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(110))
        self._bar.setAccessibleName(say("同步进度", "Sync progress"))
        self._stop = button(
            say("停止", "Stop"), self.stopped.emit, kind="quiet", name=say("停止同步", "Stop syncing")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(2), px(14), px(2))
        row.setSpacing(px(8))
        for widget in (self._sign, self._link, self._unsent, self._last):
            row.addWidget(widget)
        row.addStretch(1)
        for part in (self._work, self._bar, self._stop):
            row.addWidget(part)
            part.hide()
        row.addWidget(
            label(say("本机资料已加密", "encrypted on this laptop"), ratio=0.93, ink="faint", shrink=True)
        )

    def show_words(self, words: StateWords) -> None:
        """Show the state."""
        ink, _ = tone_colours(words.tone)
        self._sign.setPixmap(picture("link" if words.online else "unlink", ink, 16))
        self._link.setText(words.link)
        self._unsent.setText(words.unsent)
        self._last.setText(words.last)
        self.setAccessibleName("，".join(part for part in (words.link, words.unsent, words.last) if part))

    def show_working(self, working: bool) -> None:
        """Show or put away the work under way."""
        self._work.setText(say("正在同步…", "Syncing…"))
        self._bar.setRange(0, 0)
        for widget in (self._work, self._bar, self._stop):
            widget.setVisible(working)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the work is."""
        self._work.setText(choose(progress.label_zh, progress.label_en))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
