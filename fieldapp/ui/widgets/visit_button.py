"""The button that begins a visit: three ways and a copy of the last one, each with its own key."""

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
    """The ways to begin; they work by key while ``scope`` is shown. ``asked`` carries the way, ``copy`` among them."""

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
        copy = QAction(icon("paper"), say("照抄上次走访", "Copy the last visit"), scope)
        copy.setShortcut(QKeySequence("Shift+F2"))
        copy.setToolTip(
            say(
                "带出上次填的内容，逐项核对后再完成（Shift+F2）",
                "Begins with what the last visit said; check each answer (Shift+F2)",
            )
        )
        copy.triggered.connect(lambda _=False: self.asked.emit("copy"))
        scope.addAction(copy)
        self.actions_in_order.append(copy)


def visit_button(actions: VisitActions) -> QPushButton:
    """Return a button with a menu of the ways."""
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
