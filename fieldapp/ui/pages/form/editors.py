"""One editor a kind of question. An editor shows an answer and says ``edited`` when a person changes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.common.clock import Clock
from fieldapp.ui.pages.form.flow import FlowLayout
from fieldapp.ui.pages.form.typed_dates import read_typed_date
from fieldapp.ui.text import say
from fieldapp.xform import Choice, QuestionView

__all__ = ["Editor", "editor_for"]

#: More choices than this go into a drop-down list.
_BESIDE = 8


class Editor(QWidget):
    """The part of a question that a person types into."""

    edited = Signal(str)

    def __init__(self, question: QuestionView) -> None:
        super().__init__()
        self.question = question

    def show_question(self) -> None:
        """Bring the widget to what the session says, without telling it back."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """Return the widget that takes the keyboard."""
        return self

    def _stack(self, widget: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)


class LineEditor(Editor):
    """Text, numbers and everything else that is one line."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._line = QLineEdit()
        self._line.setMaximumWidth(220 if question.kind in ("integer", "decimal") else 560)
        self._stack(self._line)
        self._line.textEdited.connect(self.edited)

    def show_question(self) -> None:
        if self._line.text() != self.question.value:
            self._line.setText(self.question.value)
        self._line.setReadOnly(self.question.readonly)

    def focus_target(self) -> QWidget:
        return self._line


