"""What every page of the main window is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from fieldapp.ui.theme import px

__all__ = ["Columns", "Page", "TabPage"]


class Page(QWidget):
    """A page says what it is called and is told when it is entered; errors and notices go to the banner."""

    failed = Signal(object)  # KnownError
    noticed = Signal(str, object)  # sentence, (label, act) or None
    title_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "ground")

    def title(self) -> str:
        """Return what the top bar says."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """Return what stands small beside the title."""
        return ""

    def at_the_door(self) -> bool:
        """Whether a family looks on: then nothing leads to other households."""
        return False

    def entered(self) -> None:
        """Look everything up anew; the page is being shown."""

    def notice(self, sentence: str, act: tuple[str, Callable[[], None]] | None = None) -> None:
        """Tell what was done, with a way to take it back where there is one."""
        self.noticed.emit(sentence, act)


class TabPage(Page):
    """A tab of another page that leads to households."""

    household_opened = Signal(str)


class Columns(QWidget):
    """Columns side by side, or below each other when it is narrower than ``narrow`` design units."""

    def __init__(self, columns: Sequence[tuple[QWidget, int]], *, narrow: float) -> None:
        super().__init__()
        self._narrow = narrow
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(12))
        for widget, share in columns:
            self._box.addWidget(widget, share)

    def resizeEvent(self, _event: object) -> None:
        wide = self.width() >= px(self._narrow)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != direction:
            self._box.setDirection(direction)
