"""First use, or a further person: the county's one-time code, its server, and a password of one's own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button, label, line_edit

__all__ = ["EnrolForm"]


class EnrolForm(QWidget):
    """``submitted`` carries code, server address, password and its repetition."""

    submitted = Signal(str, str, str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = line_edit(
            say("登记码", "Enrolment code"), say("县里发的一次性登记码", "the county's one-time code")
        )
        self._server = line_edit(
            say("县里服务器地址", "County server"), say("如 https://zf.example.gov.cn", "https://…")
        )
        self._password = line_edit(
            say("设一个密码", "Choose a password"), say("至少 8 位，自己记得住", "8 or more"), secret=True
        )
        self._again = line_edit(say("再输一遍密码", "Password again"), secret=True)
        self._send = button(say("登记并打开", "Enrol and open"), self._submit, kind="primary")
        self._back = button(
            say("返回", "Back"), self.cancelled.emit, name=say("返回选择使用人", "Back to the people")
        )
        for field in self._fields():
            field.returnPressed.connect(self._submit)
            field.textChanged.connect(self._judge)
        self._lay_out()
        self._judge()

    def prepare(self, *, cancellable: bool) -> None:
        """Be ready; on a laptop without people there is nothing to go back to."""
        self._back.setVisible(cancellable)

    def take_focus(self) -> None:
        """Be ready for the code."""
        self._code.setFocus()

    def forget(self) -> None:
        """Keep nothing that was typed but the server's address."""
        for field in (self._code, self._password, self._again):
            field.clear()

    def set_busy(self, busy: bool) -> None:
        """Say that the county is being asked."""
        self._send.setText(
            say("正在登记，接收农户资料…", "Enrolling…") if busy else say("登记并打开", "Enrol and open")
        )
        for field in self._fields():
            field.setReadOnly(busy)
        self._judge()
        if busy:
            self._send.setEnabled(False)

    def _fields(self) -> tuple[QLineEdit, ...]:
        return (self._code, self._server, self._password, self._again)

    def _judge(self) -> None:
        self._send.setEnabled(all(field.text().strip() for field in self._fields()))

    def _submit(self) -> None:
        if self._send.isEnabled():
            code, server, password, again = (field.text() for field in self._fields())
            self.submitted.emit(code, server, password, again)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(label(say("在这台电脑上登记", "Enrol on this laptop"), ratio=1.25, bold=True))
        column.addWidget(
            label(
                say(
                    "登记码由县里发给你，只能用一次。登记时要连上网络，以后不用网也能打开。",
                    "The county gives you a code that works once. Enrolling needs a network, opening does not.",
                ),
                ink="soft",
                wrap=True,
            )
        )
        column.addSpacing(px(4))
        for field in self._fields():
            word = label(field.accessibleName(), ink="soft")
            word.setBuddy(field)
            column.addWidget(word)
            column.addWidget(field)
        column.addSpacing(px(6))
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._send, 1)
        column.addLayout(row)
        column.addStretch(1)
