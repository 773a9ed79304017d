"""A row that goes on in the next line when it is full: chips and badges at any text size."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

__all__ = ["FlowLayout", "clear_layout"]


class FlowLayout(QLayout):
    """Lays its items out like words in a paragraph."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        # Qt asks past the end to learn that there is nothing more.
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        # One item a row is the narrowest; an item may be squeezed to a third of its wish.
        wishes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        return QSize(
            max((wish.width() // 3 for wish in wishes), default=0),
            max((wish.height() for wish in wishes), default=0),
        )

    def _place(self, rect: QRect, *, move: bool) -> int:
        left, top, line_height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = _fitted(item, rect.width())
            if left > rect.x() and left + hint.width() > rect.x() + rect.width():
                left = rect.x()
                top += line_height + self.spacing()
                line_height = 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), hint))
            left += hint.width() + self.spacing()
            line_height = max(line_height, hint.height())
        return top + line_height - rect.y()


def _fitted(item: QLayoutItem, width: int) -> QSize:
    """What an item wants, or the whole row for one that is wider than it."""
    hint = item.sizeHint()
    if hint.width() <= width or width <= 0:
        return hint
    return QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else hint.height())


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let its widgets go."""
    while layout.count():
        item = layout.takeAt(0)
        # The stubs say that an item always has a widget; a layout inside a layout has none.
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)
