"""The grid's keys, as in a spreadsheet: Tab right, Enter down, F2 edit, Delete empty, Ctrl+D fill, copy and paste."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.roster.delegate import RosterDelegate
from fieldapp.ui.pages.form.roster.pinned import PinnedColumn
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.roster import PasteResult, RosterModel

__all__ = ["RosterGrid"]

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAST_ROWS, _MOST_ROWS = 5, 10
#: Widths by kind of question, in design units; a heading that is longer makes its column wider.
_WIDTHS = {"date": 104, "select_multiple": 128, "integer": 64, "decimal": 84, "select_one": 88}
_TEXT_WIDTH, _LONG_TEXT_WIDTH = 92, 176
_WIDEST_HEADING, _WIDEST_TEXT = 130, 150


class RosterGrid(QTableView):
    """``passed`` when Enter or Tab goes on behind the last cell."""

    passed = Signal()
    pasted = Signal(object)  # PasteResult

    def __init__(self, model: RosterModel, context: FormContext) -> None:
        super().__init__()
        self._model = model
        self._context = context
        self.setModel(model)
        self.setItemDelegate(RosterDelegate(model, self))
        self._pinned = PinnedColumn(self, model)
        self.setProperty("part", "grid")
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.SelectedClicked)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        for corner in self.findChildren(QAbstractButton):
            corner.setAccessibleName(say("表格左上角", "Corner of the table"))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumWidth(context.scale(30))
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)

    # Size

    def fit(self) -> None:
        """Take the height of the rows there are, up to ten, and give new columns their width."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + self._context.scale(14))
        for column in range(self._model.columnCount()):
            self.setColumnHidden(column, not self._model.is_visible(column))
        head = self.horizontalHeader().sizeHint().height()
        line = self.verticalHeader().defaultSectionSize()
        # More than half of the window would leave no room to see where one is on the page.
        fitting = (self.window().height() // 2 - head) // line
        rows = min(max(self._model.rowCount(), 1), max(_LEAST_ROWS, min(_MOST_ROWS, fitting)))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(head + rows * line + bar + 2 * self.frameWidth())

    def set_widths(self) -> None:
        """Give the columns the width that their kind of answer needs."""
        metrics = self.horizontalHeader().fontMetrics()
        scale = self._context.scale
        for column in range(self._model.columnCount()):
            question = self._model.question(self._model.index(0, column))
            units = _WIDTHS.get(question.kind, _LONG_TEXT_WIDTH if _is_long(question.name) else _TEXT_WIDTH)
            heading = min(metrics.horizontalAdvance(question.label) + scale(24), scale(_WIDEST_HEADING))
            widest = min(self._widest_text(column) + scale(20), scale(_WIDEST_TEXT))
            self.setColumnWidth(column, max(scale(units), heading, widest))

    def _widest_text(self, column: int) -> int:
        metrics = self.fontMetrics()
        rows = range(min(self._model.rowCount(), 60))
        return max(
            (metrics.horizontalAdvance(str(self._model.index(row, column).data())) for row in rows), default=0
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pinned.follow()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, not under the pinned column."""
        super().scrollTo(index, hint)
        covered = self.columnWidth(0) - self.columnViewportPosition(index.column())
        if index.column() > 0 and covered > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    # Moving

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks over the cells that take an answer, and leaves behind the last one."""
        if self.state() == QAbstractItemView.State.EditingState:
            return super().focusNextPrevChild(forward)
        if self._step_cell(1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def _step_cell(self, step: int) -> bool:
        current = self.currentIndex()
        cells = list(self._cells())
        if not current.isValid() or not cells:
            return False
        here = (current.row(), current.column())
        ahead = [cell for cell in cells if (cell > here if step > 0 else cell < here)]
        if not ahead:
            return False
        row, column = ahead[0] if step > 0 else ahead[-1]
        self.setCurrentIndex(self._model.index(row, column))
        return True

    def _cells(self) -> Iterator[tuple[int, int]]:
        for row in range(self._model.rowCount()):
            for column in range(self._model.columnCount()):
                if self.isColumnHidden(column):
                    continue
                if self._model.flags(self._model.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                    yield row, column

    def _down(self) -> None:
        below = self._model.index(self.currentIndex().row() + 1, self.currentIndex().column())
        if below.isValid():
            self.setCurrentIndex(below)
        else:
            self.passed.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After an answer: Tab moves on to the right, Enter down; the next cell is typed into, not opened."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        self.setFocus()
        if hint == hints.EditNextItem:
            self._step_cell(1)
        elif hint == hints.EditPreviousItem:
            self._step_cell(-1)
        elif hint == hints.SubmitModelCache:
            self._down()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState or not self._own_key(event):
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._model.copy(self.selectedIndexes()))
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif control and event.key() == Qt.Key.Key_D:
            self._model.fill_down(self.selectedIndexes())
        elif control or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        elif event.key() in _ENTER:
            self._down()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._model.clear(self.selectedIndexes())
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Space):
            self.open_cell()
        else:
            return self._figure(event.text())
        return True

    def open_cell(self) -> None:
        """Open the current cell for typing or choosing."""
        index = self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _figure(self, text: str) -> bool:
        """A figure chooses at once in a cell with choices, as it does on the page."""
        index = self.currentIndex()
        if not index.isValid() or len(text) != 1 or text not in "123456789":
            return False
        question = self._model.question(index)
        if question.kind != "select_one" or int(text) > len(question.choices):
            return False
        if self._model.setData(index, question.choices[int(text) - 1].value):
            self._step_cell(1)
        return True

    def paste(self, text: str) -> PasteResult | None:
        """Paste from the clipboard's text; None when there is nothing in it."""
        if not text.strip():
            return None
        result = self._model.paste(self._first_selected(), text)
        self.pasted.emit(result)
        return result

    def _first_selected(self) -> QModelIndex:
        chosen = self.selectedIndexes()
        if not chosen:
            return self.currentIndex()
        return self._model.index(min(i.row() for i in chosen), min(i.column() for i in chosen))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab starts at a cell, so that one can type at once."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            cells = list(self._cells())
            if cells:
                last = event.reason() == Qt.FocusReason.BacktabFocusReason
                row, column = cells[-1] if last else cells[0]
                self.setCurrentIndex(self._model.index(row, column))


def _is_long(name: str) -> bool:
    return "number" in name or "address" in name or "note" in name
