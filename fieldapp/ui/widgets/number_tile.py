"""A number with its name, marked in the colour it has in the bar below; opening it shows what it counts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import label

__all__ = ["NumberTile"]


class NumberTile(QFrame):
    """Works by mouse, Enter and space."""

    asked = Signal()

    def __init__(self, name: str, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setObjectName("tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(say("打开这些户", "Open these households"))
        self.setStyleSheet(
            f"QFrame#tile {{ background: {COLOURS.ground}; border: 1px solid {COLOURS.ground};"
            f" border-left: {px(4)}px solid {colour}; border-radius: {px(4)}px; }}"
            f"QFrame#tile:hover {{ background: {COLOURS.neutral_ground}; }}"
            f"QFrame#tile:focus {{ border: 2px solid {COLOURS.accent}; }}"
        )
        self._number = label("—", ratio=1.7, bold=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(0)
        column.addWidget(self._number)
        column.addWidget(label(name, ink="soft", wrap=True))
        self.show_number(0)

    def show_number(self, number: int) -> None:
        """Show the number."""
        self._number.setText(f"{number:,}")
        self.setAccessibleName(say("{name} {n} 户", "{name} {n}", name=self._name, n=number))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
            return
        super().keyPressEvent(event)
