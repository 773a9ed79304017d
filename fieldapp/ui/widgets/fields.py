"""Drop-downs, number fields and sliders that leave the mouse wheel to the page: who scrolls past one changes nothing."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider, QSpinBox

__all__ = ["ComboBox", "Slider", "SpinBox"]


class ComboBox(QComboBox):
    """A drop-down."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SpinBox(QSpinBox):
    """A whole number."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Slider(QSlider):
    """A number in a range."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
