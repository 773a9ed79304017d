"""The one search box: every key is a question at once. Ctrl+K comes here from anywhere, Esc empties it, ↓ goes to the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.ui.icons import icon
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import key_tip

__all__ = ["SearchBox"]


class SearchBox(QLineEdit):
    """``typed`` carries the text after each key; ``left_downwards`` asks for the list."""

    typed = Signal(str)
    left_downwards = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(say("搜索农户", "Search households"))
        self.setPlaceholderText(
            say(
                "搜索：姓名、拼音首字母、身份证后4位、电话",
                "Search: name, pinyin initials, last 4 of ID, phone",
            )
        )
        self.setToolTip(key_tip(say("搜索农户", "Search households"), "Ctrl+K"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(px(180))
        self.setMaximumWidth(px(380))
        self.addAction(
            QAction(icon("search", COLOURS.ink_faint), "", self), QLineEdit.ActionPosition.LeadingPosition
        )
        self.textChanged.connect(self.typed)
        shortcut = QShortcut(QKeySequence("Ctrl+K"), window)
        shortcut.activated.connect(self.take_focus)

    def take_focus(self) -> None:
        """Be ready for a new search."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties, ↓ and Enter go to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)
