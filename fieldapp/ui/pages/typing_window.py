"""The small window that stays above the browser: one value at a time, one key to copy it and go to the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.typing_list import TypingViewModel, state_text
from fieldapp.ui.widgets.controls import button, label, line_edit

__all__ = ["CLEAR_AFTER_MS", "Clipboard", "TypingWindow"]

#: A value stays in the clipboard for so long; then it is taken out, if it is still the one that was put there.
CLEAR_AFTER_MS = 90_000


class Clipboard(QTimer):
    """Puts values into the clipboard and takes them out again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._put = ""
        self.setSingleShot(True)
        self.setInterval(CLEAR_AFTER_MS)
        self.timeout.connect(self.clear)

    def put(self, text: str) -> None:
        """Copy a value."""
        self._put = text
        QGuiApplication.clipboard().setText(text)
        self.start()

    def clear(self) -> None:
        """Empty the clipboard when it still holds what was put there."""
        self.stop()
        if self._put and QGuiApplication.clipboard().text() == self._put:
            QGuiApplication.clipboard().clear()
        self._put = ""


class TypingWindow(QWidget):
    """Space copies the value; pressed again it marks the line 已录 and copies the next one."""

    def __init__(self, model: TypingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self._model = model
        self.setWindowTitle(say("待录入", "To type"))
        self.setProperty("surface", "card")
        self.clipboard = Clipboard(self)
        self._where = label(ink="soft", wrap=True)
        self._field = label(ratio=1.15, bold=True, wrap=True)
        self._value = label(ratio=1.9, bold=True, wrap=True)
        self._before = label(ink="faint", wrap=True)
        self._rest = label(ink="soft", wrap=True)
        self._next = button(
            say("复制", "Copy"), model.step, kind="primary", name=say("下一项（空格）", "Next (Space)")
        )
        self._back = button(
            say("上一项", "Back"), model.back, tip=say("上一项（退格键）", "Back (Backspace)")
        )
        self._note = line_edit(
            say("系统退回的原因", "What the system said"), say("退回原因（可不填）", "Why (optional)")
        )
        self._reject = button(say("系统退回", "Sent back"), self._sent_back, shortcut="Ctrl+R")
        model.value_copied.connect(self.clipboard.put)
        model.current_changed.connect(self._show_current)
        model.lines_changed.connect(self._show_current)
        self._lay_out()
        self._show_current()
        self._next.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys work wherever in the window one is, except in the note."""
        match event.key():
            case Qt.Key.Key_Space:
                self._model.step()
            case Qt.Key.Key_Backspace:
                self._model.back()
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing in the clipboard."""
        self.clipboard.clear()
        super().closeEvent(event)

    def _sent_back(self) -> None:
        self._model.mark("rejected", self._note.text())
        self._note.clear()
        self._next.setFocus()

    def _show_current(self) -> None:
        line = self._model.current
        for control in (self._next, self._back, self._reject, self._note):
            control.setEnabled(line is not None)
        if line is None:
            self._where.setText("")
            self._field.setText(say("都录完了", "All done"))
            self._value.setText("")
            self._before.setText(
                say("下次导入全国系统导出表时会自动核对。", "The next export will check it.")
            )
            self._rest.setText(self._model.figures())
            return
        self._where.setText(f"{line.place}　{line.head_name}　{line.house_no}")
        subject = f"{line.subject} · " if line.subject else ""
        self._field.setText(f"{line.tab_name} · {subject}{line.label}")
        self._value.setText(line.value or say("（清空）", "(empty)"))
        was = say("系统里现在是：{value}", "There now: {value}", value=line.before or "—")
        state = f"　{state_text(line.state)} {line.note}" if line.state != "waiting" else ""
        self._before.setText(f"{was}{state}")
        rest = len(self._model.lines) - self._model.position - 1
        self._rest.setText(say("后面还有 {n} 条", "{n} more", n=rest))
        self._next.setText(
            say("已录，复制下一项（空格）", "Typed, copy the next (Space)")
            if self._model.copied
            else say("复制（空格）", "Copy (Space)")
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(6))
        for widget in (self._where, self._field, self._value, self._before, self._rest):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._next)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._note, 1)
        row.addWidget(self._reject)
        column.addLayout(row)
        self.resize(px(420), px(300))
