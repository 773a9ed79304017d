"""The people of this laptop and the password of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp.register.roles import role_of
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button, label, line_edit

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from fieldapp.services.laptop import PersonCard

__all__ = ["SignInForm", "role_label"]


def role_label(role: str) -> str:
    """Return the name of a role."""
    known = role_of(role)
    return say(known.zh, known.en)


class SignInForm(QWidget):
    """``submitted`` carries person id, password, and whether data that were put back are taken on."""

    submitted = Signal(str, str, bool)
    enrol_asked = Signal()
    first_painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painted: QTimer | None = None
        self._group = QButtonGroup(self)
        self._people = QVBoxLayout()
        self._people.setSpacing(px(6))
        self._ids: dict[QPushButton, str] = {}
        self._password = line_edit(say("密码", "Password"), secret=True)
        self._password.returnPressed.connect(self.submit)
        self._open = button(say("打开", "Open"), self.submit, kind="primary", tip=say("回车打开", "Enter"))
        self._forgot_text = label(
            say(
                "密码只有你自己知道，程序里没有备份。请联系县里管理员，用县里的恢复钥匙重设；已保存的走访不会丢。",
                "Only you know the password. The county can reset it with its recovery key; saved visits are kept.",
            ),
            ink="soft",
            wrap=True,
        )
        self._forgot_text.hide()
        self._lay_out()
        self.show_people(())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint starts everything that may be heavy. (A window covered by its children is not asked to paint.)"""
        super().paintEvent(event)
        if self._painted is None:
            self._painted = QTimer(self)
            self._painted.setSingleShot(True)
            self._painted.timeout.connect(self.first_painted)
            self._painted.start(0)

    def show_people(self, people: Sequence[PersonCard]) -> None:
        """List the people; the first one is chosen."""
        for made in self._ids:
            self._group.removeButton(made)
            self._people.removeWidget(made)
            made.deleteLater()
        self._ids.clear()
        for person in people:
            made = button(f"{person.name}    {role_label(person.role)}", kind="choice", name=person.name)
            made.setCheckable(True)
            made.clicked.connect(lambda: self._password.setFocus())
            self._group.addButton(made)
            self._people.addWidget(made)
            self._ids[made] = person.id
        if self._ids:
            next(iter(self._ids)).setChecked(True)
        self._open.setEnabled(bool(self._ids))

    def take_focus(self) -> None:
        """Be ready for the password."""
        self._password.setFocus()

    def try_again(self) -> None:
        """Select the password, so that it can be typed again."""
        self._password.selectAll()
        self.take_focus()

    def forget(self) -> None:
        """Keep nothing that was typed."""
        self._password.clear()
        self._forgot_text.hide()

    def set_busy(self, busy: bool) -> None:
        """Say that the vault is being opened."""
        self._open.setText(say("正在打开…", "Opening…") if busy else say("打开", "Open"))
        self._open.setEnabled(not busy and bool(self._ids))
        self._password.setReadOnly(busy)

    def submit(self, *, accept_changed: bool = False) -> None:
        """Try to open with what is chosen and typed."""
        chosen = self._group.checkedButton()
        if isinstance(chosen, QPushButton) and chosen in self._ids and self._password.text():
            self.submitted.emit(self._ids[chosen], self._password.text(), accept_changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(label(say("谁在使用这台电脑？", "Who is using this laptop?"), ratio=1.25, bold=True))
        column.addLayout(self._people)
        column.addSpacing(px(4))
        word = label(say("密码", "Password"), ink="soft")
        word.setBuddy(self._password)
        column.addWidget(word)
        column.addWidget(self._password)
        column.addWidget(self._open)
        links = QHBoxLayout()
        links.addWidget(
            button(
                say("添加使用人…", "Add a person…"),
                self.enrol_asked.emit,
                kind="quiet",
                tip=say("用县里给的登记码，在这台电脑上添加一位使用人", "With the county's code"),
            )
        )
        links.addStretch(1)
        links.addWidget(
            button(
                say("忘了密码？", "Forgot the password?"),
                lambda: self._forgot_text.setVisible(not self._forgot_text.isVisible()),
                kind="quiet",
            )
        )
        column.addLayout(links)
        column.addWidget(self._forgot_text)
        column.addStretch(1)
