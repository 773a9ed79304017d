"""A sentence beside fields: what went wrong with them, with code and remedy. Light enough for the unlock window."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fieldapp.common.errors import KnownError
from fieldapp.ui.palette import Tone, tone_colours
from fieldapp.ui.text import error_remedy, error_sentence
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import label

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
        self.hide()

    @property
    def message(self) -> str:
        """What is said now; empty when hidden."""
        return "" if self.isHidden() else self._sentence.text()

    def show_error(self, error: KnownError) -> None:
        """Say what happened and what helps."""
        self._tell(error_sentence(error), f"{error_remedy(error)}（{error.code}）", "attention")

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
        self.show()
