"""Tables 表格: what goes to Excel and comes back, in tabs; each tab is a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui.pages.page import Page, TabPage
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button

__all__ = ["TablesPage"]


class TablesPage(TabPage):
    """Alt+1, Alt+2 … go to a tab."""

    tab_shown = Signal(str)

    def __init__(
        self,
        tabs: Sequence[tuple[str, str]],
        make: Callable[[str], Page],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._made: dict[str, Page] = {}
        self._titles = dict(tabs)
        self.tab_key = tabs[0][0]
        self._stack = QStackedWidget()
        self._bar = QButtonGroup(self)
        self._bar.setExclusive(True)
        self._buttons = {}
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(4), px(20), 0)
        row.setSpacing(px(6))
        for number, (key, title) in enumerate(tabs, start=1):
            made = button(title, kind="chip", shortcut=f"Alt+{number}")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, chosen=key: self.show_tab(chosen))
            self._bar.addButton(made)
            self._buttons[key] = made
            row.addWidget(made)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def title(self) -> str:
        return say("表格", "Tables")

    def subtitle(self) -> str:
        made = self._made.get(self.tab_key)
        return (made.subtitle() if made else "") or self._titles[self.tab_key]

    def entered(self) -> None:
        self.show_tab(self.tab_key)

    def tab(self, key: str) -> Page:
        """Return a tab, made when first wanted. Raises KeyError for an unknown key."""
        if key not in self._made:
            made = self._make(key)
            made.failed.connect(self.failed)
            made.noticed.connect(self.noticed)
            if isinstance(made, TabPage):
                made.household_opened.connect(self.household_opened)
            made.title_changed.connect(self.title_changed)
            self._stack.addWidget(made)
            self._made[key] = made
        return self._made[key]

    def show_tab(self, key: str) -> None:
        """Show a tab and let it look everything up anew."""
        made = self.tab(key)
        self.tab_key = key
        self._buttons[key].setChecked(True)
        self._stack.setCurrentWidget(made)
        made.entered()
        self.title_changed.emit()
        self.tab_shown.emit(key)
