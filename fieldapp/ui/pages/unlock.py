"""Unlock: who is it, the password. Says nothing about any household. Painted before anything heavy is loaded."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.common.errors import KnownError
from fieldapp.ui.input_method import input_method_hint
from fieldapp.ui.pages.enrol import EnrolForm
from fieldapp.ui.pages.sign_in import SignInForm
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.unlock import UnlockViewModel
from fieldapp.ui.widgets.controls import card, label
from fieldapp.ui.widgets.note import InlineNote
from fieldapp.ui.widgets.village_panel import VillagePanel

__all__ = ["UnlockPage"]


class UnlockPage(QWidget):
    """``opened`` carries the workspace. The view-model may come later than the first paint."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "ground")
        self.setAccessibleName(say("打开", "Unlock"))
        self._model: UnlockViewModel | None = None
        self._note = InlineNote()
        self._sign_in = SignInForm()
        self._enrol = EnrolForm()
        self._enrol.hide()
        self._sign_in.submitted.connect(self._unlock)
        self._sign_in.enrol_asked.connect(lambda: self.show_enrolment(cancellable=True))
        self._enrol.submitted.connect(self._enrol_person)
        self._enrol.cancelled.connect(self.show_sign_in)
        self._lay_out()

    def connect_model(self, model: UnlockViewModel) -> None:
        """Begin to work: the people of this laptop are looked up now."""
        self._model = model
        model.people_changed.connect(self._show_people)
        model.failed.connect(self.show_error)
        model.busy_changed.connect(self._show_busy)
        model.opened.connect(self._opened)
        model.load()

    def reload(self) -> None:
        """Be ready for the next person."""
        self._note.hide()
        self._sign_in.forget()
        self._enrol.forget()
        if self._model is not None:
            self._model.load()

    def show_error(self, error: KnownError) -> None:
        """Say what went wrong, beside the fields."""
        self._note.show_error(error)
        if not self._sign_in.isHidden():
            self._sign_in.try_again()

    def say_why(self, sentence: str) -> None:
        """Say why one is here (locked after a while)."""
        self._note.show_sentence(sentence)

    def show_enrolment(self, *, cancellable: bool) -> None:
        """Show the form for the county's one-time code."""
        self._note.hide()
        self._enrol.prepare(cancellable=cancellable)
        self._show_form(self._enrol)

    def show_sign_in(self) -> None:
        """Show people and password."""
        self._note.hide()
        self._show_form(self._sign_in)

    def _unlock(self, person_id: str, password: str) -> None:
        if self._model is not None:
            self._model.unlock(person_id, password)

    def _enrol_person(self, code: str, server_url: str, password: str, again: str) -> None:
        if self._model is not None:
            self._model.enrol(code, server_url, password, again)

    def _show_people(self) -> None:
        people = self._model.people if self._model else ()
        self._sign_in.show_people(people)
        if people:
            self._show_form(self._sign_in)
        else:
            self.show_enrolment(cancellable=False)

    def _show_form(self, form: SignInForm | EnrolForm) -> None:
        # Not a stack: the card is as high as the form that is shown.
        self._sign_in.setVisible(form is self._sign_in)
        self._enrol.setVisible(form is self._enrol)
        form.take_focus()

    def _show_busy(self, busy: bool) -> None:
        self._sign_in.set_busy(busy)
        self._enrol.set_busy(busy)
        if busy:
            self._note.hide()

    def _opened(self, workspace: object) -> None:
        self._sign_in.forget()
        self._enrol.forget()
        self.opened.emit(workspace)

    def _lay_out(self) -> None:
        frame, column = card(margin=24, spacing=14)
        frame.setFixedWidth(px(430))
        column.addWidget(self._note)
        column.addWidget(self._sign_in)
        column.addWidget(self._enrol)
        right = QVBoxLayout()
        right.addStretch(2)
        right.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        right.addSpacing(px(10))
        right.addLayout(_hint())
        right.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_promise(), 2)
        row.addLayout(right, 3)


def _hint() -> QHBoxLayout:
    text = label(input_method_hint(sys.platform), ink="faint", ratio=0.93, wrap=True)
    text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    text.setFixedWidth(px(430))
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(text)
    row.addStretch(1)
    return row


def _promise() -> QWidget:
    panel = VillagePanel()
    column = QVBoxLayout(panel)
    column.setContentsMargins(px(40), px(40), px(32), px(32))
    column.setSpacing(px(12))
    column.addStretch(2)
    column.addWidget(label(say("入户走访", "Home visits"), ratio=2.0, bold=True))
    column.addWidget(
        label(
            say("没有网络也能用。\n填一次，台账、走访记录、一户一档都有了。", "Works without a network."),
            ratio=1.1,
            wrap=True,
        )
    )
    column.addStretch(3)
    column.addWidget(
        label(
            say("农户资料在本机加密保存，只有输入密码才能打开。", "Everything is encrypted on this laptop."),
            ratio=0.93,
            wrap=True,
        )
    )
    return panel
