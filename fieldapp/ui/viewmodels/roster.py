"""A roster as a table: a row a member, a column a question. QtCore only."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldapp.ui.viewmodels.form import FormViewModel, questions_of
from fieldapp.xform import QuestionView, RepeatView

__all__ = ["ROW_REF", "RosterModel"]

Index = QModelIndex | QPersistentModelIndex
#: The role under which a cell gives its question.
ROW_REF = Qt.ItemDataRole.UserRole + 1


class RosterModel(QAbstractTableModel):
    """The instances of a repeat. Cells that are not relevant are empty and cannot be edited."""

    def __init__(self, form: FormViewModel, repeat: RepeatView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.repeat = repeat
        self._rows: list[list[QuestionView]] = []
        self._read()

    def _read(self) -> None:
        self._rows = [list(questions_of(row, relevant_only=False)) for row in self.repeat.instances]

    def reload(self) -> None:
        """Read the instances again after one was added or removed."""
        self.beginResetModel()
        self._read()
        self.endResetModel()

    def refresh(self) -> None:
        """Show the cells anew; the rows are the same."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def question(self, index: Index) -> QuestionView:
        """Return the question of a cell."""
        return self._rows[index.row()][index.column()]

    def position_of(self, ref: str) -> QModelIndex:
        """Return the cell of a question, an invalid index when it is not in this roster."""
        for row, questions in enumerate(self._rows):
            for column, question in enumerate(questions):
                if question.ref == ref:
                    return self.index(row, column)
        return QModelIndex()

    def row_ref(self, row: int) -> str:
        """Return the ref of an instance."""
        return self.repeat.instances[row].ref

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(self._rows[0]) if self._rows else 0

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return self._rows[0][section].label

    def flags(self, index: Index) -> Qt.ItemFlag:
        question = self.question(index)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if question.relevant and not question.readonly:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        question = self.question(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(question) if question.relevant else "—"
            case Qt.ItemDataRole.EditRole:
                return question.value
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(question)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{question.label} {shown(question)}"
            case _ if role == ROW_REF:
                return question
        return None

    def _tip(self, question: QuestionView) -> str:
        violation = self._form.violation(question)
        last = self._form.last_value(question.ref)
        lines = [violation.message if violation else "", question.hint, f"上次：{last}" if last else ""]
        return "\n".join(line for line in lines if line)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._form.set_answer(self.question(index).ref, str(value))
        return True


def shown(question: QuestionView) -> str:
    """Return an answer as a person reads it: labels of choices in place of their codes."""
    if question.kind not in ("select_one", "select_multiple"):
        return question.value
    chosen = question.value.split() if question.kind == "select_multiple" else [question.value]
    labels = {choice.value: choice.label for choice in question.choices}
    return "、".join(labels.get(value, value) for value in chosen if value)
