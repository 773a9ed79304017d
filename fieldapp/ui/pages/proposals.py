"""To confirm 待确认: the clerk confirms, corrects or sends back what helpers propose, many at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.services.proposals import Decided
from fieldapp.ui.pages.page import Page
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.proposals import KINDS, ProposalsViewModel, kind_word
from fieldapp.ui.widgets.controls import button, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["ProposalsPage"]

_PLAN = ColumnPlan((150, 110, 120, 110, 120, 170, 150), grow={0: 1, 2: 1, 4: 1, 5: 2}, expendable=(6, 3))


class ProposalsPage(Page):
    """Space chooses lines, Ctrl+A all; the acts are for the chosen lines, else for the current one."""

    household_opened = Signal(str)
    sync_opened = Signal()

    def __init__(self, model: ProposalsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        titles = (
            say("户主", "Head"),
            say("谁", "Whom"),
            say("项目", "Item"),
            say("原来", "Before"),
            say("改成", "To"),
            say("提示", "Note"),
            say("谁报的", "By"),
        )
        self._table_model = CellTable(titles, self)
        self.table = PlannedTable(say("待确认的变更", "Proposed changes"), self._table_model, _PLAN)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._offer(now.row()))
        self._authors = _combo(say("帮扶责任人", "Helper"))
        self._kinds = _combo(say("类别", "Kind"))
        self._kinds.addItem(say("全部类别", "All kinds"), "")
        for kind in KINDS:
            self._kinds.addItem(kind_word(kind), kind)
        self._value = _combo(say("更正为", "Correct to"))
        self._value.setEditable(True)
        self._note = line_edit(say("意见", "Comment"), say("退回或更正的意见", "Why, for the helper"))
        self._empty = EmptyState()
        self._clerks = self._make_clerk_acts()
        self._helpers = [button(say("知道了 / 撤回", "Put away"), self._put_away, shortcut="Delete")]
        self._connect()
        self._lay_out()
        self._show()

    def title(self) -> str:
        if self._model.loaded and not self._model.decides:
            return say("我报的变更", "My changes")
        return say("待确认", "To confirm")

    def subtitle(self) -> str:
        return self._model.summary() if self._model.lines else ""

    def entered(self) -> None:
        self._model.load()

    def _make_clerk_acts(self) -> list[QWidget]:
        return [
            button(say("确认", "Confirm"), self._confirm, kind="primary", shortcut="Ctrl+Return"),
            button(
                say("仍按填报确认", "Confirm all the same"),
                lambda: self._model.confirm(self._positions(), overtaken_too=True),
                shortcut="Ctrl+Shift+Return",
                tip=say("登记册后来变了，也按填报的值改", "Even where the register has changed since"),
            ),
            button(say("退回", "Send back"), self._give_back, shortcut="Ctrl+R"),
            self._note,
            _beside(say("更正为", "Correct to")),
            self._value,
            button(say("更正后确认", "Correct"), self._correct, shortcut="Ctrl+G"),
        ]

    def _connect(self) -> None:
        self._authors.currentIndexChanged.connect(self._filter)
        self._kinds.currentIndexChanged.connect(self._filter)
        self._model.changed.connect(self._show)
        self._model.decided.connect(self._decided)
        self._model.failed.connect(self.failed)

    def _positions(self) -> list[int]:
        row = self.table.currentIndex().row()
        return self.table.positions() or ([row] if row >= 0 else [])

    def _confirm(self) -> None:
        if positions := self._positions():
            self._model.confirm(positions)

    def _give_back(self) -> None:
        if positions := self._positions():
            self._model.give_back(positions, self._note.text())

    def _correct(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self._model.correct(row, self._value.currentText(), self._note.text())

    def _put_away(self) -> None:
        if positions := self._positions():
            self._model.put_away(positions)

    def _open(self, row: int) -> None:
        self.household_opened.emit(self._model.lines[row].household_id)

    def _offer(self, row: int) -> None:
        """Offer the values that the current line's fact may have."""
        self._value.clear()
        if row >= 0 and self._model.decides:
            self._value.addItems(list(self._model.choices(row)))
            self._value.setEditText(self._model.lines[row].new_text)

    def _decided(self, sentence: str, decided: Decided | None) -> None:
        self._note.clear()
        back = (say("撤销", "Undo"), lambda: self._model.undo(decided)) if decided is not None else None
        self.notice(sentence, back)

    def _filter(self) -> None:
        self._model.show_only(author=self._authors.currentData() or "", kind=self._kinds.currentData() or "")

    def _list_authors(self) -> None:
        chosen = self._authors.currentData() or ""
        self._authors.blockSignals(True)
        self._authors.clear()
        self._authors.addItem(say("全部帮扶责任人", "All helpers"), "")
        for id, name in self._model.authors():
            self._authors.addItem(name, id)
        self._authors.setCurrentIndex(max(0, self._authors.findData(chosen)))
        self._authors.blockSignals(False)

    def _show(self) -> None:
        self._list_authors()
        self._table_model.show(self._model.rows())
        lines = bool(self._model.lines)
        self.table.setVisible(lines)
        self._empty.setVisible(not lines)
        for widget in self._clerks:
            widget.setVisible(lines and self._model.decides)
        for widget in self._helpers:
            widget.setVisible(lines and not self._model.decides)
        for widget in (self._authors, self._kinds):
            widget.setVisible(self._model.decides)
        self._say_empty()
        if lines:
            self.table.setCurrentIndex(self._table_model.index(0, 0))
            self.table.clearSelection()
        self.title_changed.emit()

    def _say_empty(self) -> None:
        if self._model.filtered:
            self._empty.say(
                say("这样筛选没有待确认的变更", "Nothing with this filter"),
                say("换一个帮扶责任人或类别看看。", "Choose another helper or kind."),
            )
            return
        if self._model.loaded and not self._model.decides:
            self._empty.say(
                say("没有等信息员确认的变更，也没有退回的", "Nothing waits for the clerk, nothing came back"),
                say(
                    "走访时改的家庭成员、收入、保障情况，确认前会列在这里。",
                    "What you change of members, income or guarantees is listed here until it is decided.",
                ),
            )
            return
        self._empty.say(
            say("没有待确认的变更", "Nothing waits") if self._model.loaded else say("正在查看…", "Looking…"),
            say(
                "帮扶责任人改了家庭成员、收入或保障情况，同步后会列在这里；确认了才算登记册的内容。",
                "What helpers change of members, income or guarantees comes here with a sync.",
            ),
            (say("去同步", "Go to Sync"), self.sync_opened.emit),
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._authors)
        top.addWidget(self._kinds)
        top.addStretch(1)
        acts = QWidget()
        flow = FlowLayout(acts, spacing=px(8))
        for act in (*self._clerks, *self._helpers):
            flow.addWidget(act)
        self._note.setMinimumWidth(px(240))
        self._value.setMinimumWidth(px(150))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(4), px(20), px(16))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(acts)


def _beside(text: str) -> QWidget:
    """Return a label as high as the fields it stands beside."""
    made = label(text, ink="soft")
    made.setMinimumHeight(px(32))
    return made


def _combo(name: str) -> QComboBox:
    made = ComboBox()
    made.setAccessibleName(name)
    made.setMinimumHeight(px(32))
    return made
