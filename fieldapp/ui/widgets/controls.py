"""Buttons, labels and cards, made the same way everywhere: each input has a name, each shortcut is in the tooltip.

The unlock window is made of these, so nothing here touches PySide6's ``Qt`` namespace: the first look at it builds two
hundred enumerations and takes 20 ms. Properties take the same values as plain numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.theme import px, sized_font

__all__ = [
    "ButtonKind",
    "Ink",
    "button",
    "card",
    "centre_text",
    "heading",
    "key_tip",
    "label",
    "line_edit",
    "rule",
]

ButtonKind = Literal["plain", "primary", "quiet", "danger", "chip", "choice", "nav"]
#: Qt.TextFormat.PlainText; ImhSensitiveData | ImhNoPredictiveText; AlignHCenter | AlignVCenter.
_PLAIN_TEXT = 0
_SECRET_HINTS = 0x2 | 0x40
_CENTRED = 0x84
Ink = Literal["ink", "soft", "faint", "good", "bad", "accent"]


class _Button(QPushButton):
    """A push button that keeps its shortcut when its text changes; Qt takes it away with every new text."""

    def setText(self, text: str) -> None:
        key = self.shortcut()
        super().setText(text)
        self.setShortcut(key)


def button(
    text: str,
    pressed: Callable[[], object] | None = None,
    *,
    kind: ButtonKind = "plain",
    icon_name: str | None = None,
    shortcut: str | None = None,
    name: str | None = None,
    tip: str = "",
) -> QPushButton:
    """Return a push button. ``name`` is its accessible name where the text alone does not say enough."""
    made = _Button(text)
    made.setProperty("kind", kind)
    made.setAccessibleName(name or text)
    if icon_name is not None:
        from PySide6.QtCore import QSize

        from fieldapp.ui.icons import icon

        colour = {"primary": COLOURS.card, "quiet": COLOURS.accent, "nav": COLOURS.nav_ink}.get(
            kind, COLOURS.ink_soft
        )
        made.setIcon(icon(icon_name, colour, COLOURS.card if kind == "nav" else None))
        made.setIconSize(QSize(px(18), px(18)))
    if shortcut is not None:
        from PySide6.QtGui import QKeySequence

        made.setShortcut(QKeySequence(shortcut))
    made.setToolTip(key_tip(tip or name or text, shortcut))
    if pressed is not None:
        made.clicked.connect(lambda: pressed())
    return made


def key_tip(text: str, shortcut: str | None) -> str:
    """Return a tooltip that names the shortcut."""
    if shortcut is None:
        return text
    from PySide6.QtGui import QKeySequence

    return f"{text}（{QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)}）"


def label(
    text: str = "",
    *,
    ink: Ink = "ink",
    ratio: float = 1.0,
    bold: bool = False,
    wrap: bool = False,
    shrink: bool = False,
) -> QLabel:
    """Return a text. Values are plain text, never markup, since they come from people. ``shrink`` may be cut off."""
    made = QLabel(text)
    made.setProperty("textFormat", _PLAIN_TEXT)
    if ink != "ink":
        made.setProperty("ink", ink)
    if ratio != 1.0 or bold:
        made.setFont(sized_font(ratio, bold=bold))
    made.setWordWrap(wrap)
    if shrink:
        made.setMinimumWidth(1)
    return made


def centre_text(made: QLabel) -> QLabel:
    """Centre a label's text."""
    made.setProperty("alignment", _CENTRED)
    return made


def heading(text: str) -> QLabel:
    """Return the title of a card."""
    return label(text, ratio=1.1, bold=True)


def line_edit(name: str, placeholder: str = "", *, secret: bool = False) -> QLineEdit:
    """Return a text field with its accessible name."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setProperty("inputMethodHints", _SECRET_HINTS)
    return made


def card(title: str = "", *, margin: float = 16, spacing: float = 10) -> tuple[QFrame, QVBoxLayout]:
    """Return a white card and the column inside it."""
    frame = QFrame()
    frame.setProperty("surface", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(px(margin), px(margin - 2), px(margin), px(margin - 2))
    column.setSpacing(px(spacing))
    if title:
        frame.setAccessibleName(title)
        column.addWidget(heading(title))
    return frame, column


def rule(parent: QWidget | None = None) -> QFrame:
    """Return a thin line between parts of a card."""
    line = QFrame(parent)
    line.setProperty("surface", "rule")
    return line
