"""The bar above the pages: back, where one is, and the one search box."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px, sized_font
from fieldapp.ui.widgets.controls import button, label
from fieldapp.ui.widgets.search_box import SearchBox

__all__ = ["TopBar"]


class TopBar(QFrame):
    """``back_asked`` leaves a page that was opened from another."""

    back_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.search = SearchBox(window)
        self._back = button(
            "",
            self.back_asked.emit,
            kind="quiet",
            icon_name="back",
            shortcut="Alt+Left",
            name=say("返回", "Back"),
        )
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(sized_font(1.45, bold=True))
        self._full_title = ""
        self._subtitle = label(ink="soft")
        self._subtitle.setMinimumWidth(1)
        self._subtitle.setContentsMargins(0, px(7), 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(12), px(20), px(8))
        row.setSpacing(px(10))
        row.addWidget(self._back)
        row.addWidget(self._title)
        row.addWidget(self._subtitle, 1)
        row.addWidget(self.search, 2)

    def show_title(self, title: str, subtitle: str, *, back: bool) -> None:
        """Say where one is."""
        self._full_title = title
        self._title.setToolTip(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setToolTip(subtitle)
        self._back.setVisible(back)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A name of 25 characters must not push the search box out."""
        room = max(px(60), int(self.width() * 0.38))
        metrics = QFontMetrics(self._title.font())
        self._title.setText(metrics.elidedText(self._full_title, Qt.TextElideMode.ElideRight, room))
