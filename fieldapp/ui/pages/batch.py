"""Correct many 批量更正: one fact of many households, one reason, one change that can be taken back."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from fieldapp.services.corrections import Corrected
from fieldapp.ui.pages.page import Page
from fieldapp.ui.text import language, say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.batch import NEW, BatchTable, BatchViewModel
from fieldapp.ui.widgets.controls import button, card, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["BatchPage"]

_PLAN = ColumnPlan((120, 170, 130, 160, 200), grow={1: 1, 3: 1, 4: 1}, expendable=(1,))


class BatchGrid(PlannedTable):
    """Typing edits 改成, Enter goes down, Ctrl+D fills down, Ctrl+V pastes a column of Excel or WPS."""

    def __init__(self, table: BatchTable) -> None:
        super().__init__(say("要更正的农户", "Households to correct"), table, _PLAN)
        self._table = table
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.positions()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._table.paste(self.currentIndex().row(), QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._table.fill_down(rows)
        elif event.key() == Qt.Key.Key_Delete:
            self._table.fill(rows, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._edit(self.currentIndex())
        elif event.text().isprintable() and event.text().strip():
            self.setCurrentIndex(self.model().index(self.currentIndex().row(), NEW))
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _edit(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            cell = self.model().index(index.row(), NEW)
            self.setCurrentIndex(cell)
            self.edit(cell)


class BatchPage(Page):
    """Opened from 农户 with the rows chosen there."""

    list_asked = Signal()

    def __init__(self, model: BatchViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._names = ComboBox()
        self._names.setAccessibleName(say("更正哪一项", "Which fact"))
        self._value = QComboBox(editable=True)
        self._value.setAccessibleName(say("都改成", "All become"))
        self._fill = button(
            say("填到选中的行", "Fill the chosen rows"),
            self._fill_rows,
            shortcut="Ctrl+G",
            tip=say("没有选中的就填所有行", "All rows when none is chosen"),
        )
        self.grid = BatchGrid(model.table)
        self._reason = line_edit(
            say("更正原因", "Reason"),
            say("一句话写明为什么，全部一个原因", "One reason for all of them"),
        )
        self._apply = button("", self._send, kind="primary", shortcut="Ctrl+Return")
        self._told = label(ink="soft", wrap=True)
        self._empty = EmptyState()
        self._lay_out()
        self._names.activated.connect(self._choose)
        self._reason.textChanged.connect(self._judge)
        self._reason.returnPressed.connect(self._send)
        model.table.edited.connect(self._judge)
        model.rows_changed.connect(self._show)
        model.corrected.connect(self._corrected)
        model.taken_back.connect(self.notice)
        model.failed.connect(self.failed)

    def title(self) -> str:
        return say("批量更正", "Correct many")

    def subtitle(self) -> str:
        return say("共 {n} 户", "{n} households", n=self._model.households)

    def entered(self) -> None:
        if not self._names.count():
            for name, text in self._model.properties():
                self._names.addItem(text, name)
            self._choose(0)
        self._show()

    def _choose(self, position: int) -> None:
        self._model.choose_property(str(self._names.itemData(position) or ""))
        self._value.clear()
        for code in self._model.choices():
            self._value.addItem(code.zh if language() == "zh" else code.en)
        self._value.setCurrentIndex(-1)
        self._value.setEditText("")

    def _show(self) -> None:
        some = bool(self._model.table.rowCount())
        self.grid.setVisible(some)
        self._empty.setVisible(not some)
        self._empty.say(
            say("还没有选农户。", "No households are chosen."),
            say(
                "在“农户”里用 Shift 或 Ctrl 选几户，再点“批量更正”。",
                "Choose some on Households, then “Correct many”.",
            ),
            (say("去选农户", "Go to Households"), self.list_asked.emit),
        )
        if some and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self._model.table.index(0, NEW))
        self._judge()
        self.title_changed.emit()

    def _fill_rows(self) -> None:
        rows = self.grid.positions()
        everything = range(self._model.table.rowCount())
        self._model.table.fill(rows if len(rows) > 1 else everything, self._value.currentText())

    def _judge(self) -> None:
        changed, wrong = self._model.count()
        self._apply.setText(say("更正 {n} 户", "Correct {n}", n=changed))
        self._apply.setAccessibleName(self._apply.text())
        self._apply.setEnabled(bool(changed and not wrong and self._reason.text().strip()))
        if wrong:
            told = say("有 {n} 户的值不对，看“检查”一列。", "{n} values are not taken; see “Check”.", n=wrong)
        elif changed and not self._reason.text().strip():
            told = say("写上原因就可以更正。", "Write the reason, then correct.")
        else:
            told = say(
                "打字就改，Ctrl+D 向下填，Ctrl+V 粘贴 Excel、WPS 的一列；一次更正是一笔，能整笔撤销。",
                "Type to edit, Ctrl+D fills down, Ctrl+V pastes a column; a batch is one change that can be undone.",
            )
        self._told.setText(told)

    def _send(self) -> None:
        if self._apply.isEnabled():
            self._model.apply(self._reason.text())

    def _corrected(self, sentence: str, done: Corrected) -> None:
        self._reason.clear()
        self.notice(sentence, (say("撤销", "Undo"), lambda: self._model.take_back(done)))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(4), px(20), px(14))
        column.setSpacing(px(10))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(label(say("更正", "Correct")))
        top.addWidget(self._names)
        top.addWidget(label(say("都改成", "to")))
        top.addWidget(self._value, 1)
        top.addWidget(self._fill)
        column.addLayout(top)
        frame, inside = card(margin=2, spacing=0)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self._empty, 1)
        column.addWidget(frame, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._reason, 1)
        foot.addWidget(self._apply)
        column.addLayout(foot)
        column.addWidget(self._told)
