"""What went wrong or well, said calmly in the page: never a pop-up, never in the way of typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.common.errors import KnownError
from fieldapp.ui.icons import icon, picture
from fieldapp.ui.palette import COLOURS, Tone, tone_colours
from fieldapp.ui.text import error_remedy, error_sentence, say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.controls import button, label

__all__ = ["Act", "Banner"]

Act = tuple[str, Callable[[], None]]


class Banner(QFrame):
    """Hidden until told something. Shows the newest message only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._sign = QLabel()
        self._sentence = label(bold=True, wrap=True)
        self._remedy = label(wrap=True, ink="soft")
        self._code = label(ink="faint", ratio=0.9)
        self._act = button("", kind="quiet")
        self._act.hide()
        self._acting: Callable[[], None] | None = None
        self._held = self._waits = False
        self._act.clicked.connect(self._acted)
        self._close = _close_button(self.hide)
        self._lay_out()
        self.hide()

    @property
    def message(self) -> str:
        """What is said now; empty when hidden."""
        return self._sentence.text() if not self.isHidden() else ""

    def show_error(self, error: KnownError, *, here: bool = False) -> None:
        """Say what happened, its code and the remedy; ``here``: of what the family sees done, so never held."""
        self._tell(error_sentence(error), error_remedy(error), error.code, "attention", "alert")
        self._show(here)

    def show_notice(
        self,
        sentence: str,
        *,
        tone: Tone = "good",
        act: Act | None = None,
        here: bool = False,
    ) -> None:
        """Say what was done; ``act`` offers to take it back or to go on; ``here`` as for an error."""
        self._tell(sentence, "", "", tone, "check" if tone == "good" else "info")
        if act is not None:
            self._act.setText(act[0])
            self._act.setAccessibleName(act[0])
            self._acting = act[1]
            self._act.show()
        self._show(here)

    def hold(self, on: bool) -> None:
        """Keep to itself what it is told while the family looks on; afterwards the newest is shown."""
        if on and not self._held:
            self._waits = not self.isHidden()
            self.hide()
        elif self._held and not on:
            self.setVisible(self._waits)
        self._held = on

    def page_left(self) -> None:
        """A notice belongs to the page it was said on; an error stays until it is read."""
        if not self._code.text():
            self.hide()

    def _tell(self, sentence: str, remedy: str, code: str, tone: Tone, sign: str) -> None:
        ink, ground = tone_colours(tone)
        self._sign.setPixmap(picture(sign, ink))
        self.setStyleSheet(
            f"QFrame#banner {{ background: {ground}; border: 1px solid {ink}; border-radius: {px(6)}px; }}"
        )
        self._sentence.setText(sentence)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self._code.setText(code)
        self._code.setVisible(bool(code))
        self.setAccessibleName(" ".join(part for part in (sentence, remedy, code) if part))
        self._acting = None
        self._act.hide()

    def _show(self, here: bool) -> None:
        self._waits = not here
        self.setVisible(here or not self._held)

    def _acted(self) -> None:
        acting = self._acting
        self.hide()
        if acting is not None:
            acting()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(8), px(8))
        row.setSpacing(px(10))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        column.addWidget(self._sentence)
        column.addWidget(self._remedy)
        row.addLayout(column, 1)
        row.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._act, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)


def _close_button(pressed: Callable[[], None]) -> QPushButton:
    made = button("", pressed, kind="quiet", name=say("关闭提示", "Close message"))
    made.setIcon(icon("close", COLOURS.ink_soft))
    made.setIconSize(QSize(px(14), px(14)))
    return made
