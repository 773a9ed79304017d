"""A list as columns, with hash indexes built when first asked for, and the nodes it shows to expressions."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.values.convert import Value
from fieldapp.xform.values.numbers import parse_number

__all__ = ["CellNode", "RowNode", "Table", "TableNode"]

_NO_ROWS: list[int] = []


class Table:
    """``count`` rows; ``columns`` by name, every cell a text."""

    def __init__(
        self, columns: dict[str, list[str]], count: int, root: str = "root", item: str = "item"
    ) -> None:
        self.columns = columns
        self.count = count
        self.root = root
        self.item = item
        self.every = list(range(count))
        self._blank = [""] * count
        self._by_text: dict[str, dict[str, list[int]]] = {}
        self._by_number: dict[str, dict[float, list[int]]] = {}

    def column(self, name: str) -> list[str]:
        """Return the cells of a column; blanks for one that the list does not have."""
        return self.columns.get(name, self._blank)

    def rows_with_text(self, name: str, text: str) -> list[int]:
        """Return the rows whose cell is ``text``, in order. The list is shared: do not change it."""
        index = self._by_text.get(name)
        if index is None:
            index = {}
            for row, cell in enumerate(self.column(name)):
                index.setdefault(cell, []).append(row)
            self._by_text[name] = index
        return index.get(text, _NO_ROWS)

    def rows_with_number(self, name: str, number: float) -> list[int]:
        """Return the rows whose cell is ``number`` however it is written, in order."""
        index = self._by_number.get(name)
        if index is None:
            index = {}
            for row, cell in enumerate(self.column(name)):
                value = parse_number(cell)
                if value == value:
                    index.setdefault(value, []).append(row)
            self._by_number[name] = index
        return index.get(number, _NO_ROWS)


class CellNode(XNode):
    """One cell as an element."""

    __slots__ = ("name", "ns", "parent", "prefix", "row_node", "text")

    def __init__(self, row_node: RowNode, name: str, text: str) -> None:
        self.row_node = row_node
        self.parent = row_node
        self.name = name
        self.text = text
        self.prefix = self.ns = ""

    kind = "element"

    @property
    def read(self) -> Value:
        return self.text

    def string(self) -> str:
        return self.text

    def order(self) -> tuple[int, ...]:
        return (self.row_node.row, list(self.row_node.table.columns).index(self.name) + 1)


class RowNode(XNode):
    """One row as an element with a child for each cell."""

    __slots__ = ("name", "ns", "parent", "prefix", "row", "table")

    kind = "element"

    def __init__(self, table: Table, row: int) -> None:
        self.table = table
        self.row = row
        self.name = table.item
        self.prefix = self.ns = ""
        self.parent = None

    def kids(self) -> Sequence[XNode]:
        return [CellNode(self, name, cells[self.row]) for name, cells in self.table.columns.items()]

    def string(self) -> str:
        return "".join(cells[self.row] for cells in self.table.columns.values())

    def place(self) -> int:
        return self.row + 1

    def order(self) -> tuple[int, ...]:
        return (self.row, 0)


class TableNode(XNode):
    """The instance and its root element, for paths that do not take the columnar way."""

    __slots__ = ("kind", "name", "ns", "parent", "prefix", "table")

    def __init__(self, table: Table, kind: str = "document", parent: TableNode | None = None) -> None:
        self.table = table
        self.kind = kind
        self.parent = parent
        self.name = table.root if kind == "element" else ""
        self.prefix = self.ns = ""

    def kids(self) -> Sequence[XNode]:
        if self.kind == "document":
            return [TableNode(self.table, "element", self)]
        return [RowNode(self.table, row) for row in self.table.every]

    def string(self) -> str:
        return "".join(RowNode(self.table, row).string() for row in self.table.every)
