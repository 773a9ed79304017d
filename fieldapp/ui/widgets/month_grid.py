"""A month as a grid of weeks, Monday first: each day with words for what falls on it. One widget, moved in by arrows."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.ui.palette import COLOURS, Tone, tone_colours
from fieldapp.ui.text import say
from fieldapp.ui.theme import px, sized_font

__all__ = ["MonthGrid"]

_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class MonthGrid(QWidget):
    """Asks to be moved (days, months), back to today, into the day's list; it is told what to show."""

    moved = Signal(int, int)
    today_asked = Signal()
    entered = Signal()
    chosen = Signal(object)  # date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("月历", "Month"))
        self._day = self._today = date(2000, 1, 1)
        self._marks: Mapping[date, Sequence[tuple[str, Tone]]] = {}

    def show_month(
        self, day: date, today: date, marks: Mapping[date, Sequence[tuple[str, Tone]]], told: str
    ) -> None:
        """Show the month of a day with the day marked; ``told`` is what a screen reader says of it."""
        self._day, self._today, self._marks = day, today, marks
        self.setAccessibleDescription(told)
        self.setToolTip(
            say("方向键走日子，PgUp/PgDn 翻月，Home 回到今天，回车进名单", "Arrows, PgUp/PgDn, Home, Enter")
        )
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by day and week, PgUp/PgDn by month, Home to today, Enter into the list."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.moved.emit(_ARROWS[key], 0)
        elif key in _MONTHS:
            self.moved.emit(0, _MONTHS[key])
        elif key == Qt.Key.Key_Home:
            self.today_asked.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a day."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for day, rect in self._places():
            if rect.contains(event.position().toPoint()):
                self.chosen.emit(day)
                return

    def sizeHint(self) -> QSize:
        return QSize(px(560), px(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(300), px(300))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        head = self._head()
        painter.setFont(sized_font(0.93))
        painter.setPen(QColor(COLOURS.ink_soft))
        for column, name in enumerate(say("一二三四五六日", "MTWTFSS")):
            painter.drawText(self._column(column, 0, head), Qt.AlignmentFlag.AlignCenter, name)
        for day, rect in self._places():
            self._paint_day(painter, day, rect)
        painter.end()

    def _paint_day(self, painter: QPainter, day: date, rect: QRect) -> None:
        marked = day == self._day
        inside = rect.adjusted(1, 1, -1, -1)
        painter.fillRect(inside, QColor(COLOURS.selection if marked else COLOURS.card))
        wide = 2 if marked and self.hasFocus() else 1
        painter.setPen(QPen(QColor(COLOURS.accent if marked else COLOURS.line), wide))
        painter.drawRect(inside)
        text = inside.adjusted(px(5), px(3), -px(4), -px(2))
        painter.setFont(sized_font(1.0, bold=day == self._today or marked))
        painter.setPen(QColor(COLOURS.accent if day == self._today else COLOURS.ink))
        number = say("今 {d}", "{d} today", d=day.day) if day == self._today else str(day.day)
        painter.drawText(text, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, number)
        font = sized_font(0.86)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        top = text.top() + QFontMetrics(sized_font(1.0)).height()
        for line, (word, tone) in enumerate(self._marks.get(day, ())):
            place = QRect(text.left(), top + line * metrics.height(), text.width(), metrics.height())
            if place.bottom() > text.bottom():
                break
            painter.setPen(QColor(COLOURS.ink_soft if tone == "neutral" else tone_colours(tone)[0]))
            fitted = metrics.elidedText(word, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitted)

    def _head(self) -> int:
        return QFontMetrics(sized_font(0.93)).height() + px(6)

    def _column(self, column: int, top: int, height: int) -> QRect:
        left, right = column * self.width() // 7, (column + 1) * self.width() // 7
        return QRect(left, top, right - left, height)

    def _places(self) -> list[tuple[date, QRect]]:
        weeks = calendar.Calendar().monthdatescalendar(self._day.year, self._day.month)
        head = self._head()
        room = self.height() - head
        return [
            (
                day,
                self._column(
                    column,
                    head + row * room // len(weeks),
                    (row + 1) * room // len(weeks) - row * room // len(weeks),
                ),
            )
            for row, week in enumerate(weeks)
            for column, day in enumerate(week)
            if day.month == self._day.month
        ]
