"""A sheet as a grid of cells with the types the file gave them: a number stays a number, so that an identity number
that was stored as one is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

__all__ = ["Book", "Cell", "Grid", "Merge", "SheetHandle", "fill_merges"]

#: An empty cell is the empty text.
Cell: TypeAlias = "str | int | float | bool | date | datetime | time | timedelta"
#: A merged range: (first row, first column), (last row, last column), counted from 0, both ends inside.
Merge: TypeAlias = "tuple[tuple[int, int], tuple[int, int]]"


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet from row 1 and column A on; ``hidden`` are the spreadsheet's own row numbers."""

    name: str
    rows: list[list[Cell]]
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetHandle:
    """A sheet whose cells are made only when asked for: all of them, or the first ``most_rows``."""

    name: str
    loader: Callable[[int | None], Grid]
    visible: bool = True

    def load(self, most_rows: int | None = None) -> Grid:
        """Return the sheet's cells, from the top. Raises BOOK-004 when it is damaged."""
        return self.loader(most_rows)


@dataclass(frozen=True, slots=True)
class Book:
    """An opened workbook."""

    name: str
    sheets: tuple[SheetHandle, ...] = field(default_factory=tuple)


def fill_merges(rows: list[list[Cell]], merges: Sequence[Merge]) -> None:
    """Write the value of each merged range into all its cells: people merge a 户编号 over the rows of a family."""
    for (top, left), (bottom, right) in merges:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            for index in range(left, min(right + 1, len(row))):
                row[index] = value
