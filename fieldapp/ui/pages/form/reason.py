"""Why a draft that was opened again was changed: asked once, in the page, by forms whose audit log wants to know."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button, label, line_edit

__all__ = ["ReasonBar"]


class ReasonBar(QFrame):
    """Hidden until the form wants a reason. ``given`` carries it; an empty one is not taken."""

    given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        question = say("为什么修改这份记录？", "Why was this record changed?")
        self.line = line_edit(question, say("写一句原因，按回车完成", "Say why, then Enter"))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(8), px(14), px(8))
        row.setSpacing(px(10))
        row.addWidget(label(question))
        row.addWidget(self.line, 1)
        row.addWidget(button(say("完成", "Finish"), self._give))
        self.line.returnPressed.connect(self._give)
        self.hide()

    def ask(self) -> None:
        """Show the question and put the keyboard into it."""
        self.show()
        self.line.setFocus()

    def _give(self) -> None:
        if reason := self.line.text().strip():
            self.hide()
            self.given.emit(reason)
