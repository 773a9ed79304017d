"""The ledger of work 务工台账: who is away and where, who came back, who plans to leave; by group, into Excel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui.pages.page import TabPage
from fieldapp.ui.pages.table_choices import FormatBox, ScopeBox
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.workers import WorkersViewModel
from fieldapp.ui.widgets.controls import button, card, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["WorkersTab"]

_GROUPS = ColumnPlan((110, 56), grow={0: 1})
_PEOPLE = ColumnPlan(
    (110, 76, 76, 126, 130, 110, 84, 96, 112), grow={0: 1, 4: 2, 5: 2}, expendable=(5, 6, 8, 0)
)


class WorkersTab(TabPage):
    """Enter opens the household, Ctrl+E exports."""

    def __init__(self, model: WorkersViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._group_model = CellTable((say("分类", "Group"), say("人数", "People")), self)
        self.groups = PlannedTable(say("务工分类", "Groups of work"), self._group_model, _GROUPS)
        self.groups.setSelectionMode(PlannedTable.SelectionMode.SingleSelection)
        self.groups.clicked.connect(lambda index: self._choose(index.row()))
        self.groups.opened.connect(self._choose)
        titles = (
            say("村组", "Place"),
            say("户主", "Head"),
            say("姓名", "Name"),
            say("分类", "Group"),
            say("务工地", "Works at"),
            say("企业", "Employer"),
            say("开始", "Since"),
            say("返乡或结束", "Came back"),
            say("电话", "Phone"),
        )
        self._table_model = CellTable(titles, self)
        self.table = PlannedTable(say("务工台账", "Ledger of work"), self._table_model, _PEOPLE)
        self.table.opened.connect(lambda row: self.household_opened.emit(model.household_at(row)))
        self._empty = EmptyState()
        self._scope = ScopeBox(model.selection)
        self._format = FormatBox(model.id_format)
        self._format.setMinimumContentsLength(18)
        self._format.activated.connect(lambda _: self._set_format())
        self._purpose = line_edit(say("导出用途", "What for"), say("用途，如：返乡人员就业服务", "What for"))
        self._purpose.setFixedWidth(px(220))
        self._export = button(say("导出…", "Export…"), self._ask_export, icon_name="save", shortcut="Ctrl+E")
        model.loaded.connect(self._show)
        model.told.connect(self.notice)
        model.failed.connect(self.failed)
        self._lay_out()
        self._show()

    def title(self) -> str:
        return say("务工台账", "Ledger of work")

    def subtitle(self) -> str:
        return say("谁在外、谁回来了、谁要出去", "who is away, came back, or plans to leave")

    def entered(self) -> None:
        self._model.load()

    def export_to(self, path: Path, purpose: str) -> None:
        """Write the people shown, as if the place had been chosen."""
        self._model.save(path, purpose)

    def _choose(self, row: int) -> None:
        self._model.choose(self._model.groups()[row - 1] if row else None)

    def _set_format(self) -> None:
        self._model.id_format = self._format.form

    def _ask_export(self) -> None:
        purpose = self._purpose.text().strip()
        if not purpose:
            self.notice(say("先写一句这份表做什么用，会记入导出记录。", "First say what the export is for."))
            self._purpose.setFocus()
            return
        name, _ = QFileDialog.getSaveFileName(
            self, say("导出务工台账", "Export the ledger"), self._model.file_name(), "*.xlsx"
        )
        if name:
            self.export_to(Path(name), purpose)

    def _show(self) -> None:
        model = self._model
        self._group_model.show(model.group_cells())
        groups = model.groups()
        self.groups.selectRow(groups.index(model.group) + 1 if model.group in groups else 0)
        self._table_model.show(model.cell_rows())
        self._scope.show_counts(model.scope_counts)
        self._stack.setCurrentWidget(self.table if model.lines else self._empty)
        self._export.setEnabled(bool(model.lines))
        if not model.ready:
            self._empty.say(say("正在查看…", "Looking…"), "")
        else:
            self._empty.say(
                say("这些户里没有能列的人。", "Nobody to list in these households."),
                say(
                    "填了务工情况、返乡日期、就业意愿，或有劳动能力的人会列在这里；也可以把上面的范围改成“全部”。",
                    "Whoever works, came back, wants work or is able to is listed; or choose all households above.",
                ),
            )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(6), px(20), px(14))
        column.setSpacing(px(8))
        top = FlowLayout(spacing=px(8))
        choices: list[QComboBox] = [self._scope, self._format]
        for widget in (choices[0], label(say("证件号码", "ID numbers"), ink="soft"), choices[1]):
            top.addWidget(widget)
        top.addWidget(self._purpose)
        top.addWidget(self._export)
        column.addLayout(top)
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
        split.setStretchFactor(1, 7)
        column.addWidget(split, 1)
