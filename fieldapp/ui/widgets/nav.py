"""The dark navigation at the left: pages, then who is here and the lock. Narrow windows keep the icons only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button, label

__all__ = ["Nav", "NavItem"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """A page in the navigation."""

    key: str
    text: str
    icon_name: str
    shortcut: str


class Nav(QFrame):
    """``asked`` carries the key of a page."""

    asked = Signal(str)
    lock_asked = Signal()

    def __init__(
        self, items: Sequence[NavItem], who: str, county: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setAccessibleName(say("导航", "Navigation"))
        self._title = label(say("入户走访", "Home visits"), ratio=1.2)
        self._title.setObjectName("navTitle")
        self._county = label(county, ratio=0.9, wrap=True)
        self._county.setObjectName("navCounty")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._texts: dict[QPushButton, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(14), px(10), px(12))
        column.setSpacing(px(4))
        column.addWidget(self._title)
        column.addWidget(self._county)
        column.addSpacing(px(10))
        for item in items:
            made = button(item.text, kind="nav", icon_name=item.icon_name, shortcut=item.shortcut)
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, key=item.key: self.asked.emit(key))
            self._group.addButton(made)
            self._buttons[item.key] = made
            self._texts[made] = item.text
            column.addWidget(made)
        column.addStretch(1)
        self._who = label(who, ratio=0.93, wrap=True)
        self._who.setObjectName("navCounty")
        column.addWidget(self._who)
        self._lock = button(
            say("锁定 / 换人", "Lock / switch"),
            self.lock_asked.emit,
            kind="nav",
            icon_name="lock",
            shortcut="Ctrl+L",
            tip=say("锁定，或换另一位使用人", "Lock, or let another person in"),
        )
        self._texts[self._lock] = self._lock.text()
        column.addWidget(self._lock)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_narrow(False)

    def mark(self, key: str) -> None:
        """Show which page is open; a page that is not listed leaves the mark where it was."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Keep the words, or the icons only (the words stay as tooltips and accessible names)."""
        for made, text in self._texts.items():
            key = made.shortcut()
            made.setText("" if narrow else text)
            made.setShortcut(key)  # a new text takes the shortcut away
        for word in (self._title, self._county, self._who):
            word.setVisible(not narrow)
        self.setFixedWidth(px(62) if narrow else px(168))

    def minimumSizeHint(self) -> QSize:
        # The words go when it is narrow, so they must not decide how small a window may be.
        return QSize(self.width(), px(230))

    def sizeHint(self) -> QSize:
        return QSize(self.width(), px(400))
