"""Households 农户: the fast list, its filters, and what one does with the chosen rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui.pages.filters import FilterBar
from fieldapp.ui.pages.page import Columns, Page
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.work_list import WorkListViewModel
from fieldapp.ui.viewmodels.work_table import WorkColumn
from fieldapp.ui.widgets.controls import button, card, label
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable
from fieldapp.ui.widgets.visit_button import VisitActions, visit_button

__all__ = ["HouseholdsPage"]

_PLAN = ColumnPlan(
    (96, 116, 48, 78, 122, 68, 50, 84, 166, 98),
    grow={WorkColumn.HEAD: 2, WorkColumn.PLACE: 2, WorkColumn.MONITOR: 1, WorkColumn.STATE: 1},
    expendable=(WorkColumn.MEMBERS, WorkColumn.YEAR, WorkColumn.LAST, WorkColumn.TYPE, WorkColumn.MONITOR),
)

#: Below this width, in design units, what is for the chosen rows stands on a line of its own.
_NARROW_FOOT = 760


class HouseholdsPage(Page):
    """The list. Enter opens, F2–F4 begin a visit, Ctrl+P prints what is chosen."""

    household_opened = Signal(str)
    visit_asked = Signal(str, str)  # household id, way
    print_asked = Signal(object)  # tuple[(household id, label)]
    sync_opened = Signal()
    cadres_opened = Signal()
    batch_asked = Signal(object)  # tuple of household ids
    export_asked = Signal(object)  # tuple[(household id, label)], empty: what the filter shows

    def __init__(self, model: WorkListViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.table = PlannedTable(say("农户列表", "Households"), model.table, _PLAN)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._show_chosen)
        self._empty = EmptyState()
        self._chosen = label(ink="soft", shrink=True)
        self._visits = VisitActions(self)
        self._visits.asked.connect(self._ask_visit)
        self._print = button(say("打印…", "Print…"), self._ask_print, icon_name="print", shortcut="Ctrl+P")
        self._export = button(
            say("导出…", "Export…"),
            self._ask_export,
            icon_name="table",
            shortcut="Ctrl+E",
            tip=say("选中的户导出到 Excel 去改；没选就是列出的全部", "Export the chosen rows, or all listed"),
        )
        self._batch = button(
            say("批量更正…", "Correct many…"),
            self._ask_batch,
            shortcut="Ctrl+B",
            tip=say("一项内容，许多农户，一个原因", "One fact of many households, one reason"),
        )
        self._open_button = button(
            say("打开", "Open"),
            lambda: self._open(self.table.currentIndex().row()),
            tip=say("打开（回车）", "Open (Enter)"),
        )
        self._start = visit_button(self._visits)
        self._cadres = button(
            say("干部和结对", "Cadres"), self.cadres_opened.emit, icon_name="person", shortcut="Ctrl+J"
        )
        self._found = 0
        self._lay_out()
        model.rows_changed.connect(self._show_found)
        model.failed.connect(self.failed)
        self._show_chosen()

    def title(self) -> str:
        return say("农户", "Households")

    def subtitle(self) -> str:
        if self._model.filtered:
            return say("找到 {n} 户", "{n} found", n=f"{self._found:,}")
        return say("共 {n} 户", "{n} households", n=f"{self._found:,}")

    def entered(self) -> None:
        self._model.load()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the list: arrow keys work as soon as the page is shown."""
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def take_focus(self) -> None:
        """Go from the search box into the list."""
        if self._model.table.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_found(self, found: int) -> None:
        self._found = found
        if found:
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_empty()
        self._show_chosen()
        self.title_changed.emit()

    def _show_empty(self) -> None:
        note = self._model.empty_note()
        if note.act == "sync":
            act = (say("去同步", "Go to Sync"), self.sync_opened.emit)
        else:
            act = (say("清除筛选", "Clear filters"), self._model.clear)
        self._empty.say(note.why, note.what, act)
        self._stack.setCurrentWidget(self._empty)

    def _show_chosen(self) -> None:
        chosen = len(self.table.positions())
        self._chosen.setText(
            say("已选 {n} 户", "{n} chosen", n=chosen)
            if chosen
            else say(
                "↑↓ 选择，回车打开，Shift 或 Ctrl 多选",
                "↑↓ to choose, Enter to open, Shift or Ctrl for several",
            )
        )
        self._print.setEnabled(chosen > 0)
        self._batch.setEnabled(chosen > 0)
        self._open_button.setEnabled(chosen == 1)
        self._start.setEnabled(chosen == 1)

    def _open(self, position: int) -> None:
        for household_id in self._model.ids_at([position]):
            self.household_opened.emit(household_id)

    def _ask_visit(self, way: str) -> None:
        ids = self._model.ids_at(self.table.positions())
        if len(ids) == 1:
            self.visit_asked.emit(ids[0], way)

    def _ask_print(self) -> None:
        rows = self._model.rows_at(self.table.positions())
        if rows:
            self.print_asked.emit(tuple((row.household_id, row.head_name) for row in rows))

    def _ask_batch(self) -> None:
        ids = self._model.ids_at(self.table.positions())
        if ids:
            self.batch_asked.emit(tuple(ids))

    def _ask_export(self) -> None:
        rows = self._model.rows_at(self.table.positions())
        self.export_asked.emit(tuple((row.household_id, row.head_name) for row in rows))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(4), px(20), px(14))
        column.setSpacing(px(10))
        column.addWidget(FilterBar(self._model))
        frame, inside = card(margin=2, spacing=0)
        inside.setContentsMargins(px(1), px(4), px(1), px(1))
        # Not a bare QStackedLayout: that shows its first widget as a window of its own.
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        inside.addWidget(self._stack, 1)
        inside.addWidget(self._foot())
        column.addWidget(frame, 1)

    def _foot(self) -> QWidget:
        lists = _row(self._chosen, self._cadres, self._batch, self._export)
        rows = _row(self._print, self._open_button, self._start)
        foot = Columns([(lists, 1), (rows, 0)], narrow=_NARROW_FOOT)
        foot.setContentsMargins(px(12), px(6), px(10), px(6))
        foot.setMinimumWidth(1)  # what is too wide goes on two lines, the window does not grow for it
        return foot


def _row(*widgets: QWidget) -> QWidget:
    """Return widgets in a row; the first takes what is left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(8))
    for number, widget in enumerate(widgets):
        row.addWidget(widget, not number)
    return holder
