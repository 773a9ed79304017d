"""The button that begins a visit: three ways, each with its own key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fieldapp.ui.icons import icon
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.visit_start import VISIT_STARTS, start_label
from fieldapp.ui.widgets.controls import button

__all__ = ["VisitActions", "visit_button"]

_KEYS = {"onsite": ("F2", "door"), "remote": ("F3", "phone"), "paper": ("F4", "paper")}


class VisitActions(QWidget):
    """The three actions; they work by key while ``scope`` is shown. ``asked`` carries the way."""

    asked = Signal(str)

    def __init__(self, scope: QWidget) -> None:
        super().__init__(scope)
        self.hide()
        self.actions_in_order: list[QAction] = []
        for source in VISIT_STARTS:
            key, icon_name = _KEYS[source]
            name, when = start_label(source)
            action = QAction(icon(icon_name), name, scope)
            action.setShortcut(QKeySequence(key))
            action.setToolTip(f"{when}（{key}）")
            action.triggered.connect(lambda _=False, chosen=source: self.asked.emit(chosen))
            scope.addAction(action)
            self.actions_in_order.append(action)


def visit_button(actions: VisitActions) -> QPushButton:
    """Return a button with a menu of the three ways."""
    made = button(
        say("开始走访", "Start visit"),
        kind="primary",
        tip=say(
            "开始走访：现场 F2，电话/微信 F3，据纸质记录补录 F4",
            "Start a visit: at the door F2, phone F3, from paper F4",
        ),
    )
    menu = QMenu(made)
    menu.setToolTipsVisible(True)
    menu.addActions(actions.actions_in_order)
    made.setMenu(menu)
    return made
