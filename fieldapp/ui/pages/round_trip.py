"""Out and back 导出再导入: rows out to Excel, and what came back, cell by cell."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from fieldapp.ui.pages.page import Page
from fieldapp.ui.pages.round_trip_order import RoundTripOrder
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.round_trip import RoundTripViewModel
from fieldapp.ui.widgets.controls import button, card, heading, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.progress import ProgressLine
from fieldapp.ui.widgets.scroll import PageScroll
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["RoundTripTab"]

_PLAN = ColumnPlan((48, 96, 84, 76, 76, 90, 96), grow={1: 2, 2: 1, 3: 1, 4: 1, 5: 2, 6: 2}, expendable=(3,))


class RoundTripTab(Page):
    """Ctrl+E exports, F6 takes a file back, F7 accepts what is chosen, F8 everything listed."""

    def __init__(self, model: RoundTripViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAcceptDrops(True)
        self.order = RoundTripOrder(model)
        self.order.export_asked.connect(self._ask_export)
        titles = (
            say("行", "Row"),
            say("是谁", "Who"),
            say("项目", "Field"),
            say("导出时", "At export"),
            say("现在", "Now"),
            say("表里改成", "In the sheet"),
            say("情况", "State"),
        )
        self._table_model = CellTable(titles, self)
        self.table = PlannedTable(say("表里的改动", "Changes of the sheet"), self._table_model, _PLAN)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(lambda row: self._accept([row]))
        self._empty = EmptyState()
        self._summary = label(wrap=True)
        self._left = label(ink="soft", wrap=True)
        self._detail = label(ink="soft", wrap=True)
        self._progress = ProgressLine()
        self._progress.stopped.connect(model.stop)
        self._password = line_edit(
            say("表格的打开密码", "The workbook's password"),
            say("有密码才填", "Password, if any"),
            secret=True,
        )
        self._password.setMaximumWidth(px(130))
        self._column = ComboBox()
        self._column.setAccessibleName(say("只看哪一列", "Only one column"))
        self._column.activated.connect(lambda at: model.show_only(str(self._column.itemData(at) or "")))
        self._reason = line_edit(say("改动原因", "Reason"), say("原因（可不填）", "Reason (may be empty)"))
        self._make_acts()
        model.returned_changed.connect(self._show)
        model.busy_changed.connect(self._show_busy)
        model.progressed.connect(self._progress.show_progress)
        model.told.connect(self.notice)
        model.failed.connect(self.failed)
        self._lay_out()
        self._show()

    def title(self) -> str:
        return say("导出再导入", "Out and back")

    def subtitle(self) -> str:
        return say("在 WPS 里改，逐格看过再接受", "edit in WPS, accept cell by cell")

    def entered(self) -> None:
        self._model.load()

    def look(self, path: Path) -> None:
        """Take a workbook back, as if it had been chosen."""
        self._model.look(path, self._password.text())

    def export_to(self, path: Path, purpose: str) -> None:
        """Write the workbook, as if the place had been chosen."""
        self._model.export(path, purpose)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped anywhere on the tab."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look(Path(event.mimeData().urls()[0].toLocalFile()))

    def _ask_export(self, purpose: str) -> None:
        if not purpose:
            self.notice(say("先写一句这份表做什么用，会记入导出记录。", "First say what the export is for."))
            self.order.ask_purpose()
            return
        name, _ = QFileDialog.getSaveFileName(
            self, say("导出到 Excel", "Export to Excel"), self._model.file_name(), "*.xlsx"
        )
        if name:
            self.export_to(Path(name), purpose)

    def _choose_book(self) -> None:
        kinds = say("表格", "Workbooks") + " (*.xlsx *.xls *.csv)"
        name, _ = QFileDialog.getOpenFileName(
            self, say("选改好的表", "Choose the edited workbook"), "", kinds
        )
        if name:
            self.look(Path(name))

    def _accept(self, rows: list[int]) -> None:
        if not rows:
            self.notice(say("请先在表里选一行或几行。", "Choose rows first."))
            return
        self._model.accept(rows, self._reason.text().strip())

    def _accept_rows(self) -> None:
        self._model.accept_rows(self.table.positions(), self._reason.text().strip())

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self._progress.begin(say("正在处理表格…", "Working on the workbook…"))
        else:
            self._progress.end()
        self._show_acts()

    def _show(self) -> None:
        model = self._model
        before, at_table = self.table.currentIndex().row(), self.table.hasFocus()
        self._table_model.show(model.cell_rows())
        self._stack.setCurrentWidget(self.table if model.lines else self._empty)
        if model.lines and before >= 0:
            # The next cell moves up to where the accepted one was: Enter, Enter goes down the list.
            self.table.selectRow(min(before, len(model.lines) - 1))
            if at_table:
                self.table.setFocus()
        self._summary.setText(model.summary())
        self._summary.setVisible(bool(model.summary()))
        left = model.left_out()
        self._left.setText("\n".join(left))
        self._left.setVisible(bool(left))
        self._list_columns()
        if model.returned is None:
            self._empty.say(
                say("还没有选改好的表。", "No edited workbook was chosen."),
                say(
                    "先在左边导出，用 WPS 改好存盘，再点“选改好的表”，或把文件拖到这里。只看不改，接受了才写进登记册。",
                    "Export at the left, edit and save in WPS, then choose the file or drop it here.",
                ),
            )
        elif model.all_left_out:
            self._empty.say(
                say("没有一行能导回。", "No row can be taken back."),
                say("原因写在上面；请照着改好，或重新导出再改。", "The reasons stand above."),
            )
        else:
            self._empty.say(
                say("表里没有要改的。", "The sheet changes nothing."),
                say("每一格都和登记册一样。", "Every cell is as in the register."),
            )
        self._show_chosen()

    def _list_columns(self) -> None:
        self._column.clear()
        self._column.addItem(say("所有项目", "All fields"), "")
        for name, text, number in self._model.column_counts():
            self._column.addItem(f"{text} {number:,}", name)
        self._column.setCurrentIndex(max(0, self._column.findData(self._model.only)))
        self._column.setEnabled(self._column.count() > 1)

    def _show_chosen(self) -> None:
        rows = self.table.positions()
        if len(rows) == 1:
            self._detail.setText(self._model.detail(rows[0]))
        elif rows:
            self._detail.setText(say("已选 {n} 处", "{n} chosen", n=len(rows)))
        else:
            self._detail.setText(
                say("↑↓ 选择，回车接受一处，Shift 或 Ctrl 多选", "↑↓ to choose, Enter accepts one")
                if self._model.lines
                else ""
            )
        self._show_acts()

    def _show_acts(self) -> None:
        model, free = self._model, not self._model.busy
        able = model.able()
        self._choose.setEnabled(free)
        self._take.setEnabled(free and bool(self.table.positions()))
        self._rows.setEnabled(free and bool(self.table.positions()))
        self._all.setEnabled(free and able > 0)
        self._all.setText(say("接受列出的 {n} 处", "Accept all {n} listed", n=able))
        self._undo.setEnabled(free and model.can_undo)
        self._reason.setEnabled(able > 0)

    def _make_acts(self) -> None:
        self._choose = button(say("选改好的表…", "Choose the workbook…"), self._choose_book, shortcut="F6")
        self._take = button(
            say("接受选中的", "Accept chosen"),
            lambda: self._accept(self.table.positions()),
            kind="primary",
            shortcut="F7",
        )
        self._rows = button(
            say("接受整行", "Accept whole rows"),
            self._accept_rows,
            shortcut="Shift+F7",
            tip=say("选中的这一行（这个人、这一户）改的全部接受", "Everything changed in the chosen rows"),
        )
        self._all = button(
            say("接受列出的全部", "Accept all listed"),
            lambda: self._model.accept_all(self._reason.text().strip()),
            shortcut="F8",
        )
        self._undo = button(say("撤销上一批", "Undo last batch"), self._model.undo, shortcut="Ctrl+Z")

    def _lay_out(self) -> None:
        frame, inside = card(margin=12, spacing=8)
        top = FlowLayout(spacing=px(8))
        top.addWidget(heading(say("2 改好拿回来", "2 Back")))
        for widget in (self._choose, self._password, self._column):
            top.addWidget(widget)
        inside.addLayout(top)
        inside.addWidget(self._progress)
        inside.addWidget(self._summary)
        inside.addWidget(self._left)
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(px(150))
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        inside.addWidget(self._stack, 1)
        inside.addWidget(self._detail)
        inside.addWidget(self._reason)
        acts = FlowLayout(spacing=px(8))
        for act in (self._take, self._rows, self._all, self._undo):
            acts.addWidget(act)
        inside.addLayout(acts)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(6), px(20), px(14))
        row.setSpacing(px(12))
        row.addWidget(self.order, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(PageScroll(frame), 1)
