"""Unlock: who is it, the password. Says nothing about any household. Painted before anything heavy is loaded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.ui.input_method import input_method_hint
from fieldapp.ui.pages.sign_in import SignInForm
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import card, centre_text, label
from fieldapp.ui.widgets.note import InlineNote
from fieldapp.ui.widgets.scroll import PageScroll
from fieldapp.ui.widgets.village_panel import VillagePanel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from fieldapp.common.errors import KnownError
    from fieldapp.ui.pages.enrol import EnrolForm
    from fieldapp.ui.viewmodels.unlock import UnlockViewModel

__all__ = ["UnlockPage"]

_NARROW = 760


class UnlockPage(QWidget):
    """``opened`` carries the workspace and whether its person was just enrolled. The view-model comes after the paint."""

    opened = Signal(object, bool)
    first_painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "ground")
        self.setAccessibleName(say("打开", "Unlock"))
        self._model: UnlockViewModel | None = None
        self._note = InlineNote()
        self._sign_in = SignInForm()
        self._enrol: EnrolForm | None = None
        self._sign_in.submitted.connect(self._unlock)
        self._sign_in.first_painted.connect(self.first_painted)
        self._sign_in.enrol_asked.connect(lambda: self.show_enrolment(cancellable=True))
        self._lay_out()

    @property
    def ready(self) -> bool:
        """Whether the people of this laptop are known."""
        return self._model is not None and bool(self._model.people)

    def connect_model(self, model: UnlockViewModel) -> None:
        """Begin to work: the people of this laptop are looked up now."""
        self._promise.dress()
        self._model = model
        model.people_changed.connect(self._show_people)
        model.failed.connect(self.show_error)
        model.busy_changed.connect(self._show_busy)
        model.opened.connect(self._opened)
        model.load()

    def reload(self) -> None:
        """Be ready for the next person."""
        self._note.hide()
        self._forget()
        if self._model is not None:
            self._model.load()

    def show_error(self, error: KnownError) -> None:
        """Say what went wrong, beside the fields."""
        from fieldapp.ui.viewmodels.unlock import may_be_accepted

        accept = None
        if may_be_accepted(error):
            accept = (
                say("使用这份数据", "Use this data"),
                lambda: self._sign_in.submit(accept_changed=True),
            )
        self._note.show_error(error, accept)
        if not self._sign_in.isHidden():
            self._sign_in.try_again()

    def say_why(self, sentence: str) -> None:
        """Say why one is here (locked after a while)."""
        self._note.show_sentence(sentence)

    def wait_for(self, sentence: str) -> None:
        """Say what is being prepared; nobody can sign in until the people are shown."""
        self._sign_in.set_busy(True)
        self._note.show_sentence(sentence)

    def stop_waiting(self) -> None:
        """Let people sign in again."""
        self._sign_in.set_busy(False)
        self._note.hide()

    def show_enrolment(self, *, cancellable: bool) -> None:
        """Show the form for the county's one-time code."""
        self._note.hide()
        form = self._enrolment()
        form.prepare(cancellable=cancellable)
        self._show_form(form)

    def show_sign_in(self) -> None:
        """Show people and password."""
        self._note.hide()
        self._show_form(self._sign_in)

    def _unlock(self, person_id: str, password: str, accept_changed: bool) -> None:
        if self._model is not None:
            self._model.unlock(person_id, password, accept_changed=accept_changed)

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
        if self._enrol is not None:
            self._enrol.setVisible(form is self._enrol)
        form.take_focus()

    def _enrolment(self) -> EnrolForm:
        if self._enrol is None:
            from fieldapp.ui.pages.enrol import EnrolForm  # rarely wanted

            self._enrol = EnrolForm()
            self._enrol.submitted.connect(self._enrol_person)
            self._enrol.cancelled.connect(self.show_sign_in)
            self._forms.addWidget(self._enrol)
        return self._enrol

    def _show_busy(self, busy: bool) -> None:
        self._sign_in.set_busy(busy)
        if self._enrol is not None:
            self._enrol.set_busy(busy)
        if busy:
            self._note.hide()

    def _opened(self, workspace: object, enrolled: bool) -> None:
        self._forget()
        self.opened.emit(workspace, enrolled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._promise.setVisible(self.width() >= px(_NARROW))

    def _forget(self) -> None:
        self._sign_in.forget()
        if self._enrol is not None:
            self._enrol.forget()

    def _lay_out(self) -> None:
        frame, column = card(margin=24, spacing=14)
        frame.setMaximumWidth(px(430))
        column.addWidget(self._note)
        column.addWidget(self._sign_in)
        self._forms = column
        right = QVBoxLayout()
        right.addStretch(2)
        right.addLayout(_centred(frame))
        right.addSpacing(px(10))
        right.addLayout(_centred(_hint()))
        right.addStretch(3)
        right.setContentsMargins(px(10), px(10), px(10), px(10))
        content = QWidget()
        content.setLayout(right)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._promise = _promise()
        row.addWidget(self._promise, 2)
        row.addWidget(PageScroll(content), 3)


def _hint() -> QWidget:
    text = label(input_method_hint(sys.platform), ink="faint", ratio=0.93, wrap=True)
    text.setMaximumWidth(px(430))
    return centre_text(text)


def _centred(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row


def _promise() -> VillagePanel:
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
