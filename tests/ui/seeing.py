"""What a person sees and can press, for the tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from fieldapp.ui.widgets.badge import Badge

__all__ = ["button", "press", "texts", "type_into", "visible"]

W = TypeVar("W", bound=QWidget)


def visible(root: QWidget, kind: type[W]) -> Iterator[W]:
    """Yield the widgets of a kind that can be seen (what was just put into a layout is shown by an event)."""
    QApplication.processEvents()
    return (widget for widget in root.findChildren(kind) if widget.isVisible())


def texts(root: QWidget) -> list[str]:
    """Return every text that can be seen on labels and badges."""
    labels = [label.text() for label in visible(root, QLabel) if label.text()]
    return labels + [badge.text for badge in visible(root, Badge)]


def button(root: QWidget, name: str) -> QAbstractButton:
    """Return the visible button of that accessible name."""
    found = [made for made in visible(root, QAbstractButton) if made.accessibleName() == name]
    assert found, (
        f"no button {name!r}; there are {[m.accessibleName() for m in visible(root, QAbstractButton)]}"
    )
    return found[0]


def press(root: QWidget, name: str) -> None:
    """Click a button by its accessible name."""
    QTest.mouseClick(button(root, name), Qt.MouseButton.LeftButton)


def type_into(field: QWidget, text: str) -> None:
    """Type a text: keys of the keyboard, or characters as an input method commits them."""
    for sign in text:
        if sign.isascii():
            QTest.keyClicks(field, sign)
        else:
            commit = QInputMethodEvent()
            commit.setCommitString(sign)
            QApplication.sendEvent(field, commit)
