"""The first column of a roster, kept in sight while the others scroll sideways: one always sees whose row it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.roster import RosterModel

__all__ = ["PinnedColumn"]


class PinnedColumn(QWidget):
    """Only painted: it takes neither mouse nor keyboard, and is gone when the grid stands at its left end."""

    def __init__(self, grid: QTableView, model: RosterModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        grid.horizontalScrollBar().valueChanged.connect(self.follow)
        grid.verticalScrollBar().valueChanged.connect(self.update)
        model.dataChanged.connect(lambda *_: self.update())

    def follow(self) -> None:
        """Stand over the left edge of the cells while the first column is scrolled out."""
        grid = self._grid
        scrolled = grid.horizontalScrollBar().value() > 0 and self._model.columnCount() > 1
        self.setVisible(scrolled)
        if scrolled:
            left = grid.verticalHeader().width() + grid.frameWidth()
            height = grid.horizontalHeader().height() + grid.viewport().height()
            self.setGeometry(left, grid.frameWidth(), grid.columnWidth(0), height)
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        grid = self._grid
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS.zebra))
        head = grid.horizontalHeader().height()
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        left, width = px(8), self.width() - px(12)
        painter.setPen(QColor(COLOURS.ink_soft))
        title = self._model.headerData(0, Qt.Orientation.Horizontal)
        painter.drawText(left, 0, width, head, align, str(title))
        painter.setPen(QColor(COLOURS.ink))
        painter.setClipRect(0, head, self.width(), self.height() - head)
        for row in range(self._model.rowCount()):
            top = grid.rowViewportPosition(row) + head
            if top > self.height() or top + grid.rowHeight(row) < head:
                continue
            name = self._model.data(self._model.index(row, 0))
            shown = self.fontMetrics().elidedText(str(name), Qt.TextElideMode.ElideRight, width)
            painter.drawText(left, top, width, grid.rowHeight(row), align, shown)
        painter.setClipping(False)
        painter.setPen(QColor(COLOURS.line_strong))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()
