"""The button 填表 of a household: the forms that fit, by group, looked up when the menu is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fieldapp.common.errors import KnownError
from fieldapp.ui.text import choose, say
from fieldapp.ui.widgets.controls import button

if TYPE_CHECKING:
    from fieldapp.services.filled_forms import FormChoice
    from fieldapp.ui.contract import FormsPort

__all__ = ["FormMenu"]


class FormMenu(QMenu):
    """``form_asked`` carries household and form, ``draft_asked`` a draft that waits, ``blank_asked`` the household whose
    forms are to be printed blank, ``slip_asked`` the one at whose door a note is left.
    """

    form_asked = Signal(str, str)
    draft_asked = Signal(str)
    blank_asked = Signal(str)
    slip_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, forms: FormsPort, parent: QWidget) -> None:
        super().__init__(parent)
        self._forms = forms
        self.household_id = ""
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def button(self) -> QPushButton:
        """Return the button that opens the menu."""
        made = button(
            say("填表", "Forms"),
            tip=say(
                "这户可以填的表：采集、核查、收入、帮扶、监测、问题", "The forms that fit this household"
            ),
        )
        made.setMenu(self)
        return made

    def fill(self) -> None:
        """Look up which forms fit and show them, each group under its name."""
        self.clear()
        try:
            choices = self._forms.forms_for(self.household_id)
        except KnownError as error:
            self.failed.emit(error)
            return
        if not choices:
            empty = self.addAction(say("县里还没有发布表单，先同步一次", "No forms yet: sync first"))
            empty.setEnabled(False)
            return
        for group in dict.fromkeys(choice.group for choice in choices):
            self.addSeparator()
            self.addAction(choose(*group)).setEnabled(False)  # a section's own text is not drawn by the style
            for choice in choices:
                if choice.group == group:
                    self.addAction(self._action(choice))
        self.addSeparator()
        blank = self.addAction(say("打印空白表…", "Print a blank form…"))
        blank.setToolTip(
            say("打出来手写，回来按同样的先后录入", "Written by hand, typed in later in the same order")
        )
        blank.triggered.connect(lambda _=False: self.blank_asked.emit(self.household_id))
        slip = self.addAction(say("打印未遇联系单…", "Print a note for the door…"))
        slip.setToolTip(say("没见到人时留在门上，请家里回电话", "Left at the door when nobody is home"))
        slip.triggered.connect(lambda _=False: self.slip_asked.emit(self.household_id))

    def _action(self, choice: FormChoice) -> QAction:
        waits = say("（有草稿，接着填）", " (draft waits)") if choice.draft_id else ""
        action = QAction(choice.title + waits, self)
        action.setToolTip(choose(*choice.why))
        action.triggered.connect(lambda _=False: self._ask(choice))
        return action

    def _ask(self, choice: FormChoice) -> None:
        if choice.draft_id:
            self.draft_asked.emit(choice.draft_id)
        else:
            self.form_asked.emit(self.household_id, choice.form_id)
