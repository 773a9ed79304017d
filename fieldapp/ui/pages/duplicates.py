"""Possible duplicates 可能重复的人: pairs above, both records side by side below, merges that can be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from fieldapp.ui.pages.household_cards import TableCard
from fieldapp.ui.pages.page import Page
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.duplicates import DuplicatesViewModel
from fieldapp.ui.widgets.controls import button, card, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.progress import ProgressLine
from fieldapp.ui.widgets.scroll import scrolled_column
from fieldapp.ui.widgets.table import CardTable, ColumnPlan, PlannedTable

__all__ = ["DuplicatesPage"]

_PAIRS = ColumnPlan((220, 220, 180), grow={0: 2, 1: 2, 2: 1})
_LINES = ColumnPlan((130, 190, 190, 100), grow={1: 2, 2: 2})
_MERGES = ColumnPlan((240, 240), grow={0: 1, 1: 1})


class DuplicatesPage(Page):
    """Enter on a pair shows it, Enter on a fact chooses its value, F7 merges, F8 keeps them apart."""

    def __init__(self, model: DuplicatesViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._pair_model = CellTable(
            (say("记录一", "One"), say("记录二", "Other"), say("为什么", "Why")), self
        )
        self.pairs = PlannedTable(say("可能重复的人", "Possible duplicates"), self._pair_model, _PAIRS)
        self.pairs.setSelectionMode(PlannedTable.SelectionMode.SingleSelection)
        self.pairs.chosen.connect(self._chosen)
        self._line_model = CellTable(
            (
                say("项目", "Fact"),
                say("保留的记录", "Kept"),
                say("并入的记录", "Goes"),
                say("取哪个", "Take"),
            ),
            self,
        )
        self.lines = PlannedTable(say("两条记录对照", "Side by side"), self._line_model, _LINES)
        self.lines.opened.connect(model.toggle)
        self._merges = TableCard(
            say("合并过的", "Merged"),
            (say("并入的记录", "Went"), say("保留的记录", "Into")),
            _MERGES,
            say("还没有合并过。", "Nothing was merged."),
        )
        self._merge_table = self._merges.findChild(CardTable)
        self._empty = EmptyState()
        self._progress = ProgressLine()
        self._progress.stopped.connect(model.stop)
        self._reason = line_edit(
            say("核实情况", "What was verified"), say("核实的情况，如：分户时重复登记", "What was verified")
        )
        self._make_acts()
        self._lay_out()
        model.pairs_changed.connect(self._show)
        model.lines_changed.connect(self._show_lines)
        model.running_changed.connect(self._show_running)
        model.told.connect(self.notice)
        model.failed.connect(self.failed)
        self._show_lines()

    def title(self) -> str:
        return say("可能重复的人", "Possible duplicates")

    def subtitle(self) -> str:
        return say("{n} 对", "{n} pairs", n=len(self._model.pairs)) if self._model.loaded else ""

    def entered(self) -> None:
        self._model.load()

    def _show(self) -> None:
        self._pair_model.show(self._model.pair_cells())
        self._merges.show_rows(self._model.merge_cells())
        self._undo.setVisible(bool(self._model.merges))
        if self._model.pairs:
            self._stack.setCurrentWidget(self.pairs)
            self.pairs.selectRow(0)
        else:
            self._empty.say(
                say("没有找到可能重复的人", "No possible duplicates"),
                say(
                    "比对了证件号码、姓名读音和出生日期，范围是这台电脑上的农户。",
                    "Numbers, the sound of names and birth dates were compared, among the households on this laptop.",
                ),
            )
            self._stack.setCurrentWidget(self._empty)
        self.title_changed.emit()

    def _show_lines(self) -> None:
        at = self.lines.currentIndex().row()
        self._line_model.show(self._model.line_cells())
        if at >= 0:
            self.lines.selectRow(at)
        self._lower.setVisible(self._model.chosen)
        for act in (self._reason, self._merge, self._apart, self._swap, self._toggle):
            act.setVisible(self._model.chosen)

    def _show_running(self, running: bool) -> None:
        if running:
            self._progress.begin(say("正在比对…", "Comparing…"))
        else:
            self._progress.end()

    def _chosen(self) -> None:
        positions = self.pairs.positions()
        if positions and positions[0] != self._model.position:
            self._model.choose(positions[0])

    def _with_reason(self) -> str:
        reason = self._reason.text().strip()
        if not reason:
            self.notice(say("先写一句核实的情况。", "First say what was verified."))
            self._reason.setFocus()
        return reason

    def _do_merge(self) -> None:
        if reason := self._with_reason():
            self._model.merge(reason)
            self._reason.clear()

    def _do_tell_apart(self) -> None:
        if reason := self._with_reason():
            self._model.tell_apart(reason)
            self._reason.clear()

    def _do_undo(self) -> None:
        row = self._merge_table.currentIndex().row() if isinstance(self._merge_table, CardTable) else -1
        merges = self._model.merges
        if merges:
            self._model.undo(merges[row if 0 <= row < len(merges) else len(merges) - 1].gone_id)

    def _make_acts(self) -> None:
        self._swap = button(say("左右对调", "Swap sides"), self._model.swap, shortcut="Ctrl+R")
        self._toggle = button(
            say("换用另一边的值", "Take the other value"),
            lambda: self._model.toggle(self.lines.currentIndex().row()),
            tip=say("换用另一边的值（回车）", "Take the other value (Enter)"),
        )
        self._apart = button(say("不是同一个人", "Two persons"), self._do_tell_apart, shortcut="F8")
        self._merge = button(say("合并", "Merge"), self._do_merge, kind="primary", shortcut="F7")
        self._undo = button(say("撤销选中的合并", "Undo the chosen merge"), self._do_undo)

    def _lay_out(self) -> None:
        column = scrolled_column(self)
        column.setContentsMargins(px(20), px(4), px(20), px(14))
        column.setSpacing(px(10))
        column.addWidget(self._progress)
        upper, inside = card(margin=2, spacing=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pairs)
        self._stack.addWidget(self._empty)
        inside.addWidget(self._stack)
        column.addWidget(upper, 2)
        self._lower, below = card(margin=2, spacing=0)
        below.addWidget(self.lines)
        column.addWidget(self._lower, 3)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._reason, 1)
        for act in (self._swap, self._toggle, self._apart, self._merge):
            foot.addWidget(act)
        column.addLayout(foot)
        column.addWidget(self._merges)
        column.addWidget(self._undo)
