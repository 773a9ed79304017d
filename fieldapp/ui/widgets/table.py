"""Tables: the long work list and the small ones on cards. Rows are chosen as a whole and opened with Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.widgets.cell_delegate import CellDelegate

__all__ = ["CardTable", "ColumnPlan", "PlannedTable", "RowTable"]


class RowTable(QTableView):
    """A table of rows. ``opened`` carries the position of a row that was double-clicked or entered."""

    opened = Signal(int)
    chosen = Signal()

    def __init__(self, name: str, model: QAbstractTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + px(16))
        columns = self.horizontalHeader()
        columns.setAccessibleName(say("{name}的表头", "Headings of {name}", name=name))
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(px(32))
        # Lay out before the next paint, not after it: otherwise every key paints the rows twice.
        model.modelReset.connect(self.executeDelayedItemsLayout)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def positions(self) -> list[int]:
        """Return the chosen rows in display order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row; everything else is the table's own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class ColumnPlan:
    """How a table shares its width: wishes in design units, which columns grow, which may go when it is narrow."""

    def __init__(
        self, wishes: Sequence[float], *, grow: Mapping[int, float], expendable: Sequence[int] = ()
    ) -> None:
        self._wishes = tuple(wishes)
        self._grow = dict(grow)
        self._expendable = tuple(expendable)

    def apply(self, table: QTableView, width: int) -> None:
        """Set widths for ``width`` pixels; hides expendable columns from the first on until the rest fits."""
        wanted = [px(wish) for wish in self._wishes]
        hidden: set[int] = set()
        for column in self._expendable:
            if sum(w for number, w in enumerate(wanted) if number not in hidden) <= width:
                break
            hidden.add(column)
        spare = width - sum(w for number, w in enumerate(wanted) if number not in hidden)
        shares = sum(share for number, share in self._grow.items() if number not in hidden)
        for number, wish in enumerate(wanted):
            table.setColumnHidden(number, number in hidden)
            extra = spare * self._grow.get(number, 0) / shares if shares else 0
            table.setColumnWidth(number, max(px(48), wish + int(extra)))


class PlannedTable(RowTable):
    """A table that fits its columns to its width."""

    def __init__(
        self, name: str, model: QAbstractTableModel, plan: ColumnPlan, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, model, parent)
        self._plan = plan

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._plan.apply(self, self.viewport().width())


class CardTable(PlannedTable):
    """A small table on a card, as high as its rows; the page scrolls, not the table."""

    def __init__(
        self, name: str, model: QAbstractTableModel, plan: ColumnPlan, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, model, plan, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the rows."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + px(2))
