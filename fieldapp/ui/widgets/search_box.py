"""The one search box. Ctrl+K comes here from anywhere; what it finds is shown below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.ui.icons import icon
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import key_tip

__all__ = ["SearchBox"]

_PAGE = 6
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QLineEdit):
    """``typed`` carries the text after each key. While results are open (``results``) the arrows move in them, Enter opens
    one and Esc closes them; otherwise Esc empties the box and ↓ or Enter go on (``went_on``).
    """

    typed = Signal(str)
    wanted = Signal()  # Ctrl+K
    moved = Signal(int)
    chosen = Signal()
    closed = Signal()
    went_on = Signal()
    left = Signal()  # the keyboard went elsewhere

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.results = False
        self.setAccessibleName(say("搜索", "Search"))
        self.setPlaceholderText(
            say(
                "搜索：姓名、拼音、证件后4位、村、问题、页面…",
                "Search: name, pinyin, last 4 of ID, village, problem, page…",
            )
        )
        self.setToolTip(
            key_tip(
                say(
                    "搜索农户、成员、走访、问题、待办、干部、村、表单和操作",
                    "Search households, members, visits, problems, tasks, cadres, villages, forms and acts",
                ),
                "Ctrl+K",
            )
        )
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(px(180))
        self.setMaximumWidth(px(380))
        self.addAction(
            QAction(icon("search", COLOURS.ink_faint), "", self), QLineEdit.ActionPosition.LeadingPosition
        )
        self.textChanged.connect(self.typed)
        shortcut = QShortcut(QKeySequence("Ctrl+K"), window)
        shortcut.activated.connect(self.wanted)

    def take_focus(self) -> None:
        """Be ready for a new search."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the results first, then for the box."""
        key = event.key()
        if self.results and key in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(key)])
        elif self.results and key in _ENTER:
            self.chosen.emit()
        elif key == Qt.Key.Key_Escape:
            if self.results or not self.text():
                self.closed.emit()
            else:
                self.clear()
        elif key == Qt.Key.Key_Down or key in _ENTER:
            self.went_on.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
