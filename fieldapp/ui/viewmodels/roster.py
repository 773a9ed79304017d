"""A roster as a table: a row a member, a column a question. QtCore only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldapp.common.clock import Clock
from fieldapp.common.errors import KnownError
from fieldapp.services.form_map import KNOWN_ID
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.form import FormViewModel
from fieldapp.ui.viewmodels.form_nodes import answer_text, is_asked, questions_of
from fieldapp.ui.viewmodels.typed_answers import read_answer
from fieldapp.xform import QuestionView, RepeatView

__all__ = ["PasteResult", "RosterModel"]

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PasteResult:
    """What pasting did: cells filled, rows added, and texts that name no choice or met a cell that takes none."""

    filled: int
    added_rows: int
    refused: tuple[str, ...]


class RosterModel(QAbstractTableModel):
    """The instances of a repeat. Cells that are not relevant are empty and cannot be edited."""

    def __init__(
        self, form: FormViewModel, repeat: RepeatView, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.form = form
        self.repeat = repeat
        self._clock = clock
        self._rows: list[list[QuestionView]] = []
        self._read()

    def _read(self) -> None:
        self._rows = [
            [question for question in questions_of(row, relevant_only=False) if question.kind != "note"]
            for row in self.repeat.instances
        ]

    def reload(self) -> None:
        """Read the instances again after one was added or removed."""
        self.beginResetModel()
        self._read()
        self.endResetModel()

    def refresh(self) -> None:
        """Show the cells anew; the rows are the same."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    # What stands where

    def question(self, index: Index) -> QuestionView:
        """Return the question of a cell."""
        return self._rows[index.row()][index.column()]

    def row_questions(self, row: int) -> Sequence[QuestionView]:
        """Return the questions of a row, in the order of the columns."""
        return self._rows[row]

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

    def row_name(self, row: int) -> str:
        """Return the member's name, or the number of the row while there is none."""
        first = self._rows[row][0] if self._rows[row] else None
        return (first.value if first is not None else "") or say("第{n}行", "Row {n}", n=row + 1)

    def is_registered(self, row: int) -> bool:
        """A member who is in the register is not deleted but marked as having left, so that the history stays."""
        try:
            known = self.form.session.view(f"{self.row_ref(row)}/{KNOWN_ID}")
        except KnownError:  # a roster of something that is not in the register
            return False
        return isinstance(known, QuestionView) and bool(known.value)

    def is_visible(self, column: int) -> bool:
        """Tell whether any cell of a column may be seen now (the at-the-door mode hides some)."""
        return not self._rows or not self.form.is_for_office(self._rows[0][column])

    # QAbstractTableModel

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(self._rows[0]) if self._rows else 0

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        question = self._rows[0][section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return question.label
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(text for text in (question.label, question.hint) if text)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if self._takes(self.question(index)) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        question = self.question(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return answer_text(question) if question.relevant else ""
            case Qt.ItemDataRole.EditRole:
                return question.value
            case Qt.ItemDataRole.ToolTipRole:
                return self.tip(question)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.row_name(index.row())} {question.label} {answer_text(question)}".strip()
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        question = self.question(index)
        if role != Qt.ItemDataRole.EditRole or not self._takes(question):
            return False
        if str(value) != question.value:
            self.form.set_answer(question.ref, str(value))
        return True

    def tip(self, question: QuestionView, *, noted: bool = True) -> str:
        """Return what is to be said about a cell: what is wrong, what is noted, the value before, the hint."""
        violation = self.form.violation(question)
        last = self.form.last_text(question) if self.form.is_changed(question) else ""
        before = say("上次：{last}", "was: {last}", last=last) if last else ""
        return "\n".join(
            line
            for line in (
                violation.message if violation else "",
                *(self._noted(question) if noted else ()),
                before,
                question.hint,
            )
            if line
        )

    def _noted(self, question: QuestionView) -> Sequence[str]:
        if self.form.door_mode or not self.form.notes.any_at(question.ref):
            return ()
        comment = self.form.notes.comment(question.ref)
        doubts = [choose(d.zh, d.en) for d in self.form.notes.doubts(question.ref) if not d.reason]
        return [*doubts, f"✎ {comment.text}"] if comment else doubts

    # Typing into several cells at once

    def type_into(self, index: Index, text: str) -> bool:
        """Answer a cell as typed text; False when it takes no answer or the text names no choice."""
        question = self.question(index)
        answer = read_answer(question, text, self._clock.today()) if self._takes(question) else None
        return answer is not None and self.setData(index, answer)

    def clear(self, cells: Sequence[Index]) -> None:
        """Empty some cells."""
        for index in cells:
            self.setData(index, "")

    def fill_down(self, cells: Sequence[Index]) -> None:
        """Give each cell the answer of the top chosen cell of its column; of the cell above where one is chosen."""
        for column in sorted({index.column() for index in cells}):
            rows = sorted(index.row() for index in cells if index.column() == column)
            source = rows[0] if len(rows) > 1 else rows[0] - 1
            if source < 0:
                continue
            value = self._rows[source][column].value
            for row in rows:
                self.setData(self.index(row, column), value)

    def paste(self, start: Index, text: str) -> PasteResult:
        """Paste rows and columns as Excel and WPS copy them; adds rows where there are too few."""
        lines = [line.split("\t") for line in text.rstrip("\r\n").replace("\r\n", "\n").split("\n")]
        first, left = (start.row(), start.column()) if start.isValid() else (self.rowCount(), 0)
        added = self._make_room(first + len(lines))
        filled, refused = 0, []
        for row, line in enumerate(lines, start=first):
            for column, cell in zip(self._columns_from(left), line, strict=False):
                if row < self.rowCount() and self.type_into(self.index(row, column), cell):
                    filled += 1
                elif cell.strip():
                    refused.append(cell.strip())
        return PasteResult(filled, added, tuple(refused))

    def copy(self, cells: Sequence[Index]) -> str:
        """Return cells as text that Excel and WPS paste."""
        rows: dict[int, dict[int, str]] = {}
        for index in cells:
            rows.setdefault(index.row(), {})[index.column()] = str(index.data() or "")
        columns = sorted({column for row in rows.values() for column in row})
        return "\n".join("\t".join(rows[row].get(column, "") for column in columns) for row in sorted(rows))

    def _make_room(self, rows: int) -> int:
        added = 0
        while self.rowCount() < rows and self.repeat.can_add:
            self.form.add_row(self.repeat.ref)
            if self.rowCount() != len(self.repeat.instances):
                self.reload()
            added += 1
        return added

    def _columns_from(self, left: int) -> Sequence[int]:
        return [column for column in range(left, self.columnCount()) if self.is_visible(column)]

    def _takes(self, question: QuestionView) -> bool:
        return not self.form.read_only and question.relevant and is_asked(question)
