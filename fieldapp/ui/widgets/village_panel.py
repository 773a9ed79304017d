"""The dark side of the unlock window: a few fields, hills and houses in outline. It says nothing about anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.theme import px

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath, QPaintEvent

__all__ = ["VillagePanel"]


class VillagePanel(QFrame):
    """Texts are laid over it; labels inside are light. The picture comes when :meth:`dress` is called."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dressed = False
        self.setObjectName("village")
        self.setStyleSheet(
            f"QFrame#village {{ background: {COLOURS.nav}; border: 0; }}"
            f"QLabel {{ color: {COLOURS.nav_ink}; background: transparent; }}"
        )

    def dress(self) -> None:
        """Draw the picture from now on: a QPainter's colours would delay the first paint of the window by 20 ms."""
        self._dressed = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._dressed:
            return
        from PySide6.QtGui import QColor, QPainter, QPen

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = float(self.width()), float(self.height())
        for colour, ground, rise in (("#1b2f47", 0.70, 0.12), ("#21364f", 0.78, 0.08)):
            painter.fillPath(_hills(width, height, ground, rise), QColor(colour))
        outline = QPen(QColor("#3a5475"), px(1.6))
        for place, size in ((0.16, 30.0), (0.34, 22.0), (0.68, 26.0)):
            house = _house(width * place, height * 0.80, px(size))
            painter.fillPath(house, QColor(COLOURS.nav))
            painter.strokePath(house, outline)
        painter.end()


def _hills(width: float, height: float, ground: float, rise: float) -> QPainterPath:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainterPath

    path = QPainterPath(QPointF(0, height))
    path.lineTo(0, height * ground)
    path.cubicTo(
        width * 0.25,
        height * (ground - rise),
        width * 0.45,
        height * (ground + rise * 0.4),
        width * 0.62,
        height * ground,
    )
    path.cubicTo(
        width * 0.75,
        height * (ground - rise * 0.7),
        width * 0.9,
        height * (ground - rise * 0.6),
        width,
        height * ground,
    )
    path.lineTo(width, height)
    path.closeSubpath()
    return path


def _house(left: float, bottom: float, size: float) -> QPainterPath:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainterPath

    path = QPainterPath(QPointF(left, bottom))
    path.lineTo(left, bottom - size * 0.6)
    path.lineTo(left - size * 0.14, bottom - size * 0.56)
    path.lineTo(left + size * 0.5, bottom - size)
    path.lineTo(left + size * 1.14, bottom - size * 0.56)
    path.lineTo(left + size, bottom - size * 0.6)
    path.lineTo(left + size, bottom)
    path.closeSubpath()
    return path
