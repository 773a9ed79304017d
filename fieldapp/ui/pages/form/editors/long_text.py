"""Text of several lines. Tab leaves it, since a form is walked through with Tab; it grows with what is written."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor, mark_wrong
from fieldapp.xform import QuestionView

__all__ = ["TextEditor"]

_LEAST_LINES, _MOST_LINES = 2, 8


class _Text(QPlainTextEdit):
    """Tells its editor when the keyboard leaves."""

    def __init__(self, editor: TextEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._editor.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._editor.wanted_height())


class TextEditor(Editor):
    """Two lines at first, up to eight as they are needed; then it scrolls."""

    is_typed = True

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.text = _Text(self)
        self.text.setMaximumWidth(context.scale(620))
        self._stack(self.text)
        self._lines = 0
        self.text.textChanged.connect(self._typed)
        self.text.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def wanted_height(self) -> int:
        """Return the height for the lines there are, in pixels."""
        margins = self.text.contentsMargins()
        frame = 2 * (self.text.frameWidth() + int(self.text.document().documentMargin()))
        around = frame + margins.top() + margins.bottom()
        return self.text.fontMetrics().lineSpacing() * self._lines + around

    def _fit(self) -> None:
        lines = min(max(round(self.text.document().size().height()), _LEAST_LINES), _MOST_LINES)
        if lines != self._lines:
            self._lines = lines
            self.text.setFixedHeight(self.wanted_height())

    def _typed(self) -> None:
        self.edited.emit(self.text.toPlainText())

    def show_question(self) -> None:
        if self.text.toPlainText() != self.question.value:
            self.text.blockSignals(True)
            self.text.setPlainText(self.question.value)
            self.text.blockSignals(False)
        self.text.setReadOnly(self.question.readonly)

    def focus_target(self) -> QWidget:
        return self.text

    def show_wrong(self, wrong: bool) -> None:
        mark_wrong(self.text, wrong)
