"""The dark side of the unlock window: a few fields, hills and houses in outline. It says nothing about anybody."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.theme import px

__all__ = ["VillagePanel"]


class VillagePanel(QWidget):
    """Texts are laid over it; labels inside are light."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(f"QLabel {{ color: {COLOURS.nav_ink}; background: transparent; }}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS.nav))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = float(self.width()), float(self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, ground, rise in (("#1b2f47", 0.70, 0.12), ("#21364f", 0.78, 0.08)):
            painter.setBrush(QColor(colour))
            painter.drawPath(_hills(width, height, ground, rise))
        painter.setPen(QPen(QColor("#3a5475"), px(1.6)))
        painter.setBrush(QColor(COLOURS.nav))
        for place, size in ((0.16, 30.0), (0.30, 22.0), (0.68, 26.0)):
            painter.drawPath(_house(width * place, height * 0.80, px(size)))
        painter.end()


def _hills(width: float, height: float, ground: float, rise: float) -> QPainterPath:
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
    path = QPainterPath(QPointF(left, bottom))
    path.lineTo(left, bottom - size * 0.6)
    path.lineTo(left - size * 0.14, bottom - size * 0.56)
    path.lineTo(left + size * 0.5, bottom - size)
    path.lineTo(left + size * 1.14, bottom - size * 0.56)
    path.lineTo(left + size, bottom - size * 0.6)
    path.lineTo(left + size, bottom)
    path.closeSubpath()
    return path
