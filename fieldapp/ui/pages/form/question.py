"""A question on the page: label, editor, what is wrong, hint, and the value before with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors import Editor, editor_for
from fieldapp.ui.pages.form.notes import NotesBlock
from fieldapp.ui.pages.form.showing import is_shown, say_or_hide, show_if
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form_markdown import is_styled, rich_text
from fieldapp.ui.widgets.controls import button
from fieldapp.xform import QuestionView

__all__ = ["Arrangement", "QuestionRow"]

_LABEL_UNITS, _NARROWER_LABEL_UNITS = 150, 122
_FIELD_UNITS, _ASIDE_UNITS = 440, 210
_ANY_WIDTH, _REST, _NOTES_LINE = 16_777_215, 3, 5


class Arrangement(Enum):
    """How a row uses its width: all beside each other, the value before below, all below each other, or no wider than it is."""

    WIDE = "wide"
    MEDIUM = "medium"
    NARROW = "narrow"
    INLINE = "inline"


class QuestionRow(QWidget):
    """Follows one question of the session."""

    passed = Signal(object)  # this row: the person is done with it

    def __init__(
        self, question: QuestionView, context: FormContext, arrangement: Arrangement, parent: QWidget
    ) -> None:
        # With its parent from the start: a widget that is shown without one would be a window for a moment.
        super().__init__(parent)
        self.question = question
        self._context = context
        self._form = context.form
        self._label = _text("question")
        self._wrong = _text("error")
        self._hint = _text("hint")
        self._before: _Before | None = None
        self._notes: NotesBlock | None = None
        self.editor: Editor | None = self._make_editor() if question.kind != "note" else None
        self._calm = False
        self._here = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(context.scale(10), context.scale(5), 0, context.scale(5))
        self._grid.setHorizontalSpacing(context.scale(14))
        self._grid.setVerticalSpacing(context.scale(3))
        self._lay_out(arrangement)
        self.refresh()

    def _make_editor(self) -> Editor:
        editor = editor_for(self.question, self._context)
        editor.edited.connect(self._edited)
        editor.passed.connect(lambda: self.passed.emit(self))
        editor.left.connect(self._left)
        editor.name(self.question.label)
        return editor

    # Laying out

    def arrange(self, arrangement: Arrangement) -> None:
        """Use the width there is."""
        self._lay_out(arrangement)
        if self.editor is not None and self.question.relevant:
            self._show_before()

    def _lay_out(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        while self._grid.takeAt(0) is not None:
            pass
        if self.editor is None:
            self._grid.addWidget(self._label, 0, 0, 1, -1)
            self._grid.addWidget(self._hint, 1, 0, 1, -1)
            return
        inline = arrangement is Arrangement.INLINE
        narrow = arrangement is Arrangement.NARROW
        row, column = (1, 0) if narrow else (0, 1)
        drop = 0 if narrow else self._context.scale(self.editor.label_drop())
        self._label.setContentsMargins(0, drop, 0, 0)
        self._label.setWordWrap(self._is_long(self._label.text()))
        units = _LABEL_UNITS if arrangement is Arrangement.WIDE else _NARROWER_LABEL_UNITS
        self._label.setFixedWidth(_ANY_WIDTH if narrow or inline else self._context.scale(units))
        if narrow or inline:
            self._label.setMinimumWidth(0)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag(0) if narrow else top)
        self._grid.addWidget(self.editor, row, column, 1, -1)
        self._grid.addWidget(self._wrong, row + 1, column, 1, -1)
        self._grid.addWidget(self._hint, row + 2, column, 1, -1)
        self._grid.setColumnStretch(0, 1 if narrow else 0)
        self._grid.setColumnStretch(1, 0)
        # The last column has nothing in it and takes what is left, so that all fields begin at the same place.
        self._grid.setColumnStretch(_REST, 0 if narrow else 1)
        self._place_before()
        self._place_notes()

    def _place_notes(self) -> None:
        if self._notes is not None:
            column = 0 if self._arrangement is Arrangement.NARROW or self.editor is None else 1
            self._grid.addWidget(self._notes, _NOTES_LINE, column, 1, -1)

    def _place_before(self) -> None:
        if self._before is None or self.editor is None:
            return
        column = 0 if self._arrangement is Arrangement.NARROW else 1
        if self._arrangement is Arrangement.WIDE and self.editor.sits_beside_text():
            # The value before stands at the same place for all questions, right behind the fields.
            self._grid.removeWidget(self.editor)
            self._grid.addWidget(self.editor, 0, 1)
            self.editor.setFixedWidth(self._context.scale(_FIELD_UNITS))
            self._before.setFixedWidth(self._context.scale(_ASIDE_UNITS))
            self._before.setContentsMargins(0, self._context.scale(self.editor.label_drop() - 1), 0, 0)
            self._grid.addWidget(self._before, 0, 2, Qt.AlignmentFlag.AlignTop)
        else:
            for widget in (self._before, self.editor):
                widget.setMinimumWidth(0)
                widget.setMaximumWidth(_ANY_WIDTH)
            self._before.setContentsMargins(0, 0, 0, 0)
            self._grid.addWidget(self._before, 4, column, 1, -1)

    # Following the session

    @property
    def ref(self) -> str:
        return self.question.ref

    def bind(self, question: QuestionView) -> None:
        """Follow another question of the same definition."""
        self.question = question
        self._calm = False
        if self.editor is not None:
            self.editor.bind(question)
        self.refresh()

    def refresh(self) -> None:
        """Show what the session says now."""
        question = self.question
        if not self._form.is_visible(question):
            show_if(self, False)
            return
        self._show_label()
        inline = self._arrangement is Arrangement.INLINE
        say_or_hide(self._hint, "" if inline or self._form.read_only else question.hint)
        if inline and self.editor is not None:
            self.editor.suggest(question.hint)
        if self.editor is not None:
            self.editor.show_question()
            self.editor.name(question.label)
            self._show_wrong()
            self._show_before()
        self._show_notes()
        show_if(self, True)

    def _show_label(self) -> None:
        text = self.question.label
        if self.question.required and not self._form.read_only:
            text += " *"
        if self._label.text() == text:
            return
        styled = is_styled(text.removesuffix(" *"))
        self._label.setWordWrap(self._is_long(text))
        self._label.setTextFormat(Qt.TextFormat.RichText if styled else Qt.TextFormat.PlainText)
        self._label.setText(
            rich_text(text.removesuffix(" *")) + text[len(text.removesuffix(" *")) :] if styled else text
        )

    def _is_long(self, text: str) -> bool:
        """Tell whether a label needs more than its line. A text that may wrap is laid out many times slower."""
        if self._arrangement is Arrangement.INLINE:
            return False
        if self.editor is None or self._arrangement is Arrangement.NARROW:
            return True
        units = _LABEL_UNITS if self._arrangement is Arrangement.WIDE else _NARROWER_LABEL_UNITS
        return "\n" in text or self.fontMetrics().horizontalAdvance(text) > 0.9 * self._context.scale(units)

    def _show_wrong(self) -> None:
        violation = self._form.violation(self.question)
        shown = violation is not None and not self._calm
        say_or_hide(
            self._wrong,
            f"✕ {violation.message or _plain_reason(violation.kind)}" if shown and violation else "",
        )
        if self.editor is not None:
            self.editor.show_wrong(shown)

    def _show_before(self) -> None:
        last = self._form.last_text(self.question)
        changed = bool(last) and self._form.is_changed(self.question)
        # Where there is no room beside the field, only what became of the value is worth a line.
        if not last or (self._arrangement is not Arrangement.WIDE and not changed):
            if self._before is not None:
                show_if(self._before, False)
            return
        if self._before is None:
            self._before = _Before(self._context, lambda: self._form.restore_last(self.question))
            self._place_before()
        can_undo = not self._form.read_only and not self.question.readonly
        self._before.tell(last, changed, can_undo, self.question.label)
        show_if(self._before, True)

    def _show_notes(self) -> None:
        if self._notes is not None:
            self._notes.bind(self.question)
        elif not self._form.door_mode and self._form.notes.any_at(self.question.ref):
            self._made_notes().refresh()

    def _made_notes(self) -> NotesBlock:
        if self._notes is None:
            self._notes = NotesBlock(self._context, self.question, self)
            self._notes.done.connect(self.take_focus)
            self._place_notes()
        return self._notes

    # The person's doing

    def write_comment(self) -> None:
        """Open the line for a comment to this question."""
        self._made_notes().write_comment()

    def write_reason(self) -> bool:
        """Open the line for why a doubt at this question is none; False when there is no doubt."""
        return self._made_notes().write_reason()

    def _edited(self, value: str) -> None:
        # Nobody is told off in the middle of a word: what is wrong shows when the typing ends, unless it showed already.
        self._calm = self.editor is not None and self.editor.is_typed and not is_shown(self._wrong)
        self._form.set_answer(self.question.ref, value)
        self._show_wrong()

    def _left(self) -> None:
        self._calm = False
        self._show_wrong()

    def take_focus(self) -> None:
        """Put the keyboard into the question."""
        if self.editor is not None:
            self.editor.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def tab_widgets(self) -> list[QWidget]:
        """Return where Tab stops in here, in order."""
        notes = self._notes.tab_widgets() if self._notes is not None else []
        return [*(self.editor.tab_widgets() if self.editor is not None else []), *notes]

    def mark_here(self, here: bool) -> None:
        """Draw a bar beside the question that the keyboard is in."""
        if here != self._here:
            self._here = here
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._here:
            painter = QPainter(self)
            inset = self._context.scale(5)
            height = self.height() - 2 * inset
            painter.fillRect(0, inset, self._context.scale(3), height, QColor(COLOURS.accent))
            painter.end()

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether the keyboard is in this question."""
        return widget is not None and self.isAncestorOf(widget)


class _Before(QWidget):
    """“上次：…”, and when the answer is another one: 已改, with a way back."""

    def __init__(self, context: FormContext, restore: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self._last = _text("was")
        self._changed = _text("changed")
        self._changed.setText(say("已改", "changed"))
        self._changed.setWordWrap(False)
        self._undo = button(say("改回", "undo"), restore)
        self._undo.setProperty("kind", "link")
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(context.scale(6))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._changed, 0, top)
        row.addWidget(self._last, 0, top)
        row.addWidget(self._undo, 0, top)
        row.addStretch(1)

    def tell(self, last: str, changed: bool, can_undo: bool, label: str) -> None:
        """Say the value before and whether the answer differs."""
        self._last.setText(say("上次：{last}", "was: {last}", last=last))
        show_if(self._changed, changed)
        show_if(self._undo, changed and can_undo)
        self._undo.setAccessibleName(say("{label}改回上次", "{label}: as before", label=label))


def _text(role: str) -> QLabel:
    made = QLabel(wordWrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    made.setProperty("say", role)
    return made


def _plain_reason(kind: str) -> str:
    if kind == "required":
        return say("这一项要填", "This must be answered")
    return say("请再看看这一项", "Please look at this again")
