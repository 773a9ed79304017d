"""Fill a blank 套填空表: the county's own .xlsx or .docx with 【户主姓名】 in it, filled for many households."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.register.id_formats import FORMAT_WORDS, IdFormat
from fieldapp.ui.pages.page import Page
from fieldapp.ui.pages.table_choices import format_label
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.filling import FillingViewModel
from fieldapp.ui.viewmodels.table_selection import SCOPES
from fieldapp.ui.widgets.controls import button, card, label, line_edit
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.progress import ProgressLine
from fieldapp.ui.widgets.scroll import PageScroll
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["FillingTab"]

_PLAN = ColumnPlan((170, 90, 200), grow={0: 1, 2: 1})


class FillingTab(Page):
    """F6 chooses a blank, Ctrl+G makes the files, Enter on a placeholder copies it."""

    def __init__(self, model: FillingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAcceptDrops(True)
        self._name = label(bold=True, wrap=True)
        self._choose = button(
            say("选空表…", "Choose a blank…"), self._ask_blank, icon_name="table", shortcut="F6"
        )
        self._scope = ComboBox()
        self._scope.setAccessibleName(say("给哪些户", "For which households"))
        for scope in SCOPES:
            self._scope.addItem("", scope)
        self._scope.activated.connect(lambda at: model.selection.set_scope(SCOPES[at]))
        self._each = QRadioButton(say("每户一份", "A file for each household"))
        self._list = QRadioButton(say("一张总表，一户（或一人）一行", "One list, a row each"))
        modes = QButtonGroup(self)
        modes.addButton(self._each)
        modes.addButton(self._list)
        self._each.toggled.connect(lambda on: model.set_mode("each" if on else "list"))
        self._format = ComboBox()
        self._format.setAccessibleName(say("证件号码怎么显示", "Form of ID numbers"))
        for form in FORMAT_WORDS:
            self._format.addItem(format_label(form), form)
        self._format.activated.connect(self._set_format)
        self._purpose = line_edit(
            say("用途", "What for"), say("用途，如：民政要的花名册", "What for, e.g. a roll for the office")
        )
        self._make = button(say("套填…", "Fill…"), self._ask_target, kind="primary", shortcut="Ctrl+G")
        self._progress = ProgressLine()
        self._progress.stopped.connect(model.stop)
        self._words = CellTable(
            (say("占位符", "Placeholder"), say("说的是", "About"), say("例子", "Example")), self
        )
        self.table = PlannedTable(say("占位符", "Placeholders"), self._words, _PLAN)
        self.table.opened.connect(self._copy)
        self._all = button(
            say("可用的占位符", "All placeholders"), self._toggle_words, kind="chip", shortcut="F8"
        )
        self._all.setCheckable(True)
        self._hint = label(ink="soft", wrap=True)
        self._lay_out()
        self._connect()
        self._show()

    def _connect(self) -> None:
        model = self._model
        model.blank_changed.connect(self._show)
        model.order_changed.connect(self._show)
        model.selection.changed.connect(self._show)
        model.busy_changed.connect(self._show_busy)
        model.progressed.connect(self._progress.show_progress)
        model.filled.connect(self._filled)
        model.failed.connect(self.failed)
        self._purpose.textChanged.connect(self._show_make)

    def title(self) -> str:
        return say("套填空表", "Fill a blank")

    def subtitle(self) -> str:
        return say("县里发的空表，写上占位符就能一次填好", "the county's own blank, filled at once")

    def entered(self) -> None:
        self._model.load()

    def look(self, path: Path) -> None:
        """Take a blank, as if it had been chosen."""
        self._model.look(path)

    def make_into(self, target: Path) -> None:
        """Fill it, as if the place had been chosen."""
        self._model.make(target, self._purpose.text().strip())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped anywhere on the tab."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look(Path(event.mimeData().urls()[0].toLocalFile()))

    def _ask_blank(self) -> None:
        kinds = say("空表", "Blanks") + " (*.xlsx *.docx)"
        name, _ = QFileDialog.getOpenFileName(self, say("选空表", "Choose a blank"), "", kinds)
        if name:
            self.look(Path(name))

    def _ask_target(self) -> None:
        if self._model.mode == "list":
            name, _ = QFileDialog.getSaveFileName(self, say("存到哪里", "Save as"), self._model.target_name())
        else:
            name = QFileDialog.getExistingDirectory(self, say("存到哪个文件夹", "Into which folder"))
        if name:
            self.make_into(Path(name))

    def _set_format(self, at: int) -> None:
        self._model.id_format = cast("IdFormat", self._format.itemData(at))

    def _toggle_words(self) -> None:
        self._model.show_all_words(self._all.isChecked())

    def _copy(self, row: int) -> None:
        text = self._words.index(row, 0).data()
        QGuiApplication.clipboard().setText(str(text))
        self.notice(say("已复制 {word}，到空表里粘贴。", "{word} copied.", word=str(text)))

    def _filled(self, sentence: str, place: str) -> None:
        opened = QUrl.fromLocalFile(place)
        self.notice(sentence, (say("打开", "Open"), lambda: _open(opened)))

    def _show(self) -> None:
        model = self._model
        blank = model.blank
        self._name.setText(
            blank.name
            if blank
            else say("还没有选空表，也可以把文件拖到这里。", "No blank yet; drop one here.")
        )
        for at, scope in enumerate(SCOPES):
            self._scope.setItemText(at, model.selection.label(scope, model.scope_counts.get(scope)))
        self._scope.setCurrentIndex(SCOPES.index(model.selection.scope))
        for made, on in ((self._each, model.mode == "each"), (self._list, model.mode == "list")):
            made.blockSignals(True)
            made.setChecked(on)
            made.blockSignals(False)
        self._words.show(model.cells())
        self._all.setChecked(model.all_words or blank is None)
        self._all.setEnabled(blank is not None)
        self._hint.setText(
            say(
                "在空表的格子里写【户主姓名】这样的占位符，回车复制一个；写了【姓名】【与户主关系】的那一行，每个成员一行。"
                "证件号码可以写【证件号码|后四位】，还有隐、原样、引号、分格、大写。",
                "Write placeholders such as 【户主姓名】 into the blank (Enter copies one); a row with 【姓名】 is repeated for each member. "
                "Numbers take a form: 【证件号码|后四位】.",
            )
        )
        self._show_make()

    def _show_make(self) -> None:
        ready = self._model.blank is not None and bool(self._purpose.text().strip()) and not self._model.busy
        self._make.setEnabled(ready)

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self._progress.begin(say("正在套填…", "Filling…"))
        else:
            self._progress.end()
        self._show_make()

    def _lay_out(self) -> None:
        order, inside = card()
        for widget in (
            self._name,
            self._choose,
            label(say("给哪些户", "For whom"), ink="soft"),
            self._scope,
            self._each,
            self._list,
            label(say("证件号码（没有另写的）", "ID numbers, unless said otherwise"), ink="soft"),
            self._format,
            self._purpose,
            self._make,
            self._progress,
        ):
            inside.addWidget(widget)
        inside.addStretch(1)
        scroll = PageScroll(order)
        scroll.setFixedWidth(px(330))
        words, column = card()
        top = QHBoxLayout()
        top.addWidget(self._all)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(4), px(20), px(14))
        row.setSpacing(px(12))
        row.addWidget(scroll, 0, Qt.AlignmentFlag.AlignLeft)
        holder = QVBoxLayout()
        holder.addWidget(words, 1)
        row.addLayout(holder, 1)


def _open(place: QUrl) -> None:
    QDesktopServices.openUrl(place)
