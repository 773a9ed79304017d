"""A question on the page: label, editor, hint, the last value, what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fieldapp.common.clock import Clock
from fieldapp.ui.pages.form.editors import Editor, editor_for
from fieldapp.ui.pages.form.pictures import PhotoEditor
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form import FormViewModel
from fieldapp.xform import QuestionView

__all__ = ["QuestionWidget"]


class QuestionWidget(QWidget):
    """Follows one question of the session."""

    focused = Signal(str)

    def __init__(self, question: QuestionView, form: FormViewModel, clock: Clock) -> None:
        super().__init__()
        self.question = question
        self._form = form
        self._label = QLabel(wordWrap=True)
        self._label.setObjectName("questionLabel")
        self._note = QLabel(wordWrap=True)
        self._note.setObjectName("questionNote")
        self._wrong = QLabel(wordWrap=True)
        self._wrong.setObjectName("questionError")
        self._editor = self._make_editor(clock) if question.kind != "note" else None
        self._lay_out()
        self.refresh()

    def _make_editor(self, clock: Clock) -> Editor:
        if self.question.kind == "image":
            photo = PhotoEditor(self.question, self._form.picture)
            photo.attached.connect(lambda name, content: self._form.attach(self.question.ref, name, content))
            editor: Editor = photo
        else:
            editor = editor_for(self.question, clock)
        editor.edited.connect(lambda value: self._form.set_answer(self.question.ref, value))
        return editor

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 6)
        layout.setSpacing(4)
        layout.addWidget(self._label)
        if self._editor is not None:
            layout.addWidget(self._editor)
        layout.addWidget(self._wrong)
        layout.addWidget(self._note)

    @property
    def ref(self) -> str:
        return self.question.ref

    def refresh(self) -> None:
        """Show what the session says now."""
        question = self.question
        self.setVisible(question.relevant)
        if not question.relevant:
            return
        self._label.setText(question.label + ("　*" if question.required else ""))
        if self._editor is not None:
            self._editor.show_question()
            target = self._editor.focus_target()
            target.setAccessibleName(target.accessibleName() or question.label)
        violation = self._form.violation(question)
        self._wrong.setText("✕ " + violation.message if violation else "")
        self._wrong.setVisible(violation is not None)
        note = self._note_text()
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _note_text(self) -> str:
        parts = [self.question.hint]
        if last := self._form.last_value(self.question.ref):
            parts.append(say("上次：{last}", "was: {last}", last=last))
        return "　".join(part for part in parts if part)

    def take_focus(self) -> None:
        """Put the keyboard into the question."""
        if self._editor is not None:
            self._editor.focus_target().setFocus()

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether the keyboard is in this question."""
        return widget is not None and self.isAncestorOf(widget)
