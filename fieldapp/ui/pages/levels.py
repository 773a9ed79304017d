"""Progress by level on the page 计划: Enter goes down, Backspace up, a village opens its households."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.levels import LevelsViewModel, level_cells
from fieldapp.ui.widgets.controls import button, card, label
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

__all__ = ["LevelsPanel"]

_PLAN = ColumnPlan((160, 84, 84, 84, 84, 84, 90), grow={0: 3, 6: 1}, expendable=(5, 3))


class LevelsPanel(QWidget):
    """``filter_asked`` carries a village's households."""

    filter_asked = Signal(object)  # WorkFilter

    def __init__(self, model: LevelsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        heads = (
            say("地方", "Place"),
            say("应走户", "To visit"),
            say("已走满", "All made"),
            say("近期要走", "Due"),
            say("已超期", "Overdue"),
            say("未补录", "Not typed"),
            say("按时", "On time"),
        )
        self._cells = CellTable(heads, self)
        self.table = PlannedTable(say("分级进度", "Progress by level"), self._cells, _PLAN)
        self.table.opened.connect(self._open)
        self._where = label(bold=True, wrap=True)
        self._up = button(
            say("上一级", "Up"), model.leave, kind="quiet", icon_name="back", shortcut="Backspace"
        )
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        frame, inside = card()
        top = QHBoxLayout()
        top.addWidget(self._up)
        top.addWidget(self._where, 1)
        inside.addLayout(top)
        inside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        model.loaded.connect(self._show)

    def take_focus(self) -> None:
        """Let the arrows choose a place."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        model = self._model
        self._where.setText(model.title())
        self._up.setEnabled(bool(model.trail))
        self._cells.show([level_cells(line) for line in model.lines])
        if model.lines:
            self._stack.setCurrentWidget(self.table)
            self.table.selectRow(0)
            return
        self._empty.say(
            say("这台电脑上还没有农户", "No households on this laptop yet"),
            say("到“同步”页接收一次，再来看各乡镇、各村走到哪了。", "Fetch once on the Sync page."),
        )
        self._stack.setCurrentWidget(self._empty)

    def _open(self, position: int) -> None:
        if 0 <= position < len(self._model.lines):
            wanted = self._model.enter(self._model.lines[position])
            if wanted is not None:
                self.filter_asked.emit(wanted)
