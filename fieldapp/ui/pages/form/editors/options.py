"""A few choices beside each other. Figures choose, so a form is typed in from paper without leaving the number keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor
from fieldapp.ui.text import say
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout
from fieldapp.xform import Choice, QuestionView

__all__ = ["ManyOfEditor", "OneOfEditor"]

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEAR = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_FIGURES = 9
_PICTURE = 96


class RadioOption(QRadioButton):
    """One of the choices of which one is taken."""

    number_typed = Signal(int)
    entered = Signal()
    cleared = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _takes(self, event):
            super().keyPressEvent(event)


class TickOption(QCheckBox):
    """One of the choices of which any number is taken."""

    number_typed = Signal(int)
    entered = Signal()
    cleared = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
        elif not _takes(self, event):
            super().keyPressEvent(event)


def _takes(option: RadioOption | TickOption, event: QKeyEvent) -> bool:
    """Handle a key that is ours; False leaves it to Qt (arrows, Space, Tab)."""
    text, held = event.text(), event.modifiers()
    if event.key() in _ENTER and not held & Qt.KeyboardModifier.ControlModifier:
        option.entered.emit()
    elif event.key() in _CLEAR:
        option.cleared.emit()
    elif len(text) == 1 and text in "123456789" and not held & Qt.KeyboardModifier.AltModifier:
        option.number_typed.emit(int(text))
    else:
        return False
    return True


class _Options(Editor):
    """Lays out the buttons and keeps them to the choices, which may change while one types elsewhere."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._flow = FlowLayout(self, spacing=context.scale(8))
        self._choices: Sequence[Choice] = ()
        self.buttons: list[RadioOption | TickOption] = []

    def _make(self) -> RadioOption | TickOption:
        raise NotImplementedError

    def _number(self, number: int) -> None:
        raise NotImplementedError

    def _show_choices(self) -> None:
        choices = tuple(self.question.choices)
        if choices != self._choices:
            if [choice.value for choice in choices] != [choice.value for choice in self._choices]:
                self._rebuild(len(choices))
            self._choices = choices
            for number, (button, choice) in enumerate(zip(self.buttons, choices, strict=True), start=1):
                self._label(button, choice, number)
        for button in self.buttons:
            button.setEnabled(not self.question.readonly)

    def _rebuild(self, count: int) -> None:
        clear_layout(self._flow)
        self.buttons = [self._button() for _ in range(count)]
        for button in self.buttons:
            self._flow.addWidget(button)
            if self.isVisible():
                button.show()

    def _button(self) -> RadioOption | TickOption:
        button = self._make()
        button.setProperty("kind", "option")
        button.number_typed.connect(self._number)
        button.entered.connect(self.passed)
        button.cleared.connect(self._clear)
        return button

    def _label(self, button: QAbstractButton, choice: Choice, number: int) -> None:
        pressed = number <= _FIGURES and len(self._choices) > 1
        button.setText(f"{number} {choice.label}" if pressed else choice.label)
        button.setAccessibleName(f"{self.question.label} {choice.label}")
        button.setToolTip(say("按 {n} 选", "press {n}", n=number) if pressed else "")
        if choice.image and (content := self.context.form.picture(choice.image)):
            pixmap = QPixmap()
            pixmap.loadFromData(content)
            button.setIcon(QIcon(pixmap))
            button.setIconSize(QSize(self.context.scale(_PICTURE), self.context.scale(_PICTURE)))

    def _clear(self) -> None:
        if not self.question.readonly and self.question.value:
            self.edited.emit("")

    def name(self, accessible_name: str) -> None:
        """Each option carries the question's label itself."""

    def label_drop(self) -> float:
        return 6

    def focus_target(self) -> QWidget:
        checked = next((button for button in self.buttons if button.isChecked()), None)
        return checked or (self.buttons[0] if self.buttons else self)


class OneOfEditor(_Options):
    """A figure chooses and goes on; the arrows move; Backspace takes the answer away."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)

    def _make(self) -> RadioOption:
        button = RadioOption()
        self._group.addButton(button)
        return button

    def _clicked(self, button: QAbstractButton) -> None:
        self.edited.emit(self._choices[self._position(button)].value)
        if "quick" in self.question.appearance:
            self.passed.emit()

    def _position(self, button: QAbstractButton) -> int:
        return next(place for place, own in enumerate(self.buttons) if own is button)

    def _number(self, number: int) -> None:
        if number <= len(self.buttons) and not self.question.readonly:
            self.buttons[number - 1].setFocus()
            self.edited.emit(self._choices[number - 1].value)
            self.passed.emit()

    def show_question(self) -> None:
        self._show_choices()
        # An exclusive group never lets the last button go, so exclusiveness rests while nothing is chosen.
        self._group.setExclusive(False)
        for button, choice in zip(self.buttons, self._choices, strict=True):
            button.setChecked(choice.value == self.question.value)
        self._group.setExclusive(True)


class ManyOfEditor(_Options):
    """A figure or Space ticks, the arrows walk from choice to choice, Enter or Tab goes on."""

    def _make(self) -> TickOption:
        button = TickOption()
        button.clicked.connect(self._ticked)
        button.stepped.connect(partial(self._step_from, button))
        return button

    def _step_from(self, button: TickOption, step: int) -> None:
        place = next(place for place, own in enumerate(self.buttons) if own is button) + step
        if 0 <= place < len(self.buttons):
            self.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ticked(self) -> None:
        # In the order of the choices: the same answer is the same text whatever was ticked first.
        pairs = zip(self.buttons, self._choices, strict=True)
        self.edited.emit(" ".join(choice.value for button, choice in pairs if button.isChecked()))

    def _number(self, number: int) -> None:
        if number <= len(self.buttons) and not self.question.readonly:
            self.buttons[number - 1].setFocus()
            self.buttons[number - 1].click()

    def show_question(self) -> None:
        self._show_choices()
        chosen = self.question.value.split()
        for button, choice in zip(self.buttons, self._choices, strict=True):
            button.setChecked(choice.value in chosen)

    def focus_target(self) -> QWidget:
        return self.buttons[0] if self.buttons else self
