"""Items in columns of equal width: as many columns as fit, fewer when the window is narrow or the text large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldapp.ui.theme import px

__all__ = ["GridFlow"]


class GridFlow(QWidget):
    """``narrowest`` is the least width of a column and ``most`` the greatest number of columns."""

    def __init__(
        self, *, narrowest: float, most: int, spacing: float = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._narrowest = narrowest
        self._most = most
        self._columns = 0
        self._items: Sequence[QWidget] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(spacing))
        # The items must not dictate the width: their number of columns follows from it.
        self.setMinimumWidth(px(60))

    def show_items(self, items: Sequence[QWidget]) -> None:
        """Show these items in place of the others."""
        for item in self._items:
            self._grid.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._items = tuple(items)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        fitting = (self.width() + self._grid.spacing()) // (px(self._narrowest) + self._grid.spacing())
        columns = max(1, min(self._most, fitting))
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, item in enumerate(self._items):
            self._grid.addWidget(item, number // columns, number % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
