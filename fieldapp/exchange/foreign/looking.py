"""A first look at a workbook of an office: its sheets, the row of the headings, examples of each column."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldapp.exchange.cells import shown
from fieldapp.exchange.errors import EMPTY_BOOK
from fieldapp.exchange.grids import Cell, Grid
from fieldapp.exchange.opening import open_book
from fieldapp.exchange.texts import folded

__all__ = ["LookedSheet", "fingerprint", "look"]

_DEEPEST, _LOOKED_ROWS, _EXAMPLES = 12, 40, 3
_MOST_COLUMNS = 300
_LONGEST_HEADING = 30


@dataclass(frozen=True, slots=True)
class LookedSheet:
    """A sheet: the row of its headings (counted from 1), the headings in order, and some values below each."""

    name: str
    header_row: int
    headings: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]


def look(path: Path, password: str | None = None) -> list[LookedSheet]:
    """Return the visible sheets that have a heading and rows. Raises BOOK-001 … BOOK-012, BOOK-007 for nothing at all."""
    book = open_book(path, password)
    found = []
    for handle in book.sheets:
        grid = handle.load(_LOOKED_ROWS)
        row = _heading_row(grid) if handle.visible else None
        if row is not None:
            found.append(_looked(grid, row))
    if not found:
        raise EMPTY_BOOK(book=book.name)
    return found


def fingerprint(headings: Sequence[str]) -> str:
    """Return what a heading is known by next month: its texts, whatever their spaces and order."""
    told = "\x1f".join(sorted(folded(text) for text in headings if text))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _heading_row(grid: Grid) -> int | None:
    """The heading is the upper row with the most different short texts, with something below it; titles have one text."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(grid.rows[:_DEEPEST]):
        texts = {
            text
            for cell in row[:_MOST_COLUMNS]
            if isinstance(cell, str)
            and 0 < len(text := cell.strip()) <= _LONGEST_HEADING
            and not _is_value(text)
        }
        below = any(any(str(cell).strip() for cell in later) for later in grid.rows[index + 1 :])
        if len(texts) >= 2 and below and (best is None or len(texts) > best[0]):
            best = len(texts), index
    return best[1] if best else None


def _is_value(text: str) -> bool:
    """A number, a day or an identity number is no heading."""
    return sum(character.isdigit() for character in text) * 2 > len(text)


def _looked(grid: Grid, row: int) -> LookedSheet:
    width = min(max((len(each) for each in grid.rows), default=0), _MOST_COLUMNS)
    headings = tuple(_text(grid.rows[row], at) for at in range(width))
    examples = []
    for at in range(width):
        values = (_text(each, at) for each in grid.rows[row + 1 :])
        examples.append(tuple(value for value in values if value)[:_EXAMPLES])
    last = max((at for at in range(width) if headings[at] or examples[at]), default=-1) + 1
    return LookedSheet(grid.name, row + 1, headings[:last], tuple(examples[:last]))


def _text(row: Sequence[Cell], at: int) -> str:
    return "".join(shown(row[at]).split()) if at < len(row) else ""
