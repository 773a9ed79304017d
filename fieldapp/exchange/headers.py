"""Finding the header of a sheet by the names in it: in the row where the export puts it, a few rows off, or in two rows.

People insert a title, delete a row, or group headings under a merged one (「联系电话」 over 「户」 and 「人」); the names decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.exchange.grids import Cell
from fieldapp.exchange.layouts import Column, SheetLayout
from fieldapp.exchange.texts import folded

__all__ = ["Header", "find_header", "is_header_again"]

#: How far down a header is looked for.
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is (rows counted from 0, both inside) and which column of the sheet holds which fact."""

    first: int
    last: int
    columns: tuple[tuple[int, Column], ...]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]
    missing: tuple[Column, ...]
    texts: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many columns were recognised."""
        return len(self.columns)


def find_header(rows: Sequence[Sequence[Cell]], layout: SheetLayout, header_row: int) -> Header | None:
    """Return the best header of the sheet, or None when fewer than two headings are known.

    ``header_row`` (from 1) is where it should be; among equally good ones a single row wins, then that place, then the upper.
    """
    spellings = {text: column for column in layout.columns for text in column.headings}
    best: tuple[tuple[int, int, int], Header] | None = None
    for index in range(min(len(rows), _DEEPEST)):
        upper = [_text(cell) for cell in rows[index]]
        candidates = [(index, upper)]
        if index + 1 < len(rows):
            candidates.append(
                (index + 1, _joined(upper, [_text(cell) for cell in rows[index + 1]], spellings))
            )
        for last, texts in candidates:
            header = _match(texts, index, last, spellings, layout)
            rank = (header.known, index - last, int(last == header_row - 1))
            if header.known >= 2 and (best is None or rank > best[0]):
                best = rank, header
    return best[1] if best else None


def is_header_again(cells: Sequence[Cell], header: Header) -> bool:
    """Tell whether a row repeats the header, as pages pasted under each other do: its required names all stand again."""
    return all(
        at < len(cells) and _text(cells[at]) == header.texts[at]
        for at, column in header.columns
        if column.required
    )


def _text(cell: Cell) -> str:
    return folded(cell) if isinstance(cell, str) else ""


def _joined(upper: list[str], lower: list[str], spellings: dict[str, Column]) -> list[str]:
    """Return the headings of two rows read together: whichever of lower, upper, or both in one is a known name."""
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    texts = []
    group = ""
    for above, below in zip(upper, lower, strict=True):
        # A merged heading stands over its first column only, where merges are not told.
        group = above or (group if below else "")
        choices = (group + below, below, above)
        texts.append(next((text for text in choices if text in spellings), below or above))
    return texts


def _match(
    texts: list[str], first: int, last: int, spellings: dict[str, Column], layout: SheetLayout
) -> Header:
    taken: dict[str, int] = {}
    columns: list[tuple[int, Column]] = []
    unknown: list[str] = []
    doubled: list[str] = []
    for at, text in enumerate(texts):
        column = spellings.get(text)
        if column is None:
            if text:
                unknown.append(text)
        elif column.heading in taken:
            doubled.append(column.heading)
        else:
            taken[column.heading] = at
            columns.append((at, column))
    missing = tuple(column for column in layout.required if column.heading not in taken)
    return Header(first, last, tuple(columns), tuple(unknown), tuple(doubled), missing, tuple(texts))
