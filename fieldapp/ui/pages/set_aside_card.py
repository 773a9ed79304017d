"""The card of the sync page for answers that are no fact of the register, and records the county did not take up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.set_aside import SetAsideViewModel
from fieldapp.ui.widgets.controls import button, label
from fieldapp.ui.widgets.table import CardTable, ColumnPlan

__all__ = ["SetAsideCard"]

_PLAN = ColumnPlan((140, 120, 130, 220, 68, 132), grow={0: 1, 1: 1, 2: 1, 3: 2}, expendable=(5, 4))


class SetAsideCard(QFrame):
    """Enter opens the household at the fact, Delete puts a line away. Not shown while nothing waits."""

    place_asked = Signal(str, object)  # household, (list, record, property)

    def __init__(self, model: SetAsideViewModel) -> None:
        super().__init__()
        self._model = model
        title = say("没有写入档案的", "Not taken into the register")
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self._cells = CellTable(
            (
                say("户主", "Head"),
                say("项目", "Item"),
                say("填的", "Answer"),
                say("为什么没写入", "Why not"),
                say("在哪儿", "Where"),
                say("什么时候", "When"),
            ),
            self,
        )
        self.table = CardTable(title, self._cells, _PLAN)
        self.table.opened.connect(self._open)
        self._lay_out(title)
        model.lines_changed.connect(self._show)
        self._show()

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(12))
        column.setSpacing(px(6))
        top = QHBoxLayout()
        top.addWidget(label(title, ratio=1.1, bold=True))
        top.addStretch(1)
        top.addWidget(button(say("打开这一项", "Open it"), lambda: self._open(self._row()), shortcut="Alt+O"))
        top.addWidget(button(say("办好了", "Dealt with"), self._put_away, kind="quiet", shortcut="Delete"))
        column.addLayout(top)
        column.addWidget(
            label(
                say(
                    "答案都还在当次走访里，一条没丢。能更正的请打开这户更正，写明原因；不该改的按“办好了”收起。",
                    "Every answer is still in its visit. Correct it at the household with a reason, or put it away.",
                ),
                ink="soft",
                wrap=True,
            )
        )
        column.addWidget(self.table)

    def _show(self) -> None:
        row = self._row()
        self._cells.show(self._model.cells())
        self.setVisible(bool(self._model.lines))
        if self._model.lines:
            self.table.selectRow(min(max(row, 0), len(self._model.lines) - 1))

    def _row(self) -> int:
        return self.table.currentIndex().row()

    def _open(self, position: int) -> None:
        if 0 <= position < len(self._model.lines):
            line = self._model.lines[position]
            if line.household_id:
                self.place_asked.emit(line.household_id, line.place)

    def _put_away(self) -> None:
        self._model.put_away_line(self._row())
