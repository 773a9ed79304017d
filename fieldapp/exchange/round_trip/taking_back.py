"""Reading a workbook that has come back, whatever WPS and people did to it: columns moved or gone, rows sorted or gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.exchange import errors
from fieldapp.exchange.cells import Converter, Unreadable, cell_text, converter_of, shown
from fieldapp.exchange.grids import Book, Cell, Grid
from fieldapp.exchange.layouts import Column
from fieldapp.exchange.opening import open_book
from fieldapp.exchange.round_trip.rows import BaseRow, unsealed
from fieldapp.exchange.round_trip.writing import HIDDEN, LOOK_ONLY
from fieldapp.exchange.texts import folded
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value

__all__ = ["MOST_ROWS", "ReturnedBook", "ReturnedRow", "read_back"]

#: A round trip is somebody's handwork; a larger sheet is another kind of file.
MOST_ROWS = 100_000
_NAMES = frozenset({("persons", "name"), ("households", "head_name")})


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row that came back: as it left, and each editable cell as it is now or why it cannot be read."""

    number: int
    base: BaseRow
    cells: Mapping[str, Value | Unreadable]
    #: What stands in the cells that cannot be read.
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnedBook:
    """What came back. ``added``, ``changed`` and ``twice`` are the sheet's row numbers that are not taken."""

    name: str
    rows: tuple[ReturnedRow, ...] = ()
    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    twice: tuple[int, ...] = ()
    columns: tuple[str, ...] = field(default_factory=tuple)
    sheet: str = ""


def read_back(
    path: Path, schema: RegisterSchema, password: str | None = None, *, county: str = ""
) -> ReturnedBook:
    """Read a workbook of ours that was edited; ``county`` is whose register this is.

    Raises BOOK-001 … BOOK-012 and TRIP-001 … TRIP-004.
    """
    book = open_book(path, password)
    grid, header = _find(book)
    places = {folded(str(text)): at for at, text in enumerate(grid.rows[header])}
    hidden = [places.get(folded(name)) for name in HIDDEN]
    if None in hidden:
        raise errors.HIDDEN_COLUMNS_GONE(book=book.name)
    if len(grid.rows) - header - 1 > MOST_ROWS:
        raise errors.TOO_MANY_ROWS(book=book.name, rows=len(grid.rows) - header - 1, most=MOST_ROWS)
    taken = _taken(book.name, grid, header, [at for at in hidden if at is not None], places, schema)
    other = next((row.base.county for row in taken.rows if row.base.county not in ("", county)), "")
    if county and other:
        raise errors.OTHER_COUNTY(book=book.name, county=other)
    return taken


def _find(book: Book) -> tuple[Grid, int]:
    """Return the sheet and row of our heading."""
    some_hidden = False
    for handle in book.sheets:
        grid = handle.load()
        for number, row in enumerate(grid.rows[:10]):
            texts = {folded(str(cell)) for cell in row}
            if folded(HIDDEN[0]) in texts:
                return grid, number
            some_hidden = some_hidden or any(str(cell).endswith(LOOK_ONLY) for cell in row)
    raise (errors.HIDDEN_COLUMNS_GONE if some_hidden else errors.NOT_A_ROUND_TRIP)(book=book.name)


def _taken(
    name: str, grid: Grid, header: int, hidden: list[int], places: Mapping[str, int], schema: RegisterSchema
) -> ReturnedBook:
    rows: list[ReturnedRow] = []
    added: list[int] = []
    changed: list[int] = []
    readers: dict[str, list[tuple[str, int, Converter]]] = {}
    for number, cells in enumerate(grid.rows[header + 1 :], start=header + 2):
        seal = [_plain(cells[at]) for at in hidden]
        if not any(seal):
            if any(str(cell).strip() for cell in cells):
                added.append(number)
            continue
        base = unsealed(*seal)
        if base is None:
            changed.append(number)
            continue
        if base.list not in readers:
            readers[base.list] = _readers(base, places, schema)
        read = {fact: convert(cells[at]) for fact, at, convert in readers[base.list]}
        raw = {
            fact: shown(cells[at]) for fact, at, _ in readers[base.list] if isinstance(read[fact], Unreadable)
        }
        rows.append(ReturnedRow(number, base, read, raw))
    seen = Counter((row.base.list, row.base.record_id) for row in rows)
    twice = tuple(row.number for row in rows if seen[row.base.list, row.base.record_id] > 1)
    once = tuple(row for row in rows if row.number not in set(twice))
    columns = tuple(fact for some in readers.values() for fact, _, _ in some)
    return ReturnedBook(name, once, tuple(added), tuple(changed), twice, columns, grid.name)


def _readers(
    base: BaseRow, places: Mapping[str, int], schema: RegisterSchema
) -> list[tuple[str, int, Converter]]:
    """Return the facts whose columns are still there, where they stand and how they are read."""
    found = []
    for fact in base.values:
        prop = schema.property(base.list, fact)
        at = places.get(folded(prop.zh)) if prop else None
        if prop is None or at is None:
            continue
        is_name = (base.list, fact) in _NAMES
        column = Column(
            prop.zh, frozenset({prop.zh}), base.list, fact, prop, cleaning="name" if is_name else ""
        )
        found.append((fact, at, converter_of(column, schema)))
    return found


def _plain(cell: Cell) -> str:
    text = cell_text(cell)
    return text if isinstance(text, str) else ""
