"""Writing our facts in the columns of the sheet that is open: for whom, how certificates are shown, what for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldapp.ui.pages.table_choices import FormatBox, ScopeBox
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.foreign_sheet import ForeignSheetViewModel
from fieldapp.ui.widgets.controls import button, label, line_edit, rule

__all__ = ["ForeignFill"]


class ForeignFill(QWidget):
    """``told`` carries a sentence for the person. Ctrl+Shift+E asks where to."""

    told = Signal(str)

    def __init__(self, model: ForeignSheetViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._scope = ScopeBox(model.out.selection)
        self._format = FormatBox("plain")
        self.purpose = line_edit(say("导出用途", "What for"), say("用途，如：上传省平台", "What for"))
        self.purpose.returnPressed.connect(self._ask)
        self._go = button(
            say("照这些列导出…", "Export in these columns…"),
            self._ask,
            icon_name="save",
            shortcut="Ctrl+Shift+E",
            tip=say(
                "照这张表的表头，填上登记册里的内容，可以交给那个系统导入",
                "A workbook with this heading and the register's facts, for that system to take in",
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(rule())
        column.addWidget(
            label(
                say("反过来：按这张表的列填登记册的内容", "The other way: fill these columns"),
                ink="soft",
                wrap=True,
            )
        )
        for widget in (self._scope, self._format, self.purpose, self._go):
            column.addWidget(widget)
        model.out.selection.changed.connect(self._count)
        model.out.scopes_changed.connect(lambda: self._scope.show_counts(model.out.scopes))

    def showing(self) -> None:
        """Look up how many households each choice has."""
        self._count()

    def export_to(self, path: Path) -> None:
        """Write the workbook, as if the place had been chosen."""
        order = self._model.order()
        if order is not None:
            self._model.out.fill(order, path, self.purpose.text(), self._format.form)

    def _count(self) -> None:
        self._model.out.load_scopes()

    def _ask(self) -> None:
        if not self.purpose.text().strip():
            self.told.emit(say("先写一句导出做什么用，会记入导出记录。", "First say what the export is for."))
            self.purpose.setFocus()
            return
        stem = self._model.path.stem if self._model.path else ""
        offered = f"{stem}_{say('本地', 'ours')}.xlsx"
        name, _ = QFileDialog.getSaveFileName(
            self, say("照这些列导出", "Export in these columns"), offered, "*.xlsx"
        )
        if name:
            self.export_to(Path(name))
