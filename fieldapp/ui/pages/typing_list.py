"""To type 待录入: what changed here and the national system does not have yet, household by household."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.register.typing_line import TypingState
from fieldapp.ui.pages.page import Page
from fieldapp.ui.pages.typing_window import Clipboard, TypingWindow
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.typing_list import TypingFiles, TypingViewModel
from fieldapp.ui.widgets.controls import button, label, line_edit
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["TypingPage"]

_PLAN = ColumnPlan(
    (150, 96, 84, 140, 110, 150, 170, 110), grow={0: 1, 3: 1, 4: 1, 5: 2, 6: 1}, expendable=(6, 4)
)


class TypingPage(Page):
    """Enter copies a value and marks the line before it; F6 opens the small window."""

    household_opened = Signal(str)
    differences_asked = Signal()
    print_asked = Signal(object)  # tuple[(household id, head)]

    def __init__(self, model: TypingViewModel, files: TypingFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._files = files
        self._window: TypingWindow | None = None
        self._clipboard = Clipboard(self)
        titles = (
            say("村组、户主", "Place, head"),
            say("页面", "Page"),
            say("对象", "Whom"),
            say("项目", "Field"),
            say("系统里", "There now"),
            say("要录成", "Type this"),
            say("从哪来", "From"),
            say("状态", "State"),
        )
        self._table_model = CellTable(titles, self)
        self.table = PlannedTable(say("待录入清单", "To-type list"), self._table_model, _PLAN)
        self._figures = label(ink="soft", wrap=True)
        self._empty = EmptyState()
        self._all = QCheckBox(say("也看已录的", "Show typed ones too"))
        self._all.setAccessibleName(self._all.text())
        self._all.toggled.connect(model.set_show_typed)
        self._note = line_edit(say("退回原因", "Why it was sent back"), say("退回原因", "Why"))
        self._passphrase = line_edit(
            say("加密文件的口令", "Passphrase of the file"), say("文件口令", "Passphrase"), secret=True
        )
        self._elsewhere: list[QWidget] = [
            button(
                say("对照全国系统导出表", "Compare an export"), self.differences_asked.emit, shortcut="F7"
            ),
            self._passphrase,
            button(say("存成加密文件…", "Save sealed file…"), self._save_file),
            button(say("取回录入结果…", "Bring results back…"), self._bring_back),
        ]
        self._acts = self._make_acts()
        self.table.opened.connect(self._entered)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._chosen(now.row()))
        model.lines_changed.connect(self._show)
        model.current_changed.connect(self._follow)
        model.value_copied.connect(self._copied)
        model.failed.connect(self.failed)
        model.told.connect(self.notice)
        self._lay_out()
        self._show()

    def title(self) -> str:
        return say("待录入", "To type")

    def subtitle(self) -> str:
        return say("要录进全国系统的变化", "changes for the national system")

    def entered(self) -> None:
        self._model.load()

    def hideEvent(self, event: object) -> None:
        """Whoever leaves the page or locks leaves nothing in the clipboard."""
        if self._window is None or not self._window.isVisible():
            self._clipboard.clear()
        super().hideEvent(event)  # type: ignore[arg-type]

    def open_window(self) -> None:
        """Show the small window above everything."""
        if self._window is None:
            self._window = TypingWindow(self._model, self)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def _make_acts(self) -> list[QWidget]:
        return [
            button(say("小窗录入", "Small window"), self.open_window, kind="primary", shortcut="F6"),
            button(say("复制，下一项", "Copy, next"), self._model.step, shortcut="Ctrl+D"),
            button(say("标为已录", "Typed"), lambda: self._mark("typed"), shortcut="Ctrl+T"),
            button(say("退回待录", "Waiting again"), lambda: self._mark("waiting")),
            self._note,
            button(say("系统退回", "Sent back"), lambda: self._mark("rejected")),
            button(say("看这一户", "Household"), self._open_household),
            button(
                say("打印…", "Print…"),
                lambda: self.print_asked.emit(self._model.households()),
                icon_name="print",
                shortcut="Ctrl+P",
                tip=say("按村、按户印成一张，带 □录 □核", "On paper, with boxes to tick"),
            ),
        ]

    def _save_file(self) -> None:
        if not self._passphrase.text():
            self._ask_passphrase()
            return
        name, _ = QFileDialog.getSaveFileName(
            self, say("存成加密文件", "Save sealed file"), say("待录入.fatl", "to-type.fatl"), "*.fatl"
        )
        if name:
            self._model.save_file(self._files, Path(name), self._passphrase.text())
            self._passphrase.clear()

    def _bring_back(self) -> None:
        if not self._passphrase.text():
            self._ask_passphrase()
            return
        name, _ = QFileDialog.getOpenFileName(self, say("取回录入结果", "Bring back"), "", "*.fatl")
        if name:
            self._model.bring_back(self._files, Path(name), self._passphrase.text())
            self._passphrase.clear()

    def _ask_passphrase(self) -> None:
        self.notice(
            say(
                "先在左边填文件口令，另一台电脑上要用它打开。",
                "Type a passphrase first; the other machine asks it.",
            )
        )
        self._passphrase.setFocus()

    def _mark(self, state: TypingState) -> None:
        self._model.mark(state, self._note.text() if state == "rejected" else "")
        self._note.clear()

    def _open_household(self) -> None:
        if self._model.current is not None:
            self.household_opened.emit(self._model.current.household_id)

    def _entered(self, row: int) -> None:
        if row != self._model.position:
            self._model.go(row)
        self._model.step()

    def _chosen(self, row: int) -> None:
        if row >= 0 and row != self._model.position:
            self._model.go(row)

    def _copied(self, value: str) -> None:
        self._clipboard.put(value)
        self.notice(say("已复制「{value}」，粘贴后再按一次就标为已录。", "“{value}” is copied.", value=value))

    def _follow(self) -> None:
        if self._model.current is not None and self.table.currentIndex().row() != self._model.position:
            self.table.selectRow(self._model.position)

    def _show(self) -> None:
        self._table_model.show(self._model.cell_rows())
        lines = bool(self._model.lines)
        self.table.setVisible(lines)
        self._empty.setVisible(not lines)
        for act in self._acts:
            act.setEnabled(lines)
        self._figures.setText(self._model.figures())
        self._empty.say(
            say("没有要录进全国系统的变化。", "Nothing is to be typed.")
            if self._model.loaded
            else say("正在查看…", "Looking…"),
            say(
                "走访或更正改了登记册，就会按系统页面的顺序列在这里；待信息员确认的变化，确认后才列出。",
                "What visits and corrections change is listed here in the order of the pages.",
            ),
        )
        self._follow()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._figures, 1)
        top.addWidget(self._all)
        acts = FlowLayout(spacing=px(8))
        for act in self._acts:
            acts.addWidget(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(4), px(20), px(16))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(acts)
        below = FlowLayout(spacing=px(8))
        for act in self._elsewhere:
            below.addWidget(act)
        column.addLayout(below)
