"""Paints table cells: text elided, tones as a word on a ground, the current row marked at its left edge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldapp.ui.palette import COLOURS, Tone, tone_colours
from fieldapp.ui.theme import px, sized_font
from fieldapp.ui.viewmodels.work_table import TONE_ROLE

__all__ = ["CellDelegate"]

_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """One for all tables. Column ``lead`` is set in bold."""

    def __init__(self, parent: QObject | None = None, *, lead: int = 0) -> None:
        super().__init__(parent)
        self._lead = lead
        self._plain = sized_font(1.0)
        self._bold = sized_font(1.0, bold=True)
        self._pad = px(8)
        self._ink = QColor(COLOURS.ink)
        self._line = QColor(COLOURS.line)
        self._selected = QColor(COLOURS.selection)
        self._mark = QColor(COLOURS.accent)
        self._card = QColor(COLOURS.card)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, self._selected if selected else self._card)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._line)
        if selected and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), self._mark)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not text:
            return
        tone: Tone = index.data(TONE_ROLE) or "neutral"
        inner = rect.adjusted(self._pad, 0, -self._pad, 0)
        if tone == "neutral":
            self._text(painter, inner, text, self._bold if index.column() == self._lead else self._plain)
        else:
            self._pill(painter, inner, text, tone)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        return QSize(metrics.horizontalAdvance(text) + 2 * self._pad + px(20), metrics.height() + px(16))

    def _text(self, painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(self._ink)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _pill(self, painter: QPainter, rect: QRect, text: str, tone: Tone) -> None:
        ink, ground = tone_colours(tone)
        painter.setFont(self._plain)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - px(14))
        width = min(rect.width(), metrics.horizontalAdvance(shown) + px(14))
        height = metrics.height() + px(4)
        pill = QRectF(rect.x(), rect.center().y() - height / 2 + 1, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()
