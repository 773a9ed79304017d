"""An empty list says why it is empty and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button, label

__all__ = ["EmptyState"]


class EmptyState(QWidget):
    """Why, what to do, and a button that does it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why = label(bold=True, ratio=1.1, wrap=True)
        self._what = label(ink="soft", wrap=True)
        self._act = button("")
        self._acting: Callable[[], None] | None = None
        self._act.clicked.connect(self._do)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(10))
        column.addStretch(1)
        for widget in (self._why, self._what):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget)
        column.addWidget(self._act, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self._act.hide()

    def _do(self) -> None:
        if self._acting is not None:
            self._acting()

    def say(self, why: str, what: str, act: tuple[str, Callable[[], None]] | None = None) -> None:
        """Set the texts and the remedy."""
        self._why.setText(why)
        self._what.setText(what)
        self.setAccessibleName(f"{why} {what}")
        self._act.setVisible(act is not None)
        if act is not None:
            self._act.setText(act[0])
            self._act.setAccessibleName(act[0])
            self._acting = act[1]
