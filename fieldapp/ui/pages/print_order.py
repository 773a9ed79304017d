"""The left side of the print page: kind of sheet, households, profile, printer and copies."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.printing import KINDS_OF_SHEET, PrintingViewModel, sheet_label
from fieldapp.ui.widgets.controls import button, card, label, rule
from fieldapp.ui.widgets.fields import ComboBox, SpinBox
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout
from fieldapp.ui.widgets.scroll import PageScroll

__all__ = ["PrintOrderPanel"]

_NAMED = 30


class PrintOrderPanel(QWidget):
    """``save_asked`` wants a place for the PDF."""

    save_asked = Signal()

    def __init__(self, model: PrintingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setFixedWidth(px(306))
        self._kinds = QButtonGroup(self)
        self._purpose = label(ink="soft", wrap=True)
        self._forms = ComboBox()
        self._forms.setAccessibleName(say("哪张空白表", "Which blank form"))
        self._forms.activated.connect(lambda _: model.set_form(str(self._forms.currentData() or "")))
        self._masked = QCheckBox(say("遮住证件号码和电话（内部传阅）", "Mask ID numbers and phones"))
        self._masked.setAccessibleName(self._masked.text())
        self._masked.toggled.connect(model.set_masked)
        self._households = FlowLayout(spacing=px(4))
        self._printer = ComboBox()
        self._printer.setAccessibleName(say("打印机", "Printer"))
        self._copies = SpinBox()
        self._copies.setAccessibleName(say("份数", "Copies"))
        self._copies.setRange(1, 20)
        self._duplex = QCheckBox(say("双面", "Two-sided"))
        self._duplex.setAccessibleName(say("双面打印", "Two-sided"))
        self._duplex.setChecked(True)
        self._make = button(say("生成预览", "Make preview"), model.make, kind="primary", shortcut="Ctrl+G")
        self._save = button(
            say("存成 PDF…", "Save as PDF…"), self.save_asked.emit, icon_name="save", shortcut="Ctrl+S"
        )
        self._send = button(say("打印", "Print"), self._print, icon_name="print", shortcut="Ctrl+P")
        self._lay_out()
        model.order_changed.connect(self._show)
        model.sheets_made.connect(self._show)
        model.making_changed.connect(lambda _: self._show())
        model.printers_found.connect(self._list_printers)
        model.forms_found.connect(self._list_forms)
        self._show()

    def _show(self) -> None:
        model = self._model
        for number, kind in enumerate(KINDS_OF_SHEET):
            self._kinds.button(number).setChecked(kind == model.kind)
        self._purpose.setText(sheet_label(model.kind)[1])
        self._forms.setVisible(model.kind == "blank_form")
        if model.forms:
            self._forms.setCurrentIndex(self._forms.findData(model.form_id))
        clear_layout(self._households)
        for chosen in model.chosen[:_NAMED]:
            self._households.addWidget(self._household(chosen.household_id, chosen.label))
        if len(model.chosen) > _NAMED:
            self._households.addWidget(
                label(say("等 {n} 户", "and others: {n}", n=len(model.chosen)), ink="soft")
            )
        if not model.chosen:
            self._households.addWidget(label(say("还没有选", "none yet"), ink="faint"))
        ready = bool(model.sheets) and not model.making
        self._make.setEnabled(model.can_make)
        self._save.setEnabled(ready)
        self._send.setEnabled(ready and bool(model.printers))

    def _household(self, household_id: str, name: str) -> QPushButton:
        return button(
            f"{name[:8]} ✕" if len(name) <= 8 else f"{name[:7]}… ✕",
            lambda: self._model.drop(household_id),
            kind="chip",
            name=say("不打印{name}", "Leave out {name}", name=name),
        )

    def _list_printers(self) -> None:
        self._printer.clear()
        self._printer.addItems(list(self._model.printers))
        if not self._model.printers:
            self._printer.addItem(say("没有找到打印机，可先存成 PDF", "No printer: save a PDF"))
        self._printer.setEnabled(bool(self._model.printers))
        self._show()

    def _list_forms(self) -> None:
        self._forms.clear()
        for form_id, title in self._model.forms:
            self._forms.addItem(title, form_id)
        if not self._model.forms:
            self._forms.addItem(say("县里还没有发布表单，先同步一次", "No forms yet: sync first"))
        self._forms.setEnabled(bool(self._model.forms))
        self._show()

    def _print(self) -> None:
        self._model.send(self._printer.currentText(), self._copies.value(), self._duplex.isChecked())

    def _lay_out_kinds(self) -> QGridLayout:
        """Two beside each other, by name; what the chosen one is for stands below."""
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for number, kind in enumerate(KINDS_OF_SHEET):
            name, purpose = sheet_label(kind)
            made = button(
                name,
                lambda chosen=kind: self._model.set_kind(chosen),  # type: ignore[misc]
                kind="choice",
                tip=purpose,
            )
            made.setCheckable(True)
            self._kinds.addButton(made, number)
            grid.addWidget(made, number // 2, number % 2)
        return grid

    def _lay_out(self) -> None:
        frame, column = card(margin=14, spacing=8)
        column.addWidget(label(say("打印什么", "What"), ink="soft"))
        column.addLayout(self._lay_out_kinds())
        column.addWidget(self._purpose)
        column.addWidget(self._forms)
        column.addWidget(label(say("给哪些户", "For whom"), ink="soft"))
        column.addLayout(self._households)
        column.addWidget(self._masked)
        column.addWidget(self._make)
        column.addWidget(rule())
        column.addWidget(label(say("打印机", "Printer"), ink="soft"))
        column.addWidget(self._printer)
        row = QHBoxLayout()
        row.addWidget(label(say("份数", "Copies"), ink="soft"))
        row.addWidget(self._copies)
        row.addWidget(self._duplex)
        row.addStretch(1)
        column.addLayout(row)
        last = QHBoxLayout()
        last.addWidget(self._save)
        last.addWidget(self._send, 1)
        column.addLayout(last)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(PageScroll(frame))
