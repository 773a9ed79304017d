"""One of many choices: a line that narrows a list while one types part of the label, the code or pinyin initials."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QStringListModel, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QIcon, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor, mark_wrong
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.choice_search import ChoiceSearch
from fieldapp.xform import Choice, QuestionView

__all__ = ["ChoiceLine", "ListEditor"]

#: A person reads no more lines of a list than this; typing on narrows it.
_MOST = 200
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoiceLine(QLineEdit):
    """The line with its list. ``chosen`` carries a code; an emptied line means no choice."""

    chosen = Signal(str)
    passed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._search: ChoiceSearch | None = None
        self._value = ""
        self._shown: list[int] = []
        self._model = QStringListModel(self)
        self._made_completer: QCompleter | None = None
        self.addAction(_chevron(), QLineEdit.ActionPosition.TrailingPosition).triggered.connect(
            self.open_list
        )
        self.setPlaceholderText(say("打字或拼音首字母查找", "type to search"))
        self.textEdited.connect(self._narrow)

    @property
    def _completer(self) -> QCompleter:
        """The list, made when it is first wanted: a form can have hundreds of these lines."""
        if self._made_completer is None:
            made = QCompleter(self._model, self)
            made.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            made.setWidget(self)
            made.setMaxVisibleItems(10)
            made.popup().setStyleSheet(f"QListView {{ border: 1px solid {COLOURS.line_strong}; }}")
            made.activated.connect(self._taken)
            self._made_completer = made
        return self._made_completer

    def show_choices(self, choices: tuple[Choice, ...], value: str) -> None:
        """Offer these choices, with one of them chosen."""
        if choices != self._choices:
            self._choices, self._search = choices, None
        self._value = value
        if not self.list_is_open():
            self._write()

    def list_is_open(self) -> bool:
        """Tell whether the list is on the screen."""
        return self._made_completer is not None and self._made_completer.popup().isVisible()

    def open_list(self) -> None:
        """Show all choices, the chosen one first in sight."""
        if self.isReadOnly():
            return
        self._show_list("")
        here = next((row for row, at in enumerate(self._shown) if self._choices[at].value == self._value), 0)
        self._mark(here)

    def _narrow(self, typed: str) -> None:
        self._show_list(typed)
        self._mark(0)

    def _show_list(self, typed: str) -> None:
        if self._search is None:
            self._search = ChoiceSearch(self._choices)
        self._shown = self._search.matches(typed, _MOST)
        self._model.setStringList([self._choices[at].label for at in self._shown])
        if self._shown:
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _mark(self, row: int) -> None:
        if row < len(self._shown):
            self._completer.popup().setCurrentIndex(self._completer.completionModel().index(row, 0))

    def _taken(self) -> None:
        row = self._completer.popup().currentIndex().row()
        if 0 <= row < len(self._shown):
            self._choose(self._choices[self._shown[row]].value)

    def _choose(self, value: str) -> None:
        changed = value != self._value
        self._value = value
        self._write()
        if changed:
            self.chosen.emit(value)

    def settle(self) -> None:
        """Make a choice of what is typed: the only one that fits, none for an empty line, else the former one."""
        typed = self.text().strip()
        exact = next((choice.value for choice in self._choices if choice.label == typed), None)
        if exact is not None or not typed:
            self._choose(exact or "")
            return
        if self._search is None:
            self._search = ChoiceSearch(self._choices)
        fitting = self._search.matches(typed, 2)
        self._choose(self._choices[fitting[0]].value if len(fitting) == 1 else self._value)

    def _write(self) -> None:
        label = next((choice.label for choice in self._choices if choice.value == self._value), self._value)
        if self.text() != label:
            self.setText(label)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_open = self.list_is_open()
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if is_open and self._completer.popup().currentIndex().isValid():
                self._taken()
            if is_open:
                self._completer.popup().hide()
            self.settle()
            self.passed.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F4) and not is_open:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.list_is_open() and not self.hasSelectedText():
            self.open_list()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.OtherFocusReason,
        ):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)


class ListEditor(Editor):
    """A question with many choices, or with the appearance ``minimal`` or ``autocomplete``."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.line = ChoiceLine()
        self.line.setMaximumWidth(context.scale(360))
        self._stack(self.line)
        self.line.chosen.connect(self.edited)
        self.line.passed.connect(self.passed)
        self.line.editingFinished.connect(self.left)

    def show_question(self) -> None:
        self.line.show_choices(tuple(self.question.choices), self.question.value)
        self.line.setReadOnly(self.question.readonly)

    def focus_target(self) -> QWidget:
        return self.line

    def show_wrong(self, wrong: bool) -> None:
        mark_wrong(self.line, wrong)


def _chevron() -> QIcon:
    side = px(16)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(COLOURS.ink_soft), max(1.4, side / 10)))
    corners = ((0.28, 0.42), (0.5, 0.64), (0.72, 0.42))
    painter.drawPolyline([QPointF(x * side, y * side) for x, y in corners])
    painter.end()
    return QIcon(pixmap)
