"""The stylesheet of the form page: it only adds what the application's own stylesheet does not have."""

from __future__ import annotations

from string import Template

from fieldapp.ui.pages.form.context import Scale
from fieldapp.ui.palette import all_colours

__all__ = ["form_stylesheet"]

_TEMPLATE = Template("""
QLabel[say="heading"] { font-size: ${f16}px; font-weight: 600; }
QLabel[say="subheading"] { font-weight: 600; color: $ink_soft; }
QLabel[say="hint"] { color: $ink_faint; font-size: ${f13}px; }
QLabel[say="error"] { color: $bad; font-size: ${f13}px; font-weight: 600; }
QLabel[say="doubt"] { color: $attention; font-size: ${f13}px; font-weight: 600; }
QLabel[say="passed"] { color: $ink_faint; font-size: ${f13}px; }
QLabel[say="comment"] { color: $accent_dark; font-size: ${f13}px; }
QLabel[say="was"] { color: $ink_faint; font-size: ${f13}px; }
QLabel[say="changed"] { color: $accent; background: $accent_ground; font-size: ${f12}px; font-weight: 600;
  border-radius: ${p4}px; padding: ${p1}px ${p5}px; }
QLabel[say="notice"] { color: $ink_soft; font-size: ${f13}px; background: $neutral_ground;
  border-radius: ${p6}px; padding: ${p6}px ${p10}px; }
QLabel[say="warning"] { color: $attention; background: $attention_ground; font-size: ${f13}px;
  border-radius: ${p6}px; padding: ${p6}px ${p10}px; }
QLabel[say="answer"] { color: $ink; }
QFrame[part="block"] { border: 1px solid $line; border-radius: ${p6}px; background: $zebra; }
QFrame#focusBar { background: $accent; border: 0; border-radius: ${p1}px; }
QRadioButton[kind="option"], QCheckBox[kind="option"] { background: $card; border: 1px solid $line_strong;
  border-radius: ${p6}px; padding: ${p4}px ${p12}px ${p4}px ${p8}px; min-height: ${p20}px; spacing: ${p6}px; }
QRadioButton[kind="option"]::indicator, QCheckBox[kind="option"]::indicator { width: ${p15}px; height: ${p15}px; }
QRadioButton[kind="option"]:hover, QCheckBox[kind="option"]:hover { background: $zebra; }
QRadioButton[kind="option"]:checked, QCheckBox[kind="option"]:checked { background: $accent_ground;
  border-color: $accent; color: $accent_dark; }
QRadioButton[kind="option"]:focus, QCheckBox[kind="option"]:focus { border: 2px solid $accent;
  padding: ${p3}px ${p11}px ${p3}px ${p7}px; }
QRadioButton[kind="option"]:disabled, QCheckBox[kind="option"]:disabled { color: $ink_faint; background: $ground; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 1px solid $bad; background: $bad_ground; }
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus { border: 2px solid $bad; background: $card; }
QPushButton[kind="link"] { color: $accent; background: transparent; border: 0; padding: 0; min-height: 0;
  font-size: ${f13}px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QListView[part="order"] { border: 1px solid $line_strong; border-radius: ${p6}px; padding: ${p3}px; }
QListView[part="order"]:focus { border: 2px solid $accent; }
QListView#formParts { background: transparent; border: 0; }
QTableView[part="grid"] { border: 1px solid $line; border-radius: ${p4}px; }
QTableView[part="grid"] QTableCornerButton::section { background: $card; border: 0; border-bottom: 1px solid $line; }
QPushButton[kind="quiet"]:disabled { color: $ink_faint; background: transparent; border-color: transparent; }
QTableView[part="grid"]::corner { background: transparent; border: 0; }
QTableView[part="grid"]:focus { border: 1px solid $accent; }
QTableView[part="grid"] QLineEdit { border: 2px solid $accent; border-radius: 0; padding: 0 ${p4}px; min-height: 0; }
""")


#: At the door every text grows; Qt does not hand a font down below a stylesheet, so the stylesheet says it.
_LARGER = Template("FormColumn QWidget { font-size: ${f14}px; }\n")


def form_stylesheet(scale: Scale) -> str:
    """Return the stylesheet with colours and sizes filled in."""
    padding = {f"p{size}": scale(size) for size in (1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 15, 20)}
    fonts = {f"f{size}": scale(size) for size in (12, 13, 14, 16)}
    larger = _LARGER.substitute(fonts) if scale.factor != 1.0 else ""
    return larger + _TEMPLATE.substitute(all_colours(), **padding, **fonts)
