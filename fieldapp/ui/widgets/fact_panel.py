"""Beside the page: how one fact came to be, and a correction with its reason. Nothing modal; Esc closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.register.schema import Code
from fieldapp.ui.text import language, say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.household_facts import Fact
from fieldapp.ui.widgets.controls import button, heading, label, line_edit, rule
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import clear_layout

__all__ = ["FactPanel"]


class FactPanel(QFrame):
    """``corrected`` carries fact, new text and reason."""

    corrected = Signal(object, str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(say("来历与更正", "History and correction"))
        self.setFixedWidth(px(300))
        self._fact: Fact | None = None
        self._title = heading("")
        self._now = label(ratio=1.1, wrap=True)
        self._text = line_edit(say("更正后的值", "Corrected value"))
        self._choice = ComboBox()
        self._choice.setAccessibleName(say("更正后的选项", "Corrected choice"))
        self._reason = line_edit(
            say("更正原因", "Reason"), say("为什么更正，如：录错", "Why, such as: typed wrong")
        )
        self._save = button(say("保存更正", "Save correction"), self._send, kind="primary")
        self._locked = label(ink="soft", wrap=True)
        self._editor = QWidget()
        self._history = QVBoxLayout()
        self._history.setSpacing(px(4))
        self._lay_out()
        self._text.textChanged.connect(self._judge)
        self._reason.textChanged.connect(self._judge)
        self._choice.currentIndexChanged.connect(self._judge)
        self._reason.returnPressed.connect(self._send)
        self.hide()

    def show_fact(self, fact: Fact, choices: Sequence[Code]) -> None:
        """Open for a fact; the history follows by :meth:`show_history`."""
        self._fact = fact
        self._title.setText(fact.label)
        self._now.setText(fact.text or say("还没有登记", "not recorded"))
        self._text.setVisible(not choices)
        self._choice.setVisible(bool(choices))
        self._choice.clear()
        for code in choices:
            self._choice.addItem(code.zh if language() == "zh" else code.en, code.code)
        self._choice.setCurrentIndex(self._choice.findData(fact.raw))
        self._text.setText(fact.raw if not choices else "")
        self._reason.clear()
        self._editor.setVisible(fact.writable)
        self._locked.setVisible(not fact.writable)
        clear_layout(self._history)
        self.show()
        (self._choice if choices else self._text).setFocus(Qt.FocusReason.OtherFocusReason)
        self._judge()

    def show_history(self, lines: Sequence[str]) -> None:
        """List how the fact came to be, newest first."""
        clear_layout(self._history)
        if not lines:
            self._history.addWidget(label(say("没有更早的记录。", "No earlier record."), ink="faint"))
        for line in lines:
            self._history.addWidget(label(line, ink="soft", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def close_panel(self) -> None:
        """Put the panel away."""
        self.hide()
        self.closed.emit()

    def _new_text(self) -> str:
        if self._choice.isVisibleTo(self):
            return str(self._choice.currentData() or "")
        return self._text.text().strip()

    def _judge(self) -> None:
        fact = self._fact
        changed = fact is not None and self._new_text() != fact.raw
        self._save.setEnabled(changed and bool(self._reason.text().strip()))

    def _send(self) -> None:
        if self._fact is not None and self._save.isEnabled():
            self.corrected.emit(self._fact, self._new_text(), self._reason.text().strip())
            self.close_panel()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(
            button(
                say("关闭", "Close"), self.close_panel, kind="quiet", tip=say("关闭（Esc）", "Close (Esc)")
            )
        )
        column.addLayout(top)
        column.addWidget(self._now)
        editor = QVBoxLayout(self._editor)
        editor.setContentsMargins(0, 0, 0, 0)
        editor.setSpacing(px(6))
        editor.addWidget(rule())
        for title, widget in (
            (say("更正为", "Correct to"), self._text),
            ("", self._choice),
            (say("原因（必填）", "Reason (needed)"), self._reason),
        ):
            if title:
                editor.addWidget(label(title, ink="soft"))
            editor.addWidget(widget)
        editor.addWidget(self._save)
        column.addWidget(self._editor)
        self._locked.setText(
            say(
                "这一项由县里认定，不能在这里改；与实际不符时，在走访里上报线索或问题。",
                "The county decides this; report a lead or problem in a visit if it is wrong.",
            )
        )
        column.addWidget(self._locked)
        column.addWidget(rule())
        column.addWidget(label(say("来历", "History"), ink="soft"))
        column.addLayout(self._history)
        column.addStretch(1)
