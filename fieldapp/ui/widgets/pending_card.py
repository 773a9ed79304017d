"""What of a household waits for the village clerk, or came back: shown above its facts, which stay as they were."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import heading, label

__all__ = ["PendingCard"]

_SHOWN = 12


class PendingCard(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(say("待信息员确认", "With the village clerk"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(6))
        column.addWidget(heading(say("待信息员确认", "With the village clerk")))
        column.addWidget(
            label(
                say(
                    "下面的变更还不是登记册的内容，信息员确认后才算，也才进待录入清单。",
                    "The register does not say so yet; it will once the clerk has confirmed.",
                ),
                ink="faint",
                ratio=0.93,
                wrap=True,
            )
        )
        self._lines = label(wrap=True)
        column.addWidget(self._lines)
        self.hide()

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show the sentences, the rest of a long list as a number."""
        shown = list(lines[:_SHOWN])
        if len(lines) > _SHOWN:
            shown.append(say("还有 {n} 项。", "{n} more.", n=len(lines) - _SHOWN))
        self._lines.setText("\n".join(shown))
        self.setVisible(bool(lines))
