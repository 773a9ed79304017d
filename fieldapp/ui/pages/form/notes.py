"""Below a question: doubts of the checks with a way to say why they are none, and the comment to it. Never a pop-up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldapp.services.draft_findings import DraftFinding
from fieldapp.services.draft_notes import LONGEST_NOTE, Comment
from fieldapp.ui.dates import moment
from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.text import choose, say
from fieldapp.ui.widgets.controls import button
from fieldapp.ui.widgets.flow import clear_layout
from fieldapp.xform import QuestionView

__all__ = ["NotesBlock", "level_word"]

_SAID = {"error": "error", "doubt": "doubt", "hint": "hint"}


def level_word(doubt: DraftFinding) -> str:
    """Return how serious it is, in a word; colour alone says nothing."""
    if doubt.reason:
        return say("已说明", "explained")
    return {"error": say("错误", "Error"), "doubt": say("疑点", "Doubt")}.get(
        doubt.level, say("提示", "Hint")
    )


class NotesBlock(QWidget):
    """Shows what is noted beside one question; made when there is something to show or to write."""

    done = Signal()  # the keyboard goes back to the question

    def __init__(self, context: FormContext, question: QuestionView, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._notes = context.form.notes
        self.question = question
        self._about: DraftFinding | None = None
        self._shown: object = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(context.scale(2))
        self._edit = _NoteEdit(self)
        self._edit.returnPressed.connect(self._take)
        self._edit.given_up.connect(self._close)
        self._edit.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, context.scale(2), 0, 0)
        column.setSpacing(context.scale(3))
        column.addLayout(self._lines)
        column.addWidget(self._edit)

    @property
    def is_writing(self) -> bool:
        return not self._edit.isHidden()

    def bind(self, question: QuestionView) -> None:
        """Follow another question; what was being written beside the former one is kept there."""
        if question.ref != self.question.ref:
            if self.is_writing:
                self._take()
            self.question = question
        self.refresh()

    def refresh(self) -> None:
        """Show what is noted now."""
        form = self._context.form
        doubts = () if form.door_mode else self._notes.doubts(self.question.ref)
        comment = None if form.door_mode else self._notes.comment(self.question.ref)
        if (now := (self.question.ref, doubts, comment)) != self._shown:
            self._shown = now
            clear_layout(self._lines)
            for doubt in doubts:
                self._lines.addWidget(self._doubt_line(doubt))
            if comment is not None:
                self._lines.addWidget(self._comment_line(comment))
        show_if(self, bool(doubts or comment or self.is_writing))

    def write_comment(self) -> None:
        """Open the line for a comment, with what stands there."""
        comment = self._notes.comment(self.question.ref)
        self._open(
            None,
            comment.text if comment else "",
            say(
                "给“{label}”写批注，回车保存，Esc 不改",
                "A comment to “{label}”: Enter keeps it, Esc does not",
                label=self.question.label,
            ),
        )

    def write_reason(self, doubt: DraftFinding | None = None) -> bool:
        """Open the line for the reason why a doubt is none, the first open one by itself; False when there is none."""
        wanted = doubt or next(
            (d for d in self._notes.doubts(self.question.ref) if d.can_be_passed and not d.reason), None
        )
        if wanted is None:
            return False
        self._open(
            wanted,
            wanted.reason,
            say("为什么没有问题？写一句，回车保存", "Why is it right as it is? Enter keeps the reason"),
        )
        return True

    def tab_widgets(self) -> list[QWidget]:
        """Return where Tab stops in here."""
        return [self._edit] if self.is_writing else []

    def _open(self, about: DraftFinding | None, text: str, prompt: str) -> None:
        self._about = about
        self._edit.setText(text)
        self._edit.setPlaceholderText(prompt)
        self._edit.setAccessibleName(prompt)
        show_if(self._edit, True)
        show_if(self, True)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        text, about = self._edit.text(), self._about
        ref = self.question.ref
        self._close()
        if about is not None:
            self._notes.explain(about, text)
        else:
            self._notes.write(ref, text)

    def _close(self) -> None:
        had_keyboard = self._edit.hasFocus()
        show_if(self._edit, False)
        self._edit.clear()
        self._about = None
        self.refresh()
        if had_keyboard:
            self.done.emit()

    def _doubt_line(self, doubt: DraftFinding) -> QWidget:
        word = level_word(doubt)
        said = f"{word}　{choose(doubt.zh, doubt.en)}"
        if doubt.reason:
            said += say("　说明：{reason}", "  Reason: {reason}", reason=doubt.reason)
        acts: list[QPushButton] = []
        if doubt.reason:
            acts.append(_link(say("取消说明", "Reopen"), lambda: self._notes.explain(doubt, "")))
        elif doubt.can_be_passed and not self._context.form.read_only:
            acts.append(
                _link(say("没有问题，说明原因", "It is right: say why"), lambda: self.write_reason(doubt))
            )
        return self._line(said, "passed" if doubt.reason else _SAID[doubt.level], acts)

    def _comment_line(self, comment: Comment) -> QWidget:
        today = self._context.clock.today()
        said = f"✎ {comment.text}　— {comment.author} {moment(comment.at, today)}"
        acts = []
        if not self._context.form.read_only:
            acts.append(_link(say("改批注", "Edit"), self.write_comment))
        return self._line(said, "comment", acts)

    def _line(self, text: str, role: str, acts: list[QPushButton]) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._context.scale(8))
        words = QLabel(text, wordWrap=True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("say", role)
        row.addWidget(words, 1)
        for act in acts:
            row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        return line


class _NoteEdit(QLineEdit):
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_NOTE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)


def _link(text: str, act: Callable[[], object]) -> QPushButton:
    made = button(text, act)
    made.setProperty("kind", "link")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
