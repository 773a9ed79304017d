"""Paints table cells: text elided, tones as a word on a ground, the current row marked at its left edge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldapp.ui.palette import COLOURS, Tone, tone_colours
from fieldapp.ui.theme import px, sized_font
from fieldapp.ui.viewmodels.work_table import CELL_ROLE

__all__ = ["CellDelegate"]

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class CellDelegate(QStyledItemDelegate):
    """One for all tables. Column ``lead`` is set in bold."""

    def __init__(self, parent: QObject | None = None, *, lead: int = 0) -> None:
        super().__init__(parent)
        self._lead = lead
        self._fonts = (sized_font(1.0), sized_font(1.0, bold=True))
        self._metrics = tuple(QFontMetrics(font) for font in self._fonts)
        # No character is wider than this, so that most texts need no measuring.
        self._widest = self._metrics[1].horizontalAdvance("汉") + 1
        self._pad, self._inset, self._mark_width = px(8), px(14), px(3)
        self._pill_height = self._metrics[0].height() + px(4)
        self._ink, self._line = QColor(COLOURS.ink), QColor(COLOURS.line)
        self._grounds = (QColor(COLOURS.card), QColor(COLOURS.selection))
        self._mark = QColor(COLOURS.accent)
        self._tones: dict[Tone, tuple[QColor, QColor]] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.fillRect(rect, self._grounds[selected])
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._line)
        column = index.column()
        if selected and column == 0:
            painter.fillRect(rect.x(), rect.y(), self._mark_width, rect.height(), self._mark)
        text, tone = index.data(CELL_ROLE)
        if not text:
            return
        inner = rect.adjusted(self._pad, 0, -self._pad, 0)
        if tone == "neutral":
            self._text(painter, inner, text, bold=column == self._lead)
        else:
            self._pill(painter, inner, text, tone)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        return QSize(metrics.horizontalAdvance(text) + 2 * self._pad + px(20), metrics.height() + px(16))

    def _text(self, painter: QPainter, rect: QRect, text: str, *, bold: bool) -> None:
        painter.setFont(self._fonts[bold])
        painter.setPen(self._ink)
        painter.drawText(rect, _LEFT, self._fitted(text, rect.width(), bold=bold))

    def _pill(self, painter: QPainter, rect: QRect, text: str, tone: Tone) -> None:
        if tone not in self._tones:
            ink, ground = tone_colours(tone)
            self._tones[tone] = QColor(ink), QColor(ground)
        ink_colour, ground_colour = self._tones[tone]
        shown = self._fitted(text, rect.width() - self._inset, bold=False)
        width = min(rect.width(), self._metrics[0].horizontalAdvance(shown) + self._inset)
        height = self._pill_height
        pill = QRectF(rect.x(), rect.center().y() - height / 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground_colour)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(self._fonts[0])
        painter.setPen(ink_colour)
        painter.drawText(pill, _CENTRE, shown)

    def _fitted(self, text: str, width: int, *, bold: bool) -> str:
        if len(text) * self._widest <= width:
            return text
        return self._metrics[bold].elidedText(text, Qt.TextElideMode.ElideRight, width)
