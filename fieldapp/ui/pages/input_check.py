"""Checks whether Chinese can be typed here: a field, what arrived in it, and what to do when nothing Chinese came."""

from __future__ import annotations

import os
import sys
import unicodedata

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fieldapp.ui.input_method import input_method_hint
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import heading, label, line_edit

__all__ = ["InputCheck"]


class InputCheck(QFrame):
    """Type 你好: the line below says whether it works."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(say("检查中文输入", "Check Chinese input"))
        self._field = line_edit(
            say("试打几个汉字", "Type some Chinese"), say("在这里打“你好”", "type 你好 here")
        )
        self._verdict = label(wrap=True, ink="soft")
        self._field.textChanged.connect(self._judge)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(6))
        column.addWidget(heading(say("检查中文输入", "Check Chinese input")))
        column.addWidget(self._field)
        column.addWidget(self._verdict)
        self._judge("")

    @property
    def verdict(self) -> str:
        """What is said about the input now."""
        return self._verdict.text()

    def _judge(self, text: str) -> None:
        if any(unicodedata.category(sign) == "Lo" and ord(sign) > 0x2E00 for sign in text):
            self._verdict.setText(say("✓ 中文输入正常。", "✓ Chinese input works."))
        elif text:
            self._verdict.setText(
                say("现在打出来的是英文。", "That was not Chinese. ") + input_method_hint(sys.platform)
            )
        else:
            self._verdict.setText(
                say(
                    "输入法接口：{name}",
                    "Input interface: {name}",
                    name=os.environ.get("QT_IM_MODULE") or say("系统默认", "system default"),
                )
            )
