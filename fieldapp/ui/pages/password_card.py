"""Changing one's own password."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.settings import SettingsViewModel
from fieldapp.ui.widgets.controls import button, heading, label, line_edit

__all__ = ["PasswordCard"]


class PasswordCard(QFrame):
    """Three fields and a button; the fields are emptied when it worked."""

    def __init__(self, model: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(say("换密码", "Change password"))
        self._model = model
        self._old = line_edit(say("现在的密码", "Present password"), secret=True)
        self._new = line_edit(say("新密码", "New password"), secret=True)
        self._again = line_edit(say("再输一遍新密码", "New password again"), secret=True)
        self._change = button(say("换密码", "Change password"), self._submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(6))
        column.addWidget(heading(say("换密码", "Change password")))
        for field in (self._old, self._new, self._again):
            word = label(field.accessibleName(), ink="soft")
            word.setBuddy(field)
            column.addWidget(word)
            column.addWidget(field)
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self._submit)
        column.addWidget(self._change)
        model.busy_changed.connect(lambda busy: self._change.setEnabled(not busy))
        model.password_changed.connect(self._forget)
        self._judge()

    def _judge(self) -> None:
        self._change.setEnabled(all(f.text() for f in (self._old, self._new, self._again)))

    def _submit(self) -> None:
        if self._change.isEnabled():
            self._model.change_password(self._old.text(), self._new.text(), self._again.text())

    def _forget(self) -> None:
        for field in (self._old, self._new, self._again):
            field.clear()
