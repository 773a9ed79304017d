"""Ledgers 台账: made from the register the moment they are opened; Enter opens the household, Ctrl+E makes a workbook."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.services.ledgers import LEDGERS, LedgerKey
from fieldapp.ui.pages.page import TabPage
from fieldapp.ui.pages.table_choices import FormatBox
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.ledgers import LedgersViewModel
from fieldapp.ui.widgets.controls import button, card, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.search_combo import plain_combo
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["LedgersTab"]

#: Columns that may go when it is narrow: number, helper, group, village.
_EXPENDABLE = (2, 4, 1, 0)
_CHARACTER = 7.2


class LedgersTab(TabPage):
    """F6 goes to the choice of ledgers."""

    def __init__(self, model: LedgersViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._tables: dict[LedgerKey, tuple[CellTable, PlannedTable]] = {}
        self.choice = ComboBox()
        self.choice.setAccessibleName(say("哪本台账", "Which ledger"))
        self.choice.setToolTip(say("哪本台账（F6）", "Which ledger (F6)"))
        self.choice.addItems(model.titles())
        self.choice.activated.connect(model.choose)
        self.choice.setMinimumContentsLength(14)
        self._year = ComboBox()
        self._year.setAccessibleName(say("收入年度", "Year of income"))
        self._year.activated.connect(lambda at: model.set_year(int(self._year.itemData(at))))
        self.area = plain_combo(say("乡镇或村", "Town or village"))
        self.area.activated.connect(lambda _: model.set_area(str(self.area.currentData() or "")))
        self._format = FormatBox(model.id_format)
        self._format.setMinimumContentsLength(14)
        self._format.activated.connect(lambda _: self._set_format())
        self._numbers = label(say("证件号码", "ID numbers"), ink="soft")
        self._purpose = line_edit(
            say("导出用途或名单名称", "What for, or name of the list"),
            say("用途或名单名称", "What for, or name"),
        )
        self._purpose.setFixedWidth(px(250))
        self._purpose.returnPressed.connect(self._ask_export)
        self._export = button(say("导出…", "Export…"), self._ask_export, icon_name="save", shortcut="Ctrl+E")
        self._submit = button(
            say("提交名单", "Hand up"),
            self._ask_submit,
            shortcut="F9",
            tip=say(
                "先自查数据错误，再按左边写的名称提交给上级",
                "Check for errors, then hand up under the name at the left",
            ),
        )
        self._go = button(say("换一本", "Other ledger"), self.choice.setFocus, kind="quiet", shortcut="F6")
        self._note = label(ink="soft", wrap=True)
        self._empty = EmptyState()
        self._lay_out()
        model.shown.connect(self._show)
        model.told.connect(self.notice)
        model.failed.connect(self.failed)
        self._show()

    @property
    def table(self) -> PlannedTable:
        """The table of the ledger shown."""
        return self._tables[self._model.key][1]

    def title(self) -> str:
        return say("台账", "Ledgers")

    def subtitle(self) -> str:
        return say("按登记册当场生成，不用另外记", "made from the register on the spot")

    def entered(self) -> None:
        self._model.load()

    def export_to(self, path: Path, purpose: str) -> None:
        """Write the ledger shown, as if the place had been chosen."""
        self._model.save(path, purpose)

    def _set_format(self) -> None:
        self._model.id_format = self._format.form

    def _ask_export(self) -> None:
        purpose = self._purpose.text().strip()
        if not purpose:
            self.notice(say("先写一句这份表做什么用，会记入导出记录。", "First say what the export is for."))
            self._purpose.setFocus()
            return
        name, _ = QFileDialog.getSaveFileName(
            self, say("导出台账", "Export the ledger"), self._model.file_name(), "*.xlsx"
        )
        if name:
            self.export_to(Path(name), purpose)

    def _ask_submit(self) -> None:
        name = self._purpose.text().strip()
        if not name:
            self.notice(
                say("先写名单的名称，如：2026年11月低收入脱贫户名单。", "First give the list a name.")
            )
            self._purpose.setFocus()
            return
        self._model.submit(name)

    def _show(self) -> None:
        model, ledger = self._model, self._model.ledger
        self.choice.setCurrentIndex(LEDGERS.index(model.key))
        self._list_areas()
        self._year.clear()
        for year in model.years:
            self._year.addItem(say("{year} 年收入", "Income of {year}", year=year), year)
        of_year = ledger is not None and ledger.year is not None
        self._year.setVisible(of_year and bool(model.years))
        if of_year and ledger is not None:
            self._year.setCurrentIndex(self._year.findData(ledger.year))
        for widget in (self._numbers, self._format):
            widget.setVisible(ledger is not None and any(c.zh == "证件号码" for c in ledger.columns))
        self._note.setText(model.note())
        self._export.setEnabled(bool(ledger and ledger.rows))
        self._submit.setEnabled(bool(ledger and ledger.rows))
        self._submit.setVisible(model.may_submit())
        if ledger is None:
            self._empty.say(say("正在查看…", "Looking…"), "")
            self._stack.setCurrentWidget(self._empty)
            return
        cells, table = self._table_of(model.key)
        cells.show(model.cell_rows())
        if ledger.rows:
            self._stack.setCurrentWidget(table)
        else:
            self._empty.say(
                say("这本台账现在没有要列的。", "This ledger has nothing to list now."), model.note()
            )
            self._stack.setCurrentWidget(self._empty)

    def _list_areas(self) -> None:
        self.area.clear()
        self.area.addItem(say("全部村组", "All villages"), "")
        for area in self._model.areas:
            indent = "　" if area.level == "village" else ""
            self.area.addItem(f"{indent}{area.name}", area.code)
        self.area.setCurrentIndex(max(0, self.area.findData(self._model.area_code)))

    def _table_of(self, key: LedgerKey) -> tuple[CellTable, PlannedTable]:
        """Return the table of a ledger, made when first shown: each has columns of its own."""
        if key not in self._tables:
            assert self._model.ledger is not None
            cells = CellTable(self._model.headings(), self)
            widths = [max(56.0, column.width * _CHARACTER) for column in self._model.ledger.columns]
            plan = ColumnPlan(widths, grow={len(widths) - 1: 1}, expendable=_EXPENDABLE)
            table = PlannedTable(self._model.titles()[LEDGERS.index(key)], cells, plan)
            table.opened.connect(lambda row: self.household_opened.emit(self._model.household_at(row)))
            self._stack.addWidget(table)
            self._tables[key] = (cells, table)
        return self._tables[key]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(6), px(20), px(14))
        column.setSpacing(px(8))
        top = FlowLayout(spacing=px(8))
        for widget in (
            *(self.choice, self.area, self._year, self._numbers, self._format),
            *(self._purpose, self._export, self._submit, self._go),
        ):
            top.addWidget(widget)
        column.addLayout(top)
        column.addWidget(self._note)
        frame, inside = card(margin=2, spacing=0)
        inside.setContentsMargins(px(1), px(4), px(1), px(1))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        inside.addWidget(self._stack, 1)
        column.addWidget(frame, 1)
