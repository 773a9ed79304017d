"""How far the year is: one bar in parts, each named with its number below, each number a way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.theme import px

__all__ = ["Meter", "MeterPart"]


@dataclass(frozen=True, slots=True)
class MeterPart:
    """A part of the whole, with the words that name it."""

    label: str
    count: int
    colour: str


class Meter(QWidget):
    """A bar of parts. The words beside it carry the meaning; the bar only shows the shares."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[MeterPart] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[MeterPart]) -> None:
        """Show these parts, in order."""
        self._parts = parts
        self.setAccessibleName("，".join(f"{part.label} {part.count}" for part in parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(shape)
        painter.fillRect(whole, QColor(COLOURS.neutral_ground))
        total = sum(part.count for part in self._parts)
        left = 0.0
        for part in self._parts:
            width = whole.width() * part.count / total if total else 0.0
            painter.fillRect(QRectF(left, 0, width, whole.height()), QColor(part.colour))
            left += width
            if width > px(3):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.fillRect(QRectF(left - 1, 0, 1, whole.height()), QColor(COLOURS.card))
        painter.end()
