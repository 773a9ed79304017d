"""The look: Fusion, one palette, one stylesheet, one font, all in units that grow with the chosen text size."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from fieldapp.ui.fonts import interface_family
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.stylesheet import stylesheet

__all__ = ["BASE_POINTS", "SCALES", "apply_theme", "px", "set_text_scale", "sized_font"]

#: 五号, the size of office paper: 14 px at 96 dpi.
BASE_POINTS: Final = 10.5
_BASE_PIXELS: Final = 14
#: The text sizes on offer, in percent.
SCALES: Final = (100, 115, 130, 150, 175, 200)


def px(units: float) -> int:
    """Return ``units`` (pixels at 100 % on a 96 dpi screen) in pixels of the text size in use; at least 1."""
    return max(1, round(units * QFontInfo(QGuiApplication.font()).pixelSize() / _BASE_PIXELS))


def sized_font(ratio: float, *, bold: bool = False) -> QFont:
    """Return the interface font at ``ratio`` of the text size."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * ratio)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def apply_theme(app: QApplication, scale_percent: int = 100) -> None:
    """Dress the application: call once, before the first window. The style itself is chosen by ``-style fusion``."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app.setPalette(_palette())
    font = QFont(app.font())
    if family := interface_family():
        font.setFamily(family)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(BASE_POINTS * scale_percent / 100)
    app.setFont(font)
    app.setStyleSheet(stylesheet(px))


def set_text_scale(app: QApplication, scale_percent: int) -> None:
    """Change the text size; windows built afterwards are laid out for it."""
    font = QFont(app.font())
    font.setPointSizeF(BASE_POINTS * scale_percent / 100)
    app.setFont(font)
    app.setStyleSheet(stylesheet(px))


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(COLOURS.neutral_ground), QColor(COLOURS.ground))
    for which, colour in (
        (role.Window, COLOURS.ground),
        (role.WindowText, COLOURS.ink),
        (role.Base, COLOURS.card),
        (role.AlternateBase, COLOURS.zebra),
        (role.Text, COLOURS.ink),
        (role.ButtonText, COLOURS.ink),
        (role.Button, COLOURS.card),
        (role.Highlight, COLOURS.accent),
        (role.HighlightedText, COLOURS.card),
        (role.Link, COLOURS.accent),
        (role.PlaceholderText, COLOURS.ink_faint),
        (role.ToolTipBase, COLOURS.ink),
        (role.ToolTipText, COLOURS.card),
        (role.Mid, COLOURS.line_strong),
        (role.Dark, COLOURS.line_strong),
    ):
        palette.setColor(which, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, which, QColor(COLOURS.line_strong))
    return palette
