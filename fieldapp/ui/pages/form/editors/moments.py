"""Dates and times, typed as people type them, with the weekday beside a date and a calendar behind a button."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from fieldapp.common.clock import CHINA
from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor, mark_wrong
from fieldapp.ui.pages.form.editors.lines import Line, LineEditor
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.typed_dates import (
    read_typed_date,
    read_typed_month,
    read_typed_time,
    weekday_name,
)
from fieldapp.xform import QuestionView

__all__ = ["DateEditor", "DateTimeEditor", "TimeEditor"]


class DateLine(Line):
    """A line whose arrow keys move the date: by a day, with Ctrl by a week."""

    moved = Signal(int)  # days

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or self.isReadOnly() or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self.moved.emit(step * (7 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1))


class DateEditor(LineEditor):
    """A date; with the appearances ``month-year`` and ``year`` the first day of the month or year."""

    width_units = 150

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._calendar: QCalendarWidget | None = None
        self._first_day = bool({"month-year", "year"} & question.appearance)
        near = say("如 1122、昨天", "such as 1122")
        self.line.setPlaceholderText(say("如 202605", "such as 202605") if self._first_day else near)
        self.line.setToolTip(
            say(
                "可输 20261122、11-22、1122、昨天；↑↓ 加减一天，Ctrl+↑↓ 一周",
                "20261122, 11-22, 1122; Up and Down move by a day, with Ctrl by a week",
            )
        )
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDate)

    def _make_line(self) -> Line:
        line = DateLine()
        line.moved.connect(self._move)
        return line

    def _lay_out(self) -> None:
        self._weekday = QLabel()
        self._weekday.setProperty("say", "hint")
        self._open = _calendar_button(self.question.label)
        self._open.clicked.connect(self._show_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.line, self._open, self._weekday):
            row.addWidget(widget)
        row.addStretch(1)

    def read(self, text: str) -> str:
        typed = text.strip()
        if self._first_day:
            first = read_typed_month(typed if "year" not in self.question.appearance else f"{typed}-01")
            return first.isoformat() if first else typed
        day = read_typed_date(typed, self.context.clock.today())
        return day.isoformat() if day else typed

    def show_question(self) -> None:
        super().show_question()
        day = None if self._first_day else _date(self.question.value)
        self._weekday.setText(self._told(day) if day else "")
        self._open.setEnabled(not self.question.readonly)

    def _told(self, day: date) -> str:
        ago = (self.context.clock.today() - day).days
        near = {0: say("今天", "today"), 1: say("昨天", "yesterday"), 2: say("前天", "2 days ago")}.get(
            ago, ""
        )
        return "　".join(text for text in (say(weekday_name(day), f"{day:%A}"), near) if text)

    def _move(self, days: int) -> None:
        today = self.context.clock.today()
        day = read_typed_date(self.line.text(), today)
        self._take(date.fromordinal(day.toordinal() + days) if day else today)

    def _take(self, day: date) -> None:
        self._write(day.isoformat())
        self.edited.emit(day.isoformat())

    def _show_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlag(Qt.WindowType.Popup)
            self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            self._calendar.activated.connect(self._day_chosen)
            self._calendar.clicked.connect(self._day_chosen)
        day = _date(self.question.value) or self.context.clock.today()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        self._calendar.show()
        self._calendar.setFocus()

    def _day_chosen(self, day: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self._take(date(day.year(), day.month(), day.day()))
        self.line.setFocus()


class TimeEditor(LineEditor):
    """A time of day in China: 8:30, 0830, 8点半."""

    width_units = 110

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.line.setPlaceholderText(say("如 0830", "such as 0830"))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhTime)

    def read(self, text: str) -> str:
        moment = read_typed_time(text.strip())
        return stored_time(moment) if moment else text.strip()

    def _write(self, value: str) -> None:
        super()._write(shown_time(value))
        self._sent = value


class DateTimeEditor(Editor):
    """A day and a time of day beside each other; the answer exists when both do."""

    is_typed = True

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._sent = ""
        self.day, self.time = DateLine(), Line()
        self.day.setPlaceholderText(say("日期，如 1122", "date"))
        self.time.setPlaceholderText(say("如 0830", "time"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for line, width in ((self.day, 150), (self.time, 110)):
            line.setMaximumWidth(context.scale(width))
            line.textEdited.connect(self._typed)
            line.editingFinished.connect(self._finished)
            row.addWidget(line)
        row.addStretch(1)
        self.day.moved.connect(self._move)
        self.day.returnPressed.connect(self.time.setFocus)
        self.time.returnPressed.connect(self.passed)

    def _typed(self) -> None:
        self._sent = self._read()
        self.edited.emit(self._sent)

    def _read(self) -> str:
        day = read_typed_date(self.day.text(), self.context.clock.today())
        moment = read_typed_time(self.time.text())
        if day and moment:
            return f"{day.isoformat()}T{stored_time(moment)}"
        return " ".join(text for text in (self.day.text().strip(), self.time.text().strip()) if text)

    def _move(self, days: int) -> None:
        today = self.context.clock.today()
        day = read_typed_date(self.day.text(), today)
        self.day.setText((date.fromordinal(day.toordinal() + days) if day else today).isoformat())
        self._typed()

    def _finished(self) -> None:
        if not self.day.hasFocus() and not self.time.hasFocus():
            self._write()
            self.left.emit()

    def show_question(self) -> None:
        if not (self._sent == self.question.value and (self.day.hasFocus() or self.time.hasFocus())):
            self._write()
        for line in (self.day, self.time):
            line.setReadOnly(self.question.readonly)

    def _write(self) -> None:
        self._sent = self.question.value
        day, _, moment = self.question.value.partition("T")
        if moment:
            self.day.setText(day)
            self.time.setText(shown_time(moment))
        elif not self.question.value:
            self.day.clear()
            self.time.clear()

    def focus_target(self) -> QWidget:
        return self.day

    def tab_widgets(self) -> list[QWidget]:
        return [self.day, self.time]

    def name(self, accessible_name: str) -> None:
        self.day.setAccessibleName(say("{label}（日期）", "{label} (date)", label=accessible_name))
        self.time.setAccessibleName(say("{label}（时间）", "{label} (time)", label=accessible_name))

    def show_wrong(self, wrong: bool) -> None:
        mark_wrong(self.day, wrong)
        mark_wrong(self.time, wrong)


def stored_time(moment: time) -> str:
    """Return a time of day as a form stores it: with milliseconds and the offset of China."""
    return moment.replace(tzinfo=CHINA).isoformat(timespec="milliseconds")


def shown_time(stored: str) -> str:
    """Return a stored time as a person reads it; text that is no time stays as it is."""
    try:
        return f"{time.fromisoformat(stored):%H:%M}"
    except ValueError:
        return stored


def _date(stored: str) -> date | None:
    try:
        return datetime.fromisoformat(stored).date()
    except ValueError:
        return None


def _calendar_button(label: str) -> QToolButton:
    made = QToolButton()
    made.setText("▾")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAutoRaise(True)
    made.setAccessibleName(say("{label}：打开日历", "{label}: calendar", label=label))
    made.setToolTip(say("打开日历", "Open the calendar"))
    return made
