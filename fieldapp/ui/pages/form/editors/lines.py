"""Answers of one line: text, numbers, barcodes, secrets. Enter goes on to the next question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor, mark_wrong
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.typed_answers import read_number
from fieldapp.xform import QuestionView

__all__ = ["BarcodeEditor", "LineEditor", "NumberEditor"]

_NUMBER_WIDTH, _TEXT_WIDTH = 190, 440


class Line(QLineEdit):
    """A line that selects its text when the keyboard comes by Tab, Enter or a jump, so that typing replaces."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()


class LineEditor(Editor):
    """Text of one line."""

    is_typed = True

    width_units: float = _TEXT_WIDTH

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._sent = ""
        self.line = self._make_line()
        self.line.setMaximumWidth(context.scale(self.width_units))
        if "masked" in question.appearance:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._lay_out()
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self.passed)
        self.line.editingFinished.connect(self._finished)

    def _make_line(self) -> Line:
        return Line()

    def _lay_out(self) -> None:
        self._stack(self.line)

    def read(self, text: str) -> str:
        """Return the answer that a typed text means."""
        return read_number(text) if "numbers" in self.question.appearance else text

    def _typed(self, text: str) -> None:
        self._sent = self.read(text)
        self.edited.emit(self._sent)

    def _finished(self) -> None:
        self._write(self.question.value)
        self.left.emit()

    def show_question(self) -> None:
        # What is being typed stays as it is typed; it is written in the form's own way when the typing ends.
        if not (self.line.hasFocus() and self._sent == self.question.value):
            self._write(self.question.value)
        self.line.setReadOnly(self.question.readonly)

    def _write(self, value: str) -> None:
        self._sent = value
        if self.line.text() != value:
            self.line.setText(value)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)  # a long name shows its beginning

    def focus_target(self) -> QWidget:
        return self.line

    def suggest(self, hint: str) -> None:
        self.line.setPlaceholderText(hint)

    def show_wrong(self, wrong: bool) -> None:
        mark_wrong(self.line, wrong)


class NumberEditor(LineEditor):
    """A whole or a decimal number. Full-width digits and separators of thousands are understood."""

    width_units = _NUMBER_WIDTH

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def read(self, text: str) -> str:
        return read_number(text)


class BarcodeEditor(LineEditor):
    """A barcode: a scanner types it and ends with Enter; a person can type it too."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.line.setPlaceholderText(say("用扫码枪扫，或手工输入", "Scan, or type it"))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
