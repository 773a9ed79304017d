"""The month of the page 计划: the grid at the left, the day's list at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui.pages.page import Columns
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.month import MonthViewModel, day_cells, day_marks
from fieldapp.ui.widgets.controls import button, card, label
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.month_grid import MonthGrid
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["MonthPanel"]

_PLAN = ColumnPlan((92, 64, 104, 130), grow={0: 1, 3: 2}, expendable=(2,))


class MonthPanel(QWidget):
    """Enter on a day goes into its list, Enter there opens the household, Esc comes back to the month."""

    household_opened = Signal(str)

    def __init__(self, model: MonthViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.grid = MonthGrid()
        self.grid.moved.connect(lambda days, months: model.step(days, months))
        self.grid.today_asked.connect(lambda: model.choose(model.today()))
        self.grid.chosen.connect(model.choose)
        self.grid.entered.connect(self._enter_list)
        heads = (say("户主", "Head"), say("类别", "Kind"), say("村组", "Place"), say("事项", "What"))
        self._cells = CellTable(heads, self)
        self.table = PlannedTable(say("这一天", "This day"), self._cells, _PLAN)
        self.table.opened.connect(self._open)
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._month = label(ratio=1.1, bold=True)
        self._day = label(bold=True, wrap=True)
        self._lay_out()
        model.month_loaded.connect(self._show)
        model.day_loaded.connect(self._show_list)

    def take_focus(self) -> None:
        """Let the arrows move in the month."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        model = self._model
        self._month.setText(model.month_title())
        self._day.setText(model.day_title())
        marks = {day: day_marks(sheet) for day, sheet in model.days.items()}
        self.grid.show_month(model.day, model.today(), marks, model.day_title())

    def _show_list(self) -> None:
        self._show()
        self._cells.show([day_cells(line) for line in self._model.lines])
        if self._model.lines:
            self._stack.setCurrentWidget(self.table)
            return
        self._empty.say(
            say("这一天没有事", "Nothing on this day"),
            say(
                "到期的户、约定的再访、待办、问题时限、活动截止和走过的户，会落在各自的日子上。",
                "Due households, promises, tasks, deadlines and visits stand on their days.",
            ),
        )
        self._stack.setCurrentWidget(self._empty)

    def _enter_list(self) -> None:
        if self._model.lines:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.selectRow(0)

    def _open(self, position: int) -> None:
        if 0 <= position < len(self._model.lines):
            self.household_opened.emit(self._model.lines[position].household_id)

    def _lay_out(self) -> None:
        month, inside = card()
        top = QHBoxLayout()
        top.addWidget(
            button(
                "", lambda: self._model.step(months=-1), icon_name="left", name=say("上个月", "Month before")
            )
        )
        top.addWidget(self._month)
        top.addWidget(
            button(
                "", lambda: self._model.step(months=1), icon_name="right", name=say("下个月", "Next month")
            )
        )
        top.addStretch(1)
        top.addWidget(
            button(say("今天", "Today"), lambda: self._model.choose(self._model.today()), kind="quiet")
        )
        inside.addLayout(top)
        inside.addWidget(self.grid, 1)
        list_card, below = card()
        below.addWidget(self._day)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        below.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(Columns([(month, 3), (list_card, 2)], narrow=760))
