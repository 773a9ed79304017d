"""What one types into a cell: a line, a choice from a list, several choices to tick."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from fieldapp.ui.pages.form.editors.picker import ChoiceLine
from fieldapp.xform import QuestionView

__all__ = ["CellLine", "CellPicker", "CellTicks"]

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellLine(QLineEdit):
    """Text, numbers, dates. Up and Down end the typing and move, as in a spreadsheet."""

    stepped = Signal(int)  # rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class CellPicker(ChoiceLine):
    """One of the choices; the list is open from the start."""

    def __init__(self, question: QuestionView, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = question.value
        self.show_choices(tuple(question.choices), question.value)
        self.chosen.connect(self._keep)

    def _keep(self, value: str) -> None:
        self.value = value


class CellTicks(QListWidget):
    """Several of the choices: figures and Space tick, Enter ends."""

    done = Signal()

    def __init__(self, question: QuestionView, parent: QWidget) -> None:
        super().__init__(parent)
        chosen = question.value.split()
        for number, choice in enumerate(question.choices, start=1):
            item = QListWidgetItem(f"{number} {choice.label}" if number <= 9 else choice.label, self)
            item.setData(Qt.ItemDataRole.UserRole, choice.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_state(choice.value in chosen))
        self.setCurrentRow(0)

    def chosen(self) -> str:
        """Return the answer: codes in the order of the choices."""
        ticked = [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        return " ".join(str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)

    def wanted_height(self, most: int) -> int:
        """Return the height for all lines, at most ``most`` pixels."""
        return min(self.sizeHintForRow(0) * self.count() + 2 * self.frameWidth() + 2, most)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() in _ENTER:
            self.done.emit()
        elif len(text) == 1 and text in "123456789" and int(text) <= self.count():
            item = self.item(int(text) - 1)
            item.setCheckState(_state(item.checkState() != Qt.CheckState.Checked))
            self.setCurrentItem(item)
        else:
            super().keyPressEvent(event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
