"""Showing and hiding parts of a page without work that is not needed.

``QWidget.show`` on a child that was never shown resolves the whole stylesheet for it at once, although the window is
not up yet; left alone, it is shown with its parent. With hundreds of widgets that is most of the time a form takes to open.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

__all__ = ["is_shown", "say_or_hide", "show_if"]


def show_if(widget: QWidget, shown: bool) -> None:
    """Show or hide a child; does nothing when it is so already."""
    decided = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    if shown:
        if decided and widget.isHidden():
            widget.show()
    elif not (decided and widget.isHidden()):
        widget.hide()


def say_or_hide(label: QLabel, text: str) -> None:
    """Show a label with a text, or hide it when there is none."""
    if label.text() != text:
        label.setText(text)
    show_if(label, bool(text))


def is_shown(widget: QWidget) -> bool:
    """Tell whether a child is shown or will be with its parent."""
    return not (widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide))
