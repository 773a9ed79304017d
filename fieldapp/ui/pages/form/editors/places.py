"""Places: a point typed or pasted as latitude and longitude; a line or an area as one point a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken
from fieldapp.ui.pages.form.background import run_for
from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor, mark_wrong
from fieldapp.ui.pages.form.editors.lines import LineEditor
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.typed_answers import read_number
from fieldapp.ui.widgets.controls import button
from fieldapp.xform import QuestionView

if TYPE_CHECKING:
    from fieldapp.services.positions import Position

__all__ = ["PathEditor", "PointEditor", "read_point"]

_BETWEEN = re.compile(r"[\s,;，；、]+")
_SIGN = {"N": 1, "S": -1, "E": 1, "W": -1}


class PointEditor(LineEditor):
    """A point as a phone or a receiver shows it: ``32.0123, 112.1456``, with height and accuracy if they are there."""

    width_units = 320

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.line.setPlaceholderText(say("纬度 经度，如 32.0123 112.1456", "latitude longitude"))
        self._cancel: CancelToken | None = None

    def _lay_out(self) -> None:
        self.ask = button("", self._ask_receiver, kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.ask)
        row.addStretch(1)
        self._offer(say("从定位设备取", "From a receiver"))

    def show_question(self) -> None:
        super().show_question()
        show_if(self.ask, not self.question.readonly)

    def tab_widgets(self) -> list[QWidget]:
        return [self.line, self.ask]

    def _ask_receiver(self) -> None:
        """Ask the receiver in the background; the same button stops it."""
        if self._cancel is not None:
            self._cancel.cancel()
            return
        from fieldapp.services.positions import read_position  # the serial port: only when somebody asks

        self._cancel = cancel = CancelToken()
        self._offer(say("正在定位…点这里停止", "Looking for satellites… press to stop"))
        run_for(
            self, self.context.runner, cancel, lambda: read_position(cancel), self._arrived, self._refused
        )

    def _arrived(self, position: Position) -> None:
        self._end()
        self._write(position.answer())
        self.edited.emit(position.answer())
        self.left.emit()

    def _refused(self, error: Exception) -> None:
        stopped = self._cancel is not None and self._cancel.cancelled
        self._end()
        if not isinstance(error, KnownError):
            raise error
        if not stopped:
            self.context.form.failed.emit(error)

    def _end(self) -> None:
        self._cancel = None
        self._offer(say("从定位设备取", "From a receiver"))

    def _offer(self, text: str) -> None:
        self.ask.setText(text)
        self.ask.setAccessibleName(f"{self.question.label} {text}")

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
