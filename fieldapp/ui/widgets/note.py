"""A sentence beside fields: what went wrong with them, with code and remedy. Light enough for the unlock window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fieldapp.ui.palette import Tone, tone_colours
from fieldapp.ui.text import error_remedy, error_sentence
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button, label

if TYPE_CHECKING:
    from fieldapp.common.errors import KnownError

__all__ = ["InlineNote"]


class InlineNote(QFrame):
    """Hidden until told something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self._sentence = label(wrap=True)
        self._remedy = label(ink="soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(2))
        column.addWidget(self._sentence)
        column.addWidget(self._remedy)
        self._act = button("", self._do)
        self._acting: Callable[[], None] | None = None
        column.addWidget(self._act)
        self.hide()

    @property
    def message(self) -> str:
        """What is said now; empty when hidden."""
        return "" if self.isHidden() else self._sentence.text()

    def show_error(self, error: KnownError, act: tuple[str, Callable[[], None]] | None = None) -> None:
        """Say what happened and what helps; ``act`` is a choice that only the person can make."""
        self._tell(error_sentence(error), f"{error_remedy(error)}（{error.code}）", "attention")
        if act is not None:
            self._act.setText(act[0])
            self._act.setAccessibleName(act[0])
            self._acting = act[1]
            self._act.show()

    def show_sentence(self, sentence: str) -> None:
        """Say something that is no error."""
        self._tell(sentence, "", "accent")

    def _tell(self, sentence: str, remedy: str, tone: Tone) -> None:
        _, ground = tone_colours(tone)
        self.setStyleSheet(f"QFrame#note {{ background: {ground}; border-radius: {px(6)}px; }}")
        self._sentence.setText(sentence)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setAccessibleName(f"{sentence} {remedy}".strip())
        self._act.hide()
        self.show()

    def _do(self) -> None:
        if self._acting is not None:
            self._acting()
