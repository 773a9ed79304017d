"""The month on the page of plans: which month, which day, what falls on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.plan import add_months
from fieldapp.ui.dates import short_day
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell, cells
from fieldapp.ui.viewmodels.latest import Latest
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.calendar import DayLine, DaySheet, DayWhat
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["MonthViewModel", "day_cells", "day_marks", "what_label"]

_ORDER: tuple[DayWhat, ...] = ("promised", "task", "issue", "due", "missed", "visited")


def what_label(what: DayWhat) -> tuple[str, Tone]:
    """Return the word of a kind and its tone; the word carries the meaning."""
    known: dict[DayWhat, tuple[str, Tone]] = {
        "promised": (say("约定", "promised"), "accent"),
        "task": (say("待办", "task"), "accent"),
        "issue": (say("整改", "problem"), "attention"),
        "due": (say("到期", "due"), "attention"),
        "missed": (say("未遇", "not met"), "neutral"),
        "visited": (say("走访", "visited"), "good"),
    }
    return known[what]


def day_marks(sheet: DaySheet | None) -> list[tuple[str, Tone]]:
    """Return the words of a day's cell: what is to be done first, then what was done."""
    if sheet is None:
        return []
    ends: list[tuple[str, Tone]] = [
        (say("截止 {name}", "ends: {name}", name=name), "bad") for name in sheet.deadlines
    ]
    told = [(what, sheet.numbers[what]) for what in _ORDER if what in sheet.numbers]
    return ends + [(f"{what_label(what)[0]} {number}", what_label(what)[1]) for what, number in told]


def day_cells(line: DayLine) -> tuple[Cell, ...]:
    """Return a line of the day's list."""
    word, tone = what_label(line.what)
    return (*cells(line.head_name), Cell(word, tone), *cells(line.place), Cell(line.text, tooltip=line.text))


class MonthViewModel(ViewModel):
    """``month_loaded`` says that the numbers are of the shown month, ``day_loaded`` that the list is of the chosen day."""

    month_loaded = Signal()
    day_loaded = Signal()

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calendar = workspace.calendar
        self.today = workspace.today
        self.day = workspace.today()
        self.days: Mapping[date, DaySheet] = {}
        self.lines: Sequence[DayLine] = ()
        self._months: Latest[Mapping[date, DaySheet]] = Latest(runner, self._show_month, self.report)
        self._lists: Latest[list[DayLine]] = Latest(runner, self._show_day, self.report)

    def load(self) -> None:
        """Look the month and the day up again."""
        self._look_month()
        self._look_day()

    def choose(self, day: date) -> None:
        """Go to a day; another month is looked up."""
        other = (day.year, day.month) != (self.day.year, self.day.month)
        self.day = day
        if other:
            self.days = {}
            self._look_month()
        self._look_day()

    def step(self, days: int = 0, months: int = 0) -> None:
        """Go so many days or months on."""
        self.choose(add_months(self.day, months) if months else self.day + timedelta(days=days))

    def month_title(self) -> str:
        """Return the shown month."""
        return say("{y}年{m}月", "{y}-{m}", y=self.day.year, m=self.day.month)

    def day_title(self) -> str:
        """Return the chosen day, with how much falls on it."""
        week = say("周一 周二 周三 周四 周五 周六 周日", "Mon Tue Wed Thu Fri Sat Sun").split()[
            self.day.weekday()
        ]
        day = f"{short_day(self.day.isoformat(), self.today())} {week}"
        told = "，".join(word for word, _ in day_marks(self.days.get(self.day)))
        return f"{day}：{told}" if told else day

    def _look_month(self) -> None:
        year, month, calendar = self.day.year, self.day.month, self._calendar
        self._months.ask(lambda: calendar.month(year, month))

    def _look_day(self) -> None:
        day, calendar = self.day, self._calendar
        self._lists.ask(lambda: calendar.day(day))

    def _show_month(self, days: Mapping[date, DaySheet]) -> None:
        self.days = days
        self.month_loaded.emit()

    def _show_day(self, lines: list[DayLine]) -> None:
        self.lines = lines
        self.day_loaded.emit()
