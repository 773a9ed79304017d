"""Import a sheet 导入表格: a payment list, facts or a list of names from another office, looked at before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.register.payments import Way
from fieldapp.services.foreign_sheets import LookedSheet, SheetUse
from fieldapp.ui.pages.foreign_fill import ForeignFill
from fieldapp.ui.pages.page import Page
from fieldapp.ui.text import language, say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.foreign_sheet import USES, ForeignSheetViewModel, state_word
from fieldapp.ui.viewmodels.sheet_imports import use_word
from fieldapp.ui.widgets.controls import button, card, label, line_edit
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout
from fieldapp.ui.widgets.progress import ProgressLine
from fieldapp.ui.widgets.scroll import PageScroll
from fieldapp.ui.widgets.search_combo import SearchCombo, plain_combo
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["ForeignSheetTab"]

_IMPORTS = ColumnPlan((110, 200, 130, 60, 80, 120), grow={1: 2, 2: 1}, expendable=(4, 3))
_PLAN = ColumnPlan((44, 80, 106, 72, 110, 92, 134), grow={1: 1, 2: 1, 3: 1, 4: 1, 6: 3}, expendable=(0, 3))


class ForeignSheetTab(Page):
    """F6 chooses a sheet, Ctrl+G checks it, F7 accepts what is chosen, F8 everything that is sure."""

    household_opened = Signal(str)

    def __init__(self, model: ForeignSheetViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAcceptDrops(True)
        self._name = label(bold=True, wrap=True)
        self._choose = button(
            say("选表格…", "Choose a sheet…"), self._ask_book, icon_name="table", shortcut="F6"
        )
        self._sheets = plain_combo(say("哪一张表", "Which sheet"))
        self._sheets.activated.connect(model.choose_sheet)
        self._uses = plain_combo(say("用来做什么", "What for"))
        for use in USES:
            self._uses.addItem(use_word(use), use)
        self._uses.activated.connect(lambda at: model.set_use(cast("SheetUse", self._uses.itemData(at))))
        self._items = SearchCombo(say("是哪一项收入", "Which item of income"))
        self._flags = SearchCombo(say("名单说明哪一项", "What the list says"))
        self._month = line_edit(
            say("发放月份", "Month paid"), say("发放月份，如 2026-03", "Month, such as 2026-03")
        )
        self._password = line_edit(
            say("打开密码", "Password"), say("有打开密码才填", "Password, if any"), secret=True
        )
        self._years = plain_combo(say("收入是哪一年的", "Year of the incomes"))
        self._years.activated.connect(lambda at: model.set_year(int(self._years.itemData(at) or 0)))
        self._fill = ForeignFill(model)
        self._fill.told.connect(self.notice)
        self._make_result()
        self._fill_choices()
        self._lay_out()
        model.sheet_changed.connect(self._show_sheet)
        model.checked_changed.connect(self._show_checked)
        model.busy_changed.connect(self._show_busy)
        model.progressed.connect(self._progress.show_progress)
        model.told.connect(self.notice)
        model.imports.changed.connect(self._list_imports)
        model.out.busy_changed.connect(self._show_busy)
        model.out.progressed.connect(self._progress.show_progress)
        self._progress.stopped.connect(model.out.stop)
        for part in (model.imports, model.out):
            part.told.connect(self.notice)
            part.failed.connect(self.failed)
        model.failed.connect(self.failed)
        self._show_sheet()
        self._show_imports()

    def _make_result(self) -> None:
        model = self._model
        self._columns = QVBoxLayout()
        self._meanings: list[SearchCombo] = []
        self._shown: LookedSheet | None = None
        self._columns.setSpacing(px(4))
        self._known = label(ink="good", wrap=True)
        self._check = button(say("检查", "Check"), model.check, kind="primary", shortcut="Ctrl+G")
        self._progress = ProgressLine()
        self._progress.stopped.connect(model.stop)
        titles = (
            say("行", "Row"),
            say("谁", "Whom"),
            say("项目", "Item"),
            say("册里", "Ours"),
            say("表里", "Theirs"),
            say("情况", "State"),
            say("说明", "Why"),
        )
        self._cells = CellTable(titles, self)
        self.table = PlannedTable(say("检查结果", "What was found"), self._cells, _PLAN)
        self.table.opened.connect(lambda row: model.accept([row]))
        self._summary = label(wrap=True)
        self._only = plain_combo(say("只看", "Only"))
        self._only.activated.connect(lambda at: model.show_only(str(self._only.itemData(at) or "")))
        self._accept = button(
            say("接受选中的", "Accept chosen"), lambda: self._accept_chosen(), shortcut="F7"
        )
        self._accept_all = button(say("接受能确定的", "Accept what is sure"), model.accept_all, shortcut="F8")
        self._replace = button(
            say("替换原来的", "Replace"), lambda: self._accept_chosen("replace"), shortcut="Ctrl+R"
        )
        self._add = button(say("加上去", "Add"), lambda: self._accept_chosen("add"), shortcut="Ctrl+Shift+A")
        self._export = button(say("导出结果…", "Export…"), self._ask_export, shortcut="Ctrl+E")
        self._sorted = button(
            say("分类反馈…", "Sorted feedback…"),
            self._ask_folder,
            shortcut="Ctrl+Shift+R",
            tip=say(
                "部门要改的、各村要核实的分开写，另有一份汇总",
                "What the office is to mend, what each village is to look at, and a summary",
            ),
        )
        self._make_imports()

    def _make_imports(self) -> None:
        titles = (
            say("何时", "When"),
            say("表", "Sheet"),
            say("项目", "Item"),
            say("行", "Lines"),
            say("谁", "By"),
            say("现状", "Now"),
        )
        self._import_cells = CellTable(titles, self)
        self.imports = PlannedTable(say("以前导入的", "Taken in before"), self._import_cells, _IMPORTS)
        self.imports.setSelectionMode(PlannedTable.SelectionMode.SingleSelection)
        self._before = button(say("以前导入的", "Taken in before"), kind="chip", shortcut="Ctrl+I")
        self._before.setCheckable(True)
        self._before.toggled.connect(self._show_imports)
        self._back = button(
            say("撤回这一批", "Take it back"),
            lambda: self._model.imports.take_back(self.imports.currentIndex().row()),
            shortcut="Ctrl+Z",
            tip=say(
                "把选中的一批全部撤回；后来别的表付的、入户更正的都不动",
                "Take the whole sheet back; what other lists paid since and what was corrected stays",
            ),
        )
        self._stack = QStackedWidget()

    def _show_imports(self) -> None:
        before = self._before.isChecked()
        self._stack.setCurrentWidget(self.imports if before else self.table)
        self._back.setVisible(before)
        for made in (self._only, self._accept, self._accept_all, self._export, self._sorted):
            made.setVisible(not before)
        if before:
            self._model.imports.load()
            self.imports.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_checked()

    def _say_imports(self) -> None:
        self._summary.setText(
            say(
                "这台电脑上导入过的表，新的在前。选中一批按 Ctrl+Z 整批撤回。",
                "What was taken in on this laptop, newest first. Ctrl+Z takes the chosen one back.",
            )
            if self._model.imports.imports
            else say("这台电脑上还没有导入过表格。", "Nothing was taken in on this laptop yet.")
        )

    def _list_imports(self) -> None:
        self._import_cells.show(self._model.imports.cells())
        if self._model.imports.imports:
            self.imports.selectRow(0)
        if self._before.isChecked():
            self._say_imports()

    def title(self) -> str:
        return say("导入表格", "Import a sheet")

    def subtitle(self) -> str:
        return say("部门的发放表、名单，先检查再接受", "lists of other offices: look first, then accept")

    def entered(self) -> None:
        """The page shows what it showed before."""

    def look(self, path: Path) -> None:
        """Take a workbook, as if it had been chosen."""
        self._model.look(path, self._password.text())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped anywhere on the tab."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look(Path(event.mimeData().urls()[0].toLocalFile()))

    def _fill_choices(self) -> None:
        model = self._model
        for code in model.items():
            self._items.addItem(code.zh if language() == "zh" else code.en, code.code)
        self._items.setCurrentIndex(-1)
        self._items.activated.connect(lambda at: model.tell(code=str(self._items.itemData(at) or "")))
        for flag, text in model.flags():
            self._flags.addItem(text, flag)
        self._flags.setCurrentIndex(-1)
        self._flags.activated.connect(lambda at: model.tell(flag=str(self._flags.itemData(at) or "")))
        self._month.textChanged.connect(lambda text: model.tell(month=text))

    def _ask_book(self) -> None:
        kinds = say("表格", "Workbooks") + " (*.xlsx *.xls *.csv)"
        name, _ = QFileDialog.getOpenFileName(self, say("选表格", "Choose a sheet"), "", kinds)
        if name:
            self.look(Path(name))

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, say("导出结果", "Export"), say("对照结果.xlsx", "result.xlsx"), "*.xlsx"
        )
        if name:
            self._model.export(Path(name))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("放到哪个文件夹", "Which folder"))
        if name:
            self._model.export_sorted(Path(name))

    def _accept_chosen(self, way: Way = "") -> None:
        rows = self.table.positions()
        if rows:
            self._model.accept(rows, way)
        else:
            self.notice(say("请先在表里选一行或几行。", "Choose rows first."))

    def _show_sheet(self) -> None:
        model = self._model
        nothing = say("还没有选表格，也可以把文件拖到这里。", "No sheet yet; drop one here.")
        self._name.setText(model.path.name if model.path and model.sheet else nothing)
        self._sheets.clear()
        self._sheets.addItems([sheet.name for sheet in model.sheets])
        if model.sheet is not None:
            self._sheets.setCurrentIndex(list(model.sheets).index(model.sheet))
        self._sheets.setVisible(len(model.sheets) > 1)
        self._uses.setCurrentIndex(USES.index(model.use))
        self._items.setCurrentIndex(self._items.findData(model.code) if model.code else -1)
        self._flags.setCurrentIndex(self._flags.findData(model.flag) if model.flag else -1)
        self._items.setVisible(model.use == "payments")
        self._month.setVisible(model.use == "payments")
        self._flags.setVisible(model.use == "list")
        self._show_years()
        fills = model.use == "facts" and model.sheet is not None
        if fills and self._fill.isHidden():
            self._fill.showing()
        self._fill.setVisible(fills)
        if self._month.text() != model.month:
            self._month.setText(model.month)
        self._known.setText(
            say("认得这种表头，列的意思照上次的。", "This heading is known; the columns mean what they did.")
            if model.recognised
            else ""
        )
        self._known.setVisible(model.recognised)
        self._show_columns()
        self._check.setEnabled(model.sheet is not None and not model.busy)

    def _show_years(self) -> None:
        model = self._model
        self._years.clear()
        self._years.addItem(say("收入是哪一年的？", "Incomes of which year?"), 0)
        for year in model.years:
            self._years.addItem(say("{year} 年的收入", "Incomes of {year}", year=year), year)
        self._years.setCurrentIndex(max(0, self._years.findData(model.year)))
        self._years.setVisible(model.use == "facts" and model.has_incomes())

    def _show_columns(self) -> None:
        model = self._model
        if model.sheet is not self._shown:
            self._make_columns()
        for at, combo in enumerate(self._meanings):
            combo.setCurrentIndex(max(0, combo.findData(model.mapping.get(at, ""))))

    def _make_columns(self) -> None:
        clear_layout(self._columns)
        model = self._model
        self._meanings, self._shown = [], model.sheet
        if model.sheet is None:
            return
        targets = model.targets()
        for at, heading in enumerate(model.sheet.headings):
            name = heading or say("第 {n} 列", "Column {n}", n=at + 1)
            self._columns.addWidget(label(name, bold=True))
            if examples := "、".join(model.examples(at)):
                self._columns.addWidget(label(examples, ink="faint", ratio=0.93, shrink=True))
            made = SearchCombo(say("“{name}”这一列的意思", "Meaning of “{name}”", name=name))
            made.addItem(say("不用这一列", "Leave it out"), "")
            for target, text in targets:
                made.addItem(text, target)
            made.activated.connect(
                lambda _, column=at, combo=made: model.set_target(column, str(combo.currentData() or ""))
            )
            self._meanings.append(made)
            self._columns.addWidget(made)

    def _show_checked(self) -> None:
        model = self._model
        self._cells.show(model.cells())
        self._summary.setText(
            model.summary()
            or say(
                "选表格，看每一列的意思对不对，点“检查”；接受了才写进登记册。对不上的一行也不会丢，能导出。",
                "Choose a sheet, see that the columns mean what they should, check; only what you accept is written.",
            )
        )
        if self._before.isChecked():
            self._say_imports()
        self._only.clear()
        self._only.addItem(say("全部", "Everything"), "")
        for state in model.states():
            self._only.addItem(state_word(state), state)
        self._only.setCurrentIndex(max(0, self._only.findData(model.only)))
        some = model.checked is not None and any(line.acceptable for line in model.checked.lines)
        for made in (self._accept, self._accept_all):
            made.setEnabled(bool(some) and not model.busy)
        asked = model.checked is not None and bool(
            {"other_list", "changed"} & set(model.states()) and model.checked.order.use == "payments"
        )
        for made in (self._replace, self._add):
            made.setVisible(asked and not self._before.isChecked())
            made.setEnabled(asked and not model.busy)
        self._export.setEnabled(model.checked is not None)
        self._sorted.setEnabled(model.checked is not None and bool(model.checked.lines))

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self._progress.begin(say("正在处理表格…", "Working on the sheet…"))
        else:
            self._progress.end()
        self._check.setEnabled(self._model.sheet is not None and not busy)
        self._show_checked()

    def _lay_out(self) -> None:
        order, inside = card()
        for widget in (
            self._name,
            self._choose,
            self._password,
            self._sheets,
            self._uses,
            self._items,
            self._month,
            self._flags,
            self._years,
            self._known,
            self._check,
            self._progress,
        ):
            inside.addWidget(widget)
        inside.addLayout(self._columns)
        inside.addWidget(self._fill)
        inside.addStretch(1)
        scroll = PageScroll(order)
        scroll.setFixedWidth(px(318))
        found, column = card()
        acts = FlowLayout(spacing=px(8))
        for made in (
            self._only,
            self._accept,
            self._accept_all,
            self._replace,
            self._add,
            self._export,
            self._sorted,
            self._back,
            self._before,
        ):
            acts.addWidget(made)
        column.addWidget(self._summary)
        column.addLayout(acts)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.imports)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(4), px(20), px(14))
        row.setSpacing(px(12))
        row.addWidget(scroll, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(found, 1)
