"""Looking for the same elsewhere 同类排查 on the page 计划: Enter on a problem shows households, Space chooses, Ctrl+S makes tasks."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.elsewhere import DAYS, ElsewhereViewModel, candidate_cells, source_cells
from fieldapp.ui.widgets.controls import button, card, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["ElsewherePanel"]

_SOURCES = ColumnPlan((80, 200, 90, 120, 150), grow={1: 3, 4: 1}, expendable=(3, 0))
_HOMES = ColumnPlan((110, 130, 190, 150), grow={0: 1, 2: 2, 3: 1}, expendable=(1,))


class ElsewherePanel(QWidget):
    """``household_opened`` carries a household, ``told`` a sentence with what takes it back."""

    household_opened = Signal(str)
    told = Signal(str, object)

    def __init__(self, model: ElsewhereViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._make_tables()
        self._where = label(bold=True, wrap=True)
        self._note = label(ink="soft", wrap=True)
        self._up = button(
            say("返回", "Back"), self._leave, kind="quiet", icon_name="back", shortcut="Backspace"
        )
        self.area = ComboBox()
        self.area.setAccessibleName(say("乡镇或村", "Town or village"))
        self.area.activated.connect(lambda _: model.choose_area(str(self.area.currentData() or "")))
        self.days = ComboBox()
        self.days.setAccessibleName(say("何时前看完", "By when"))
        for number in DAYS:
            self.days.addItem(
                say("{n} 天内看完", "within {n} days", n=number) if number else say("不定时间", "no day"),
                number,
            )
        self.what = line_edit(
            say("要看什么", "What to look at"),
            say(
                "要看什么（各户都看得到）",
                "What to look at (seen at every door)",
            ),
        )
        self.what.returnPressed.connect(self._make)
        self._go = button(say("安排排查", "Make the tasks"), self._make, kind="primary", shortcut="Ctrl+S")
        self._open = button(say("打开农户", "Open"), self._open_current, shortcut="Ctrl+O")
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._lay_out()
        model.loaded.connect(self._show)
        model.looked.connect(self._show_households)
        model.told.connect(self.told)

    def take_focus(self) -> None:
        """Let the arrows choose."""
        table = self.homes if self._model.issue_id else self.sources
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, issue_id: str) -> None:
        """Open a problem."""
        self._stack.setCurrentIndex(1)
        self._homes.show([])
        self._model.begin(issue_id)
        self._say_where()

    def _make_tables(self) -> None:
        self._sources = CellTable(
            (
                say("类别", "Kind"),
                say("问题", "Problem"),
                say("户主", "Head"),
                say("村组", "Place"),
                say("排查", "Looked at"),
            ),
            self,
        )
        self.sources = PlannedTable(say("要举一反三的问题", "Problems to look for"), self._sources, _SOURCES)
        self.sources.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.sources.opened.connect(lambda at: self.begin(self._model.sources[at].issue_id))
        self._homes = CellTable(
            (say("户主", "Head"), say("村组", "Place"), say("为什么", "Why"), say("现状", "There")), self
        )
        self.homes = PlannedTable(say("可能有同样问题的户", "Households to look at"), self._homes, _HOMES)
        self.homes.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.homes.chosen.connect(self._show_chosen)
        self.homes.opened.connect(lambda _: self._open_current())

    def _show(self) -> None:
        model = self._model
        self._list_areas()
        self._sources.show([source_cells(source) for source in model.sources])
        if model.issue_id:
            return
        if model.sources:
            self._stack.setCurrentIndex(0)
            self.sources.selectRow(0)
            return
        self._empty.say(
            say("没有要举一反三的问题", "No problem to look for elsewhere"),
            say(
                "在“问题登记与整改”里选了“举一反三排查同类问题”的，会列在这里；也可以在农户页的问题旁边点“举一反三”。",
                "Problems whose form says “look for the same elsewhere” are listed here.",
            )
            if model.allowed
            else say(
                "这一项由信息员、乡镇和县里安排。", "The village clerk, the town and the county arrange this."
            ),
        )
        self._stack.setCurrentWidget(self._empty)

    def _list_areas(self) -> None:
        self.area.clear()
        self.area.addItem(say("全部村组", "All villages"), "")
        for area in self._model.areas:
            indent = "　" if area.level == "village" else ""
            self.area.addItem(f"{indent}{area.name}  {area.households:,}", area.code)
        self.area.setCurrentIndex(max(0, self.area.findData(self._model.area_code)))

    def _show_households(self) -> None:
        found = self._model.found
        self._homes.show([candidate_cells(one) for one in found.candidates] if found else [])
        chosen = self.homes.selectionModel()
        for at in self._model.suggested():
            chosen.select(
                self._homes.index(at, 0),
                QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
            )
        self.homes.setCurrentIndex(self._homes.index(0, 0)) if not self._model.suggested() else None
        self._say_where()

    def _say_where(self) -> None:
        self._where.setText(self._model.title())
        self._note.setText(self._model.note())
        self._show_chosen()

    def _show_chosen(self) -> None:
        number = len(self.homes.positions())
        self._go.setText(
            say("给 {n} 户安排排查", "Tasks at {n} households", n=number)
            if number
            else say("先选要看的户（空格）", "Choose households (Space)")
        )
        self._go.setAccessibleName(self._go.text())
        self._go.setEnabled(bool(number))

    def _make(self) -> None:
        self._model.make(self.homes.positions(), int(self.days.currentData()), self.what.text())

    def _leave(self) -> None:
        self.what.clear()
        self._model.leave()

    def _open_current(self) -> None:
        found, row = self._model.found, self.homes.currentIndex().row()
        if found is not None and 0 <= row < len(found.candidates):
            self.household_opened.emit(found.candidates[row].household_id)

    def _lay_out(self) -> None:
        sources, inside = card()
        inside.addWidget(self.sources, 1)
        choosing, column = card()
        top = QHBoxLayout()
        top.addWidget(self._up)
        top.addWidget(self._where, 1)
        column.addLayout(top)
        column.addWidget(self._note)
        column.addWidget(self.homes, 1)
        acts = QWidget()
        flow = FlowLayout(acts, spacing=px(8))
        self.what.setMinimumWidth(px(300))
        for widget in (self.area, self.days, self.what, self._open, self._go):
            flow.addWidget(widget)
        column.addWidget(acts)
        for view in (sources, choosing, self._empty):
            self._stack.addWidget(view)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