class TextEditor(Editor):
    """Several lines of text. Tab leaves it: a form is walked through with Tab."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * 3 + 20)
        self._stack(self._text)
        self._text.textChanged.connect(lambda: self.edited.emit(self._text.toPlainText()))

    def show_question(self) -> None:
        if self._text.toPlainText() != self.question.value:
            self._text.blockSignals(True)
            self._text.setPlainText(self.question.value)
            self._text.blockSignals(False)
        self._text.setReadOnly(self.question.readonly)

    def focus_target(self) -> QWidget:
        return self._text


class DateEditor(Editor):
    """A date typed as people type it; the arrow keys move it by a day, with Ctrl by a month of 30 days."""

    def __init__(self, question: QuestionView, clock: Clock) -> None:
        super().__init__(question)
        self._clock = clock
        self._line = QLineEdit()
        self._line.setMaximumWidth(220)
        self._line.setPlaceholderText(say("如 2026-11-22 或 1122", "such as 2026-11-22"))
        self._stack(self._line)
        self._line.textEdited.connect(self._typed)
        self._line.editingFinished.connect(self.show_question)
        self._line.installEventFilter(self)

    def _typed(self, text: str) -> None:
        day = read_typed_date(text, self._clock.today())
        self.edited.emit(day.isoformat() if day else text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if step and not self.question.readonly:
                self._move(step * (30 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1))
                return True
        return super().eventFilter(watched, event)

    def _move(self, days: int) -> None:
        today = self._clock.today()
        day = read_typed_date(self._line.text(), today) or today
        moved = day.fromordinal(day.toordinal() + days).isoformat()
        self._line.setText(moved)
        self.edited.emit(moved)

    def show_question(self) -> None:
        value = self.question.value
        if not self._line.hasFocus() or read_typed_date(self._line.text(), self._clock.today()):
            self._line.setText(value)
        self._line.setReadOnly(self.question.readonly)

    def focus_target(self) -> QWidget:
        return self._line


class OneOfEditor(Editor):
    """A few choices beside each other; the figures 1 to 9 choose, arrows move."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._layout = FlowLayout(self, gap=14)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._choices: Sequence[Choice] = ()
        self._buttons: list[QRadioButton] = []

    def _clicked(self, button: QRadioButton) -> None:
        self.edited.emit(self._choices[self._buttons.index(button)].value)

    def show_question(self) -> None:
        choices = self.question.choices
        if [c.value for c in choices] != [c.value for c in self._choices]:
            self._rebuild(choices)
        self._choices = choices
        self._group.setExclusive(False)
        for button, choice in zip(self._buttons, choices, strict=True):
            button.setText(choice.label)
            button.setChecked(choice.value == self.question.value)
            button.setEnabled(not self.question.readonly)
        self._group.setExclusive(True)

    def _rebuild(self, choices: Sequence[Choice]) -> None:
        for button in self._buttons:
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for number, choice in enumerate(choices, start=1):
            button = QRadioButton(choice.label)
            button.setAccessibleName(f"{self.question.label} {choice.label}")
            if number <= 9:
                button.setToolTip(say("按 {number} 选择", "press {number}", number=number))
            button.installEventFilter(self)
            self._group.addButton(button)
            self._layout.addWidget(button)
            button.show()
            self._buttons.append(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().isdigit():
            number = int(event.text())
            if 1 <= number <= len(self._buttons) and not self.question.readonly:
                self._buttons[number - 1].setFocus()
                self._buttons[number - 1].click()
                return True
        return super().eventFilter(watched, event)

    def focus_target(self) -> QWidget:
        checked = next((button for button in self._buttons if button.isChecked()), None)
        return checked or (self._buttons[0] if self._buttons else self)


class ListEditor(Editor):
    """Many choices: a drop-down list, with nothing chosen as its first line."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._combo = QComboBox()
        self._combo.setMaximumWidth(360)
        self._stack(self._combo)
        self._values: list[str] = []
        self._combo.activated.connect(lambda index: self.edited.emit(self._values[index]))

    def show_question(self) -> None:
        choices = self.question.choices
        values = ["", *(choice.value for choice in choices)]
        if values != self._values:
            self._values = values
            self._combo.clear()
            self._combo.addItem(say("（未选）", "(none)"))
            self._combo.addItems([choice.label for choice in choices])
        index = values.index(self.question.value) if self.question.value in values else 0
        self._combo.setCurrentIndex(index)
        self._combo.setEnabled(not self.question.readonly)

    def focus_target(self) -> QWidget:
        return self._combo


class ManyOfEditor(Editor):
    """Any number of choices, ticked; Space ticks, Tab walks."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._layout = FlowLayout(self, gap=14)
        self._boxes: dict[str, QCheckBox] = {}

    def _toggled(self) -> None:
        chosen = [value for value, box in self._boxes.items() if box.isChecked()]
        self.edited.emit(" ".join(chosen))

    def show_question(self) -> None:
        choices = self.question.choices
        if [choice.value for choice in choices] != list(self._boxes):
            for box in self._boxes.values():
                self._layout.removeWidget(box)
                box.deleteLater()
            self._boxes = {choice.value: self._box(choice) for choice in choices}
        chosen = self.question.value.split()
        for value, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(value in chosen)
            box.blockSignals(False)
            box.setEnabled(not self.question.readonly)

    def _box(self, choice: Choice) -> QCheckBox:
        box = QCheckBox(choice.label)
        box.setAccessibleName(f"{self.question.label} {choice.label}")
        box.toggled.connect(self._toggled)
        self._layout.addWidget(box)
        box.show()
        return box

    def focus_target(self) -> QWidget:
        return next(iter(self._boxes.values()), self)


class AcknowledgeEditor(Editor):
    """A box to tick: read, agreed."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._box = QCheckBox(say("已确认", "Confirmed"))
        self._stack(self._box)
        self._box.toggled.connect(lambda on: self.edited.emit("OK" if on else ""))

    def show_question(self) -> None:
        self._box.blockSignals(True)
        self._box.setChecked(bool(self.question.value))
        self._box.blockSignals(False)
        self._box.setEnabled(not self.question.readonly)

    def focus_target(self) -> QWidget:
        return self._box


def editor_for(question: QuestionView, clock: Clock) -> Editor:
    """Return the editor that fits a question's kind, appearance and number of choices."""
    match question.kind:
        case "text" if "multiline" in question.appearance:
            return TextEditor(question)
        case "date":
            return DateEditor(question, clock)
        case "select_one":
            short = "minimal" not in question.appearance and len(question.choices) <= _BESIDE
            return OneOfEditor(question) if short else ListEditor(question)
        case "select_multiple":
            return ManyOfEditor(question)
        case "acknowledge":
            return AcknowledgeEditor(question)
    return LineEditor(question)
