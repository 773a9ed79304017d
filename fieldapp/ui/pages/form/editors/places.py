"""Places: a point typed or pasted as latitude and longitude; a line or an area as one point a line."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor, mark_wrong
from fieldapp.ui.pages.form.editors.lines import LineEditor
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.typed_answers import read_number
from fieldapp.xform import QuestionView

__all__ = ["PathEditor", "PointEditor", "read_point"]

_BETWEEN = re.compile(r"[\s,;，；、]+")
_SIGN = {"N": 1, "S": -1, "E": 1, "W": -1}


class PointEditor(LineEditor):
    """A point as a phone or a receiver shows it: ``32.0123, 112.1456``, with height and accuracy if they are there."""

    width_units = 320

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.line.setPlaceholderText(say("纬度 经度，如 32.0123 112.1456", "latitude longitude"))

    def read(self, text: str) -> str:
        return read_point(text) or text.strip()


class PathEditor(Editor):
    """The points of a line or an area, one a line."""

    is_typed = True

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._sent = ""
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMaximumWidth(context.scale(420))
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 4 + context.scale(18))
        self.text.setPlaceholderText(say("每行一个点：纬度 经度", "a point a line: latitude longitude"))
        self._stack(self.text)
        self.text.textChanged.connect(self._typed)

    def _typed(self) -> None:
        lines = [line for line in self.text.toPlainText().splitlines() if line.strip()]
        self._sent = ";".join(read_point(line) or line.strip() for line in lines)
        self.edited.emit(self._sent)

    def show_question(self) -> None:
        if self.question.value != self._sent:
            self._sent = self.question.value
            self.text.blockSignals(True)
            self.text.setPlainText("\n".join(part.strip() for part in self._sent.split(";")))
            self.text.blockSignals(False)
        self.text.setReadOnly(self.question.readonly)

    def focus_target(self) -> QWidget:
        return self.text

    def show_wrong(self, wrong: bool) -> None:
        mark_wrong(self.text, wrong)


def read_point(text: str) -> str | None:
    """Return a typed point as a form stores it (latitude longitude height accuracy), or None when it is none."""
    numbers: list[float] = []
    for part in _BETWEEN.split(read_number(text).strip()):
        letter = part[-1:].upper()
        try:
            numbers.append(float(part.rstrip("NSEWnsew°")) * _SIGN.get(letter, 1))
        except ValueError:
            return None
    if len(numbers) not in (2, 3, 4) or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        return None
    return " ".join(f"{number:.8g}" for number in [*numbers, 0.0, 0.0][:4])
