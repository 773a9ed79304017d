"""Findings 疑点: what the data checks found; Enter opens the field that mends it, a reason passes it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from fieldapp.ui.pages.finding_filters import FindingFilters
from fieldapp.ui.pages.page import Page
from fieldapp.ui.text import choose, say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.finding_table import FindingColumn
from fieldapp.ui.viewmodels.findings import FindingsViewModel
from fieldapp.ui.widgets.controls import button, card, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.progress import ProgressLine
from fieldapp.ui.widgets.scroll import scrolled_column
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["FindingsPage"]

_PLAN = ColumnPlan(
    (84, 64, 260, 110, 110, 120),
    grow={FindingColumn.HEAD: 1, FindingColumn.WHAT: 6, FindingColumn.FIELD: 1, FindingColumn.REASON: 2},
    expendable=(FindingColumn.PLACE, FindingColumn.FIELD),
)
_GROUP_PLAN = ColumnPlan((150, 60, 48), grow={0: 1})


class FindingsPage(Page):
    """Enter opens a finding at its field, F7 passes what is chosen, F5 checks again."""

    place_asked = Signal(str, object)  # household, (list, record, property)
    print_asked = Signal(object)  # tuple[(household id, label)]
    sync_opened = Signal()
    duplicates_asked = Signal()

    def __init__(self, model: FindingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._group_model = CellTable(
            (say("规则或农户", "Rule or household"), say("级别", "Level"), say("条数", "Number")), self
        )
        self.groups = PlannedTable(say("分组", "Groups"), self._group_model, _GROUP_PLAN)
        self.groups.setSelectionMode(PlannedTable.SelectionMode.SingleSelection)
        self.groups.clicked.connect(lambda index: model.choose_group(index.row()))
        self.groups.opened.connect(model.choose_group)
        self.table = PlannedTable(say("疑点列表", "Findings"), model.table, _PLAN)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._show_chosen)
        self._progress = ProgressLine()
        self._progress.stopped.connect(model.stop)
        self._empty = EmptyState()
        self._what = label(ink="soft", wrap=True)
        self._reason = line_edit(
            say("核实情况", "What was verified"),
            say("核实的情况，如：外孙由外祖父母抚养", "What was verified"),
        )
        self._reason.returnPressed.connect(self._pass)
        self._make_acts()
        self._lay_out()
        model.loaded.connect(self._show)
        model.running_changed.connect(self._show_running)
        model.progressed.connect(self._progress.show_progress)
        model.told.connect(self.notice)
        model.failed.connect(self.failed)
        self._show_chosen()

    def title(self) -> str:
        return say("疑点", "Findings")

    def subtitle(self) -> str:
        return self._model.sentence()

    def entered(self) -> None:
        self._model.load()
        self._model.check()

    def _show(self) -> None:
        model = self._model
        self._group_model.show(model.group_cells())
        self._show_group()
        found = model.table.rowCount() > 0
        if found:
            self._stack.setCurrentWidget(self.table)
        else:
            self._say_why_empty()
            self._stack.setCurrentWidget(self._empty)
        self._show_chosen()
        self.title_changed.emit()

    def _show_group(self) -> None:
        wanted = self._model.wanted.rule_id or self._model.wanted.household_id
        places = [number for number, group in enumerate(self._model.groups, 1) if group.id == wanted]
        self.groups.selectRow(places[0] if places else 0)

    def _say_why_empty(self) -> None:
        model, counts = self._model, self._model.counts
        if model.running or (counts is not None and counts.waiting):
            self._empty.say(
                say("正在核查", "Checking"),
                say("查完的户会陆续列在这里，可以先去做别的。", "Findings appear here as they come."),
            )
        elif model.filtered:
            self._empty.say(
                say("这样筛选没有疑点", "Nothing with these filters"),
                say("放宽条件，或看看全部。", "Widen the filters, or see everything."),
                (say("清除筛选", "Clear filters"), model.clear),
            )
        elif not model.areas:
            self._empty.say(
                say("这台电脑上还没有农户", "No households on this laptop yet"),
                say("同步一次，县里会把你负责的农户发下来。", "Fetch once on the Sync page."),
                (say("去同步", "Go to Sync"), self.sync_opened.emit),
            )
        else:
            self._empty.say(
                say("没有待处理的疑点", "Nothing was found"),
                say(
                    "登记册有变化时会自动再查；写过说明的在“已说明”里。",
                    "Changes are checked by themselves; passed findings are under “Passed”.",
                ),
            )

    def _show_running(self, running: bool) -> None:
        if running:
            self._progress.begin(say("正在核查…", "Checking…"))
        else:
            self._progress.end()

    def _show_chosen(self) -> None:
        chosen = self.table.positions() if self._stack.currentWidget() is self.table else []
        line = self._model.table.line(chosen[0]) if len(chosen) == 1 else None
        if line is not None:
            self._what.setText(choose(line.finding.zh, line.finding.en))
        else:
            self._what.setText(
                say("已选 {n} 条", "{n} chosen", n=len(chosen))
                if chosen
                else say("↑↓ 选择，回车打开要改的地方", "↑↓ to choose, Enter opens the field")
            )
        passed, listed = self._model.wanted.passed, self._model.table.rowCount()
        one_rule = bool(self._model.wanted.rule_id)
        self._open_button.setEnabled(len(chosen) == 1)
        self._pass_button.setEnabled(bool(chosen) and not passed)
        self._pass_button.setVisible(not passed)
        self._again.setVisible(passed)
        self._again.setEnabled(bool(chosen))
        self._pass_all.setVisible(not passed and one_rule and listed > 1)
        self._pass_all.setText(say("这条规则全部说明（{n}）", "Pass all of the rule ({n})", n=listed))
        self._reason.setVisible(not passed)
        self._print.setEnabled(bool(chosen))
        self._export.setEnabled(listed > 0)

    def _open(self, position: int) -> None:
        line = self._model.table.line(position)
        if line is not None:
            found = line.finding
            self.place_asked.emit(found.household_id, (found.list, found.entity_id, found.property))

    def _pass(self) -> None:
        chosen = self.table.positions()
        if chosen and self._has_reason():
            self._model.pass_chosen(chosen, self._reason.text())
            self._reason.clear()

    def _pass_whole_rule(self) -> None:
        if self._has_reason():
            self._model.pass_group(self._reason.text())
            self._reason.clear()

    def _has_reason(self) -> bool:
        if self._reason.text().strip():
            return True
        self.notice(say("先写一句核实的情况，再保存。", "First say what was verified."))
        self._reason.setFocus()
        return False

    def _ask_print(self) -> None:
        lines = [self._model.table.line(position) for position in self.table.positions()]
        homes = {line.finding.household_id: line.head_name for line in lines if line is not None}
        self.print_asked.emit(tuple(homes.items()))

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, say("导出疑点清单", "Export findings"), say("疑点清单.xlsx", "findings.xlsx"), "*.xlsx"
        )
        if name:
            self._model.export(Path(name))

    def _make_acts(self) -> None:
        self._open_button = button(
            say("去改", "Mend"),
            lambda: self._open(self.table.currentIndex().row()),
            kind="primary",
            tip=say("打开要改的地方（回车）", "Open the field (Enter)"),
        )
        self._pass_button = button(
            say("写说明，不再提示", "Pass with this reason"), self._pass, shortcut="F7"
        )
        self._pass_all = button("", self._pass_whole_rule)
        self._pass_all.setAccessibleName(say("这条规则全部说明", "Pass all of the rule"))
        self._again = button(
            say("重新提示", "Open again"),
            lambda: self._model.open_again(self.table.positions()),
        )
        self._print = button(say("打印…", "Print…"), self._ask_print, icon_name="print", shortcut="Ctrl+P")
        self._duplicates = button(
            say("可能重复的人", "Possible duplicates"), self.duplicates_asked.emit, shortcut="F8"
        )
        self._export = button(say("导出 Excel…", "Export…"), self._ask_export, shortcut="Ctrl+E")

    def _lay_out(self) -> None:
        column = scrolled_column(self)
        column.setContentsMargins(px(20), px(4), px(20), px(14))
        column.setSpacing(px(10))
        column.addWidget(FindingFilters(self._model))
        column.addWidget(self._progress)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        left, inside = card(margin=2, spacing=0)
        inside.setContentsMargins(px(1), px(4), px(1), px(1))
        inside.addWidget(self.groups)
        right, list_side = card(margin=2, spacing=0)
        list_side.setContentsMargins(px(1), px(4), px(1), px(1))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        list_side.addWidget(self._stack, 1)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 5)
        column.addWidget(split, 1)
        column.addWidget(self._what)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._reason, 1)
        for act in (self._pass_button, self._pass_all):
            foot.addWidget(act)
        column.addLayout(foot)
        acts = FlowLayout(spacing=px(8))
        for act in (self._open_button, self._again, self._duplicates, self._print, self._export):
            acts.addWidget(act)
        column.addLayout(acts)
