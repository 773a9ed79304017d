"""The one stylesheet. Combo, spin and date boxes and table cells stay native or are painted by delegates."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from fieldapp.ui.palette import all_colours

__all__ = ["stylesheet"]

_TEMPLATE = Template("""
QToolTip { color: $card; background: $ink; border: 0; padding: ${p4}px ${p6}px; }
QMainWindow, QWidget#ground, QScrollArea#ground, QWidget[surface="ground"] { background: $ground; }
QFrame[surface="card"] { background: $card; border: 1px solid $line; border-radius: ${p8}px; }
QFrame[surface="rule"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QLabel[ink="soft"] { color: $ink_soft; }
QLabel[ink="faint"] { color: $ink_faint; }
QLabel[ink="good"] { color: $good; }
QLabel[ink="bad"] { color: $bad; }
QLabel[ink="accent"] { color: $accent; }

QPushButton { color: $ink; background: $card; border: 1px solid $line_strong; border-radius: ${p6}px;
  padding: ${p5}px ${p14}px; min-height: ${p20}px; }
QPushButton:hover { background: $zebra; border-color: $ink_faint; }
QPushButton:pressed { background: $neutral_ground; }
QPushButton:focus { border: 2px solid $accent; padding: ${p4}px ${p13}px; }
QPushButton:disabled { color: $ink_faint; background: $ground; border-color: $line; }
QPushButton[kind="primary"] { color: $card; background: $accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: $accent_dark; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { color: $ink_faint; background: $neutral_ground; border-color: $line;
  font-weight: 400; }
QPushButton[kind="quiet"] { color: $accent; background: transparent; border: 1px solid transparent;
  padding: ${p3}px ${p6}px; }
QPushButton[kind="quiet"]:hover { background: $accent_ground; }
QPushButton[kind="quiet"]:focus { border: 1px solid $accent; }
QPushButton[kind="danger"] { color: $bad; border-color: $bad; }
QPushButton[kind="chip"] { color: $ink_soft; background: $card; border: 1px solid $line;
  border-radius: ${p13}px; padding: ${p3}px ${p12}px; min-height: ${p18}px; }
QPushButton[kind="chip"]:hover { border-color: $ink_faint; }
QPushButton[kind="chip"]:checked { color: $accent; background: $accent_ground; border-color: $accent;
  font-weight: 600; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: ${p2}px ${p11}px; }
QPushButton[kind="choice"] { text-align: left; padding: ${p10}px ${p14}px; background: $card;
  border: 1px solid $line; border-radius: ${p8}px; }
QPushButton[kind="choice"]:hover { border-color: $accent; }
QPushButton[kind="choice"]:checked { border: 2px solid $accent; background: $accent_ground; }
QPushButton[kind="choice"]:focus { border: 2px solid $accent; }
QPushButton::menu-indicator { subcontrol-position: right center; subcontrol-origin: padding; left: -${p6}px; }

QLineEdit, QPlainTextEdit { color: $ink; background: $card; border: 1px solid $line_strong;
  border-radius: ${p6}px; padding: ${p5}px ${p8}px; selection-background-color: $accent; }
QLineEdit { min-height: ${p20}px; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: ${p4}px ${p7}px; }
QLineEdit:read-only { background: $ground; }

QFrame#nav { background: $nav; border: 0; }
QLabel#navTitle { color: $card; font-weight: 600; }
QLabel#navCounty { color: $nav_faint; }
QPushButton[kind="nav"] { color: $nav_ink; background: transparent; border: 2px solid transparent;
  border-radius: ${p6}px; text-align: left; padding: ${p8}px ${p10}px; min-height: ${p20}px; }
QPushButton[kind="nav"]:hover { background: $nav_hover; }
QPushButton[kind="nav"]:checked { color: $card; background: $accent; font-weight: 600; }
QPushButton[kind="nav"]:focus { border: 2px solid $nav_ink; }

QFrame#topBar { background: $ground; border: 0; }
QFrame#stateBar { background: $card; border: 0; border-top: 1px solid $line; }

QHeaderView { background: $card; }
QHeaderView::section { color: $ink_soft; background: $card; border: 0; border-bottom: 1px solid $line;
  padding: ${p6}px ${p8}px; font-weight: 600; }
QTableView, QListView, QTreeView { background: $card; border: 0; gridline-color: $line;
  selection-background-color: $selection; selection-color: $ink; outline: 0; }

QProgressBar { background: $neutral_ground; border: 0; border-radius: ${p3}px; max-height: ${p6}px;
  min-height: ${p6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }

QScrollArea { border: 0; background: transparent; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: ${p4}px; margin: ${p2}px; }
QScrollBar::handle:hover { background: $ink_faint; }
QScrollBar::handle:vertical { min-height: ${p28}px; }
QScrollBar::handle:horizontal { min-width: ${p28}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $card; border: 1px solid $line_strong; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p20}px ${p6}px ${p12}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $accent_ground; color: $ink; }
""")

_SIZES = (2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 18, 20, 28)


def stylesheet(px: Callable[[float], int]) -> str:
    """Return the stylesheet with colours and sizes filled in; ``px`` turns design units into pixels."""
    return _TEMPLATE.substitute(all_colours(), **{f"p{size}": px(size) for size in _SIZES})
