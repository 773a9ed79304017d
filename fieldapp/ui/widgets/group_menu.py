"""The filter 人群分类: groups of the county's policy under their axes, each with its households and persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fieldapp.ui.text import choose, say
from fieldapp.ui.widgets.controls import button

if TYPE_CHECKING:
    from fieldapp.services.worklist import GroupAxisCount

__all__ = ["GroupMenu"]


class GroupMenu(QMenu):
    """Space turns a group on or off and the menu stays open; Enter does so and closes it."""

    toggled = Signal(str)
    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._titles: dict[str, str] = {}
        self._chosen: frozenset[str] = frozenset()
        self._button: QPushButton | None = None
        self.setAccessibleName(say("人群分类", "Groups"))
        self.aboutToShow.connect(self._begin)

    def button(self) -> QPushButton:
        """Return the button that opens the menu; it names what is chosen."""
        made = self._button = button(
            say("人群分类", "Groups"),
            kind="chip",
            shortcut="Alt+G",
            tip=say(
                "低收入人口、易地搬迁、住房重点对象、深度困难……各算各的，不相加",
                "Low income, resettlement, housing, hardship: each for itself, never added up",
            ),
        )
        made.setCheckable(True)
        made.clicked.connect(self._drop_down)
        self._name_button()
        return made

    def show_groups(self, axes: Sequence[GroupAxisCount], chosen: frozenset[str]) -> None:
        """Show the groups with their numbers; those chosen are ticked."""
        self._chosen = chosen
        self.clear()
        self._actions.clear()
        if not axes:
            self.addAction(
                say("县里没有设分类，或者还没有农户", "No groups, or no households yet")
            ).setEnabled(False)
        for number, axis in enumerate(axes):
            if number:
                self.addSeparator()
            self.addAction(choose(axis.zh, axis.en)).setEnabled(False)
            for group in axis.groups:
                self._titles[group.name] = choose(group.zh, group.en)
                action = QAction(self)
                action.setText(
                    say(
                        "{name}\t{homes} 户 {people} 人",
                        "{name}\t{homes} households, {people} persons",
                        name=self._titles[group.name],
                        homes=f"{group.households:,}",
                        people=f"{group.persons:,}",
                    )
                )
                action.setCheckable(True)
                action.setChecked(group.name in chosen)
                action.triggered.connect(lambda _=False, name=group.name: self.toggled.emit(name))
                self.addAction(action)
                self._actions[group.name] = action
        self._name_button()

    def mark(self, chosen: frozenset[str]) -> None:
        """Tick what is chosen now."""
        self._chosen = chosen
        for name, action in self._actions.items():
            action.setChecked(name in chosen)
        self._name_button()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses without closing."""
        action = next((one for one in self._actions.values() if one is self.activeAction()), None)
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
            return
        super().keyPressEvent(event)

    def _begin(self) -> None:
        if not self._actions:
            self.addAction(say("正在数……", "Counting…")).setEnabled(False)
        self.opened.emit()

    def _drop_down(self) -> None:
        if self._button is not None:
            self._button.setChecked(bool(self._chosen))
            self.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _name_button(self) -> None:
        if self._button is None:
            return
        names = [self._titles.get(name, name) for name in sorted(self._chosen)]
        if not names:
            text = say("人群分类 ▾", "Groups ▾")
        elif len(names) == 1:
            text = f"{names[0]} ▾"
        else:
            text = say("{name} 等 {n} 类 ▾", "{name} and others: {n} ▾", name=names[0], n=len(names))
        self._button.setText(text)
        self._button.setAccessibleName(text)
        self._button.setChecked(bool(names))
