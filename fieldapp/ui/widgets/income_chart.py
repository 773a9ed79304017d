"""Income a head over the years against the line of each year. Numbers stand on the bars; colour is not needed to read it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px, sized_font
from fieldapp.ui.viewmodels.household_lines import IncomeBar

__all__ = ["IncomeChart"]


class IncomeChart(QWidget):
    """Bars, oldest year at the left; a dashed line where the year has one, else 待县里填."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[IncomeBar] = ()
        self.setFont(sized_font(0.93))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[IncomeBar]) -> None:
        """Show these years."""
        self._bars = bars
        self.setAccessibleName(
            say("人均纯收入：", "Net income a head: ")
            + "；".join(f"{bar.year} {_amount(bar.per_head)}，{_line_words(bar)}" for bar in bars)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(260), px(150))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text_height = self.fontMetrics().height()
        top = text_height + px(4)
        bottom = self.height() - 2 * text_height - px(6)
        highest = max(
            [bar.per_head or 0 for bar in self._bars] + [float(bar.line or 0) for bar in self._bars]
        )
        scale = (bottom - top) / highest if highest > 0 else 0.0
        slot = self.width() / len(self._bars)
        painter.fillRect(QRectF(0, bottom, self.width(), 1), QColor(COLOURS.line_strong))
        for number, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, QRectF(slot * number, top, slot, bottom - top), scale)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: IncomeBar, slot: QRectF, scale: float) -> None:
        width = min(slot.width() * 0.5, px(56))
        height = (bar.per_head or 0) * scale
        left = slot.center().x() - width / 2
        below = bar.line is not None and bar.per_head is not None and bar.per_head < bar.line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS.attention if below else COLOURS.accent))
        painter.drawRoundedRect(QRectF(left, slot.bottom() - height, width, height), px(2), px(2))
        painter.setPen(QColor(COLOURS.ink))
        line_height = self.fontMetrics().height()
        self._write(painter, slot, slot.bottom() - height - line_height - 2, _amount(bar.per_head))
        self._write(painter, slot, slot.bottom() + 3, str(bar.year))
        if bar.line is not None:
            place = slot.bottom() - bar.line * scale
            painter.setPen(QPen(QColor(COLOURS.bad), 1, Qt.PenStyle.DashLine))
            painter.drawLine(int(slot.left()) + px(4), int(place), int(slot.right()) - px(4), int(place))
        painter.setPen(QColor(COLOURS.ink_faint))
        self._write(painter, slot, slot.bottom() + 3 + line_height, _line_words(bar))

    def _write(self, painter: QPainter, slot: QRectF, top: float, text: str) -> None:
        rect = QRectF(slot.left(), top, slot.width(), self.fontMetrics().height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _amount(value: float | None) -> str:
    return say("未登记", "unknown") if value is None else f"{value:,.0f}"


def _line_words(bar: IncomeBar) -> str:
    if bar.line is None:
        return say("线：待县里填", "line: set by county")
    return say("线 {n}", "line {n}", n=f"{bar.line:,}")
