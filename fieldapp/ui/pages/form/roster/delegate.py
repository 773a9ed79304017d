"""Paints the cells of a roster and opens the editor that fits each."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from fieldapp.ui.pages.form.roster.cells import CellLine, CellPicker, CellTicks
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.form_nodes import answer_text
from fieldapp.ui.viewmodels.roster import RosterModel

__all__ = ["RosterDelegate"]

Index = QModelIndex | QPersistentModelIndex
_MOST_TICKS_HEIGHT = 320


class RosterDelegate(QStyledItemDelegate):
    """A wrong answer has a red ground and a sign, a changed one a blue corner, a cell that takes none is grey."""

    def __init__(self, model: RosterModel, grid: QTableView) -> None:
        super().__init__(grid)
        self._model = model
        self._grid = grid

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        question = self._model.question(index)
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        editor: QWidget
        match question.kind:
            case "select_one":
                picker = CellPicker(question, parent)
                picker.passed.connect(lambda: self._end(picker))
                editor = picker
            case "select_multiple" | "rank":
                ticks = CellTicks(question, parent)
                ticks.done.connect(lambda: self._end(ticks))
                editor = ticks
            case _:
                line = CellLine(parent)
                line.stepped.connect(lambda step: self._step(line, step))
                editor = line
        editor.setAccessibleName(name)
        return editor

    def _end(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.EditNextItem)

    def _step(self, editor: QWidget, rows: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        index = self._grid.currentIndex()
        target = self._model.index(index.row() + rows, index.column())
        if target.isValid():
            self._grid.setCurrentIndex(target)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellLine):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        match editor:
            case CellPicker():
                editor.settle()
                self._model.setData(index, editor.value)
            case CellTicks():
                self._model.setData(index, editor.chosen())
            case CellLine():
                self._model.type_into(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = _rect(option)
        match editor:
            case CellTicks():
                editor.resize(max(rect.width(), px(170)), editor.wanted_height(px(_MOST_TICKS_HEIGHT)))
                room = self._grid.viewport().height() - editor.height()
                editor.move(rect.left(), max(0, min(rect.top(), room)))
            case CellPicker():
                editor.setGeometry(rect.left(), rect.top(), max(rect.width(), px(150)), rect.height())
            case _:
                editor.setGeometry(rect.adjusted(0, 0, 1, 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The list of a picker takes the focus; that does not end the typing in the cell.
        if (
            event.type() == QEvent.Type.FocusOut
            and isinstance(watched, CellPicker)
            and watched.list_is_open()
        ):
            return False
        if (
            isinstance(watched, CellPicker | CellTicks)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            return False
        return super().eventFilter(watched, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, text, sign and corner ourselves: one look at the question a cell, none at the style."""
        question = self._model.question(index)
        rect = _rect(option)
        if not question.relevant:
            painter.fillRect(rect, QColor(COLOURS.ground))
            self._paint_cursor(painter, rect, index)
            return
        wrong = self._model.form.violation(question) is not None
        chosen = self._grid.selectionModel().isSelected(index)
        if wrong or chosen:
            painter.fillRect(rect, QColor(COLOURS.bad_ground if wrong else COLOURS.selection))
        painter.setPen(QColor(COLOURS.bad if wrong else COLOURS.ink))
        text = ("✕ " if wrong else "") + answer_text(question)
        inner = rect.adjusted(px(8), 0, -px(4), 0)
        shown = self._grid.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if self._model.form.is_changed(question):
            self._paint_corner(painter, rect)
        if not self._model.form.door_mode:
            self._paint_note(painter, rect, question.ref)
        self._paint_cursor(painter, rect, index)

    def _paint_corner(self, painter: QPainter, rect: QRect) -> None:
        side = px(7)
        corner = [rect.topLeft(), rect.topLeft() + QPoint(side, 0), rect.topLeft() + QPoint(0, side)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS.accent))
        painter.drawPolygon(QPolygon(corner))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_note(self, painter: QPainter, rect: QRect, ref: str) -> None:
        """A mark at the lower right: a doubt without a reason, else a comment. The words stand below the grid."""
        notes = self._model.form.notes
        if not notes.any_at(ref):
            return
        doubtful = notes.open_doubts(ref) > 0
        painter.setPen(QColor(COLOURS.attention if doubtful else COLOURS.accent))
        align = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -px(4), 0), align, "?" if doubtful else "✎")

    def _paint_cursor(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if index == self._grid.currentIndex():
            focused = self._grid.hasFocus()
            painter.setPen(
                QPen(QColor(COLOURS.accent if focused else COLOURS.line_strong), 2 if focused else 1)
            )
            painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect  # type: ignore[attr-defined]  # the stub leaves the option's fields out
    return rect
