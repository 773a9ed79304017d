"""Answers by position: a number on a scale, choices in order of weight."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor, mark_wrong
from fieldapp.ui.pages.form.editors.lines import Line
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.typed_answers import read_number
from fieldapp.ui.widgets.controls import button
from fieldapp.ui.widgets.fields import Slider
from fieldapp.xform import QuestionView

__all__ = ["RangeEditor", "RankEditor"]

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RangeEditor(Editor):
    """A slider with the number beside it. Without an answer the slider stands at the start and the number is empty."""

    is_typed = True

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._start = _number(question.parameters.get("start"), Decimal(1))
        self._step = abs(_number(question.parameters.get("step"), Decimal(1))) or Decimal(1)
        end = _number(question.parameters.get("end"), Decimal(10))
        self._down = end < self._start
        self.slider = Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, int(abs(end - self._start) / self._step))
        self.slider.setFixedWidth(context.scale(240))
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.line = Line()
        self.line.setFixedWidth(context.scale(80))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.line, QLabel(f"{self._start}"), self.slider, QLabel(f"{end}")):
            row.addWidget(widget)
        row.addStretch(1)
        self.slider.valueChanged.connect(self._slid)
        self.line.textEdited.connect(lambda text: self.edited.emit(read_number(text)))
        self.line.returnPressed.connect(self.passed)
        self.line.editingFinished.connect(self.left)

    def _slid(self, place: int) -> None:
        value = self._start + (-self._step if self._down else self._step) * place
        text = f"{value.normalize():f}"
        self.line.setText(text)
        self.edited.emit(text)

    def show_question(self) -> None:
        value = self.question.value
        if read_number(self.line.text()) != value:
            self.line.setText(value)
        place = int(abs(_number(value, self._start) - self._start) / self._step)
        self.slider.blockSignals(True)
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        self.slider.setEnabled(not self.question.readonly)
        self.line.setReadOnly(self.question.readonly)

    def name(self, accessible_name: str) -> None:
        self.line.setAccessibleName(accessible_name)
        self.slider.setAccessibleName(accessible_name)

    def focus_target(self) -> QWidget:
        return self.line

    def show_wrong(self, wrong: bool) -> None:
        mark_wrong(self.line, wrong)


class _OrderList(QListWidget):
    """A list whose line moves with Alt and an arrow; Enter goes on."""

    moved = Signal(int)
    entered_key = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered_key.emit()
        else:
            super().keyPressEvent(event)


class RankEditor(Editor):
    """Choices in the order that a person gives them; nothing is answered until something is moved or confirmed."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.list = _OrderList()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setProperty("part", "order")
        self.list.setMaximumWidth(context.scale(360))
        self.list.setToolTip(say("Alt+↑ Alt+↓ 移动", "Alt+Up, Alt+Down move"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list)
        self._buttons = (
            button(say("上移", "Up"), lambda: self._move(-1), kind="quiet"),
            button(say("下移", "Down"), lambda: self._move(1), kind="quiet"),
            button(say("就按这个顺序", "Keep this order"), self._confirm, kind="quiet"),
        )
        for made in self._buttons:
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.list.moved.connect(self._move)
        self.list.entered_key.connect(self._entered)

    def order(self) -> list[str]:
        """Return the codes as they stand now."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in items]

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if self.question.readonly or not 0 <= row + step < self.list.count() or row < 0:
            return
        self.list.insertItem(row + step, self.list.takeItem(row))
        self.list.setCurrentRow(row + step)
        self._confirm()

    def _confirm(self) -> None:
        self.edited.emit(" ".join(self.order()))

    def _entered(self) -> None:
        if not self.question.value:
            self._confirm()
        self.passed.emit()

    def show_question(self) -> None:
        chosen = self.question.value.split()
        labels = {choice.value: choice.label for choice in self.question.choices}
        wanted = [code for code in chosen if code in labels] + [code for code in labels if code not in chosen]
        if wanted != self.order() or [self.list.item(r).text() for r in range(self.list.count())] != [
            labels[code] for code in wanted
        ]:
            self._fill(wanted, labels)
        for made in self._buttons:
            made.setEnabled(not self.question.readonly)

    def _fill(self, wanted: list[str], labels: dict[str, str]) -> None:
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        for code in wanted:
            item = QListWidgetItem(labels[code], self.list)
            item.setData(Qt.ItemDataRole.UserRole, code)
        self.list.setCurrentRow(row)
        line = self.list.sizeHintForRow(0) if wanted else 0
        self.list.setFixedHeight(line * min(len(wanted), 8) + 2 * self.list.frameWidth() + 2)

    def focus_target(self) -> QWidget:
        return self.list

    def tab_widgets(self) -> list[QWidget]:
        return [self.list, *self._buttons]

    def sits_beside_text(self) -> bool:
        return False


def _number(text: str | None, otherwise: Decimal) -> Decimal:
    try:
        return Decimal(text) if text else otherwise
    except InvalidOperation:
        return otherwise
