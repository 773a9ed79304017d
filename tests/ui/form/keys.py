"""Typing as a person does: every key goes to whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

__all__ = ["Typist"]

_NAMES = {
    "Enter": Qt.Key.Key_Return, "Tab": Qt.Key.Key_Tab, "Back": Qt.Key.Key_Backspace, "Space": Qt.Key.Key_Space,
    "Up": Qt.Key.Key_Up, "Down": Qt.Key.Key_Down, "Left": Qt.Key.Key_Left, "Right": Qt.Key.Key_Right,
    "Delete": Qt.Key.Key_Delete, "F2": Qt.Key.Key_F2, "F4": Qt.Key.Key_F4, "F6": Qt.Key.Key_F6,
    "F7": Qt.Key.Key_F7, "F8": Qt.Key.Key_F8, "F11": Qt.Key.Key_F11, "PgDown": Qt.Key.Key_PageDown, "PgUp": Qt.Key.Key_PageUp,
    "Home": Qt.Key.Key_Home, "Esc": Qt.Key.Key_Escape,
}  # fmt: skip
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


class Typist:
    """Counts the keys, so that a test can say how long a visit takes to type in."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.keys = 0

    @property
    def focused(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._window

    def type(self, text: str) -> None:
        """Type plain text, a key a character."""
        for character in text:
            if character.isascii():
                QTest.keyClicks(self.focused, character)
            else:
                # What an input method would hand over: a key without a code, with its text.
                none = Qt.KeyboardModifier.NoModifier
                QApplication.sendEvent(self.focused, QKeyEvent(QEvent.Type.KeyPress, 0, none, character))
            QApplication.processEvents()
            self.keys += 1

    def press(self, *names: str) -> None:
        """Press keys one after the other: ``Tab``, ``Ctrl+D``, ``F8``."""
        for name in names:
            *held, key = name.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for each in held:
                modifiers |= _HELD[each]
            code = _NAMES.get(key, Qt.Key(ord(key[0])) if len(key) == 1 else Qt.Key.Key_unknown)
            QTest.keyClick(self.focused, code, modifiers)
            QApplication.processEvents()
            self.keys += 1
