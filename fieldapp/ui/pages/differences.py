"""Difference list 差异清单: an export of the national system against the register, fact by fact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.register.id_formats import DEFAULT_FORMAT
from fieldapp.ui.pages.household_cards import TableCard
from fieldapp.ui.pages.page import Page
from fieldapp.ui.pages.table_choices import FormatBox
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.differences import DifferencesViewModel
from fieldapp.ui.widgets.controls import button, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["DifferencesPage"]

_PLAN = ColumnPlan((96, 96, 150, 150, 150, 150, 130), grow={2: 1, 3: 2, 4: 2}, expendable=(5,))
_MISSING = ColumnPlan((160, 160, 160, 160), grow={0: 1, 1: 1, 2: 1, 3: 1})


class DifferencesPage(Page):
    """Rows are chosen, then taken over or kept."""

    def __init__(self, model: DifferencesViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        titles = (
            say("户主", "Head"),
            say("对象", "Whom"),
            say("项目", "Field"),
            say("本地", "Here"),
            say("全国系统", "National system"),
            say("本地从哪来", "Ours from"),
            say("差别", "Kind"),
        )
        self._table_model = CellTable(titles, self)
        self.table = PlannedTable(say("差异清单", "Difference list"), self._table_model, _PLAN)
        self._summary = label(model.summary(), wrap=True)
        self._empty = EmptyState()
        self._missing = TableCard(
            say("标了已录、系统里还没有的", "Typed but not there yet"),
            (
                say("农户", "Household"),
                say("项目", "Field"),
                say("录的值", "Value"),
                say("谁、何时", "Who, when"),
            ),
            _MISSING,
            "",
        )
        self._password = line_edit(
            say("表格的打开密码", "The workbook's password"),
            say("表格有密码才填", "Only if it has one"),
            secret=True,
        )
        self._choose = button(
            say("选择导出表…", "Choose an export…"), self._choose_book, kind="primary", shortcut="F6"
        )
        self._format = FormatBox(DEFAULT_FORMAT)
        self._acts: list[QWidget] = [
            button(say("全选", "All"), self.table.selectAll, shortcut="Ctrl+A"),
            button(say("采用全国系统的", "Take theirs"), self._accept),
            button(say("保留本地，列入待录", "Keep ours, to type"), self._keep),
            self._format,
            button(say("存成 Excel…", "Save as Excel…"), self._save),
        ]
        model.looked.connect(self._show)
        model.told.connect(self.notice)
        model.failed.connect(self.failed)
        model.busy_changed.connect(lambda busy: self._choose.setEnabled(not busy))
        self._lay_out()
        self._show()

    def title(self) -> str:
        return say("差异清单", "Differences")

    def subtitle(self) -> str:
        return say("登记册和全国系统", "the register and the national system")

    def look(self, path: Path) -> None:
        """Compare a workbook, as if it had been chosen."""
        self._model.look(path, self._password.text())

    def _choose_book(self) -> None:
        kinds = say("表格", "Workbooks") + " (*.xlsx *.xls *.csv)"
        name, _ = QFileDialog.getOpenFileName(self, say("选择导出表", "Choose an export"), "", kinds)
        if name:
            self.look(Path(name))

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, say("存成 Excel", "Save as Excel"), say("差异清单.xlsx", "differences.xlsx"), "*.xlsx"
        )
        if name:
            self._model.save(Path(name), self._format.form)

    def _accept(self) -> None:
        self._decide(self._model.accept)

    def _keep(self) -> None:
        self._decide(self._model.keep)

    def _decide(self, act: Callable[[Sequence[int]], None]) -> None:
        chosen = self.table.positions()
        if not chosen:
            self.notice(say("请先在表里选一行或几行。", "Choose rows first."))
            return
        act(chosen)

    def _show(self) -> None:
        self._summary.setText(self._model.summary())
        self._table_model.show(self._model.rows())
        lines = bool(self._model.lines)
        self.table.setVisible(lines)
        self._empty.setVisible(not lines)
        for act in self._acts:
            act.setEnabled(lines)
        missing = self._model.missing_rows()
        self._missing.setVisible(bool(missing))
        self._missing.show_rows(missing)
        if self._model.checked is None:
            self._empty.say(
                say("还没有选导出表。", "No export was chosen."),
                say(
                    "对照只看不改；要不要改，选好行再定。", "Looking changes nothing; you decide row by row."
                ),
            )
        else:
            self._empty.say(
                say("没有不同。", "Nothing differs."),
                say("这本表里的每一项都和登记册一样。", "Every fact of the book is as in the register."),
            )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._choose)
        top.addWidget(self._password)
        top.addWidget(self._summary, 1)
        acts = FlowLayout(spacing=px(8))
        for act in self._acts:
            acts.addWidget(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(4), px(20), px(16))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._missing)
        column.addLayout(acts)
