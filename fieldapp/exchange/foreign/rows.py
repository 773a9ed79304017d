"""The rows of an office's sheet, each cell read by what its column means. A cell that cannot be read says why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from fieldapp.exchange.cells import Converter, Unreadable, converter_of, shown
from fieldapp.exchange.errors import TOO_MANY_ROWS
from fieldapp.exchange.foreign.guessing import (
    AMOUNT,
    HOUSE_NO,
    ID_NUMBER,
    MONTH,
    NAME,
    PERSON_NO,
    YEAR,
    shipped_headings,
)
from fieldapp.exchange.grids import Cell
from fieldapp.exchange.layouts import Cleaning, Column
from fieldapp.exchange.opening import open_book
from fieldapp.exchange.texts import folded
from fieldapp.register.schema import Property, PropertyType, RegisterSchema
from fieldapp.register.values import Value, canonical_decimal

__all__ = ["MOST_ROWS", "ForeignRow", "read_rows", "rows_above"]

MOST_ROWS = 200_000
#: Columns that only count the rows.
_SERIAL = frozenset({"序号", "编号", "行号", "No", "NO", "No.", "NO."})
_UNIT_ABOVE = re.compile(r"(?:金额)?单位:?\(?(?:人民币)?(万元|千元|元)\)?(?![\u4e00-\u9fff])")
_UNIT_IN_CELL = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)(万元|千元|元)")
_OWN_UNITS = {YEAR: "年"}
_TOTALS = ("合计", "总计", "小计", "制表", "填表", "审核", "负责人", "备注：", "说明：")


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A row: its number in the sheet, the values by meaning, and why a cell has none with what stands in it. ``told`` is all
    that the row says, but for its serial number: two rows that are the same in it are copies. ``unit`` is that of the amount
    where it is not yuan; the value is yuan in any case.
    """

    number: int
    values: Mapping[str, Value]
    unreadable: Mapping[str, Unreadable] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    told: int = 0
    unit: str = ""


def read_rows(
    path: Path,
    sheet: str,
    header_row: int,
    mapping: Mapping[int, str],
    schema: RegisterSchema,
    password: str | None = None,
) -> list[ForeignRow]:
    """Return the rows below the heading; empty ones, totals and signatures below are left out, a heading again too.

    Raises BOOK-0xx; BOOK-012 for more rows than an office's list has.
    """
    book = open_book(path, password)
    handle = next((each for each in book.sheets if each.name == sheet), book.sheets[0])
    grid = handle.load()
    if len(grid.rows) > MOST_ROWS:
        raise TOO_MANY_ROWS(book=book.name, rows=len(grid.rows), most=MOST_ROWS)
    readers = {at: (target, _reader(target, schema)) for at, target in mapping.items()}
    heading = {at: folded(shown(cell)) for at, cell in enumerate(grid.rows[header_row - 1])}
    unit = _unit_of(grid.rows[:header_row], mapping)
    found = []
    for number, cells in enumerate(grid.rows[header_row:], header_row + 1):
        texts = [shown(cell) for cell in cells]
        if not any(texts) or _is_below(texts) or _is_heading(texts, heading, mapping):
            continue
        told = hash(tuple(text for at, text in enumerate(texts) if heading.get(at) not in _SERIAL))
        found.append(_row(number, cells, readers, unit, told))
    return found


def rows_above(path: Path, sheet: str, header_row: int, password: str | None = None) -> list[list[str]]:
    """Return what stands above the heading, as texts. Raises BOOK-0xx."""
    book = open_book(path, password)
    handle = next((each for each in book.sheets if each.name == sheet), book.sheets[0])
    return [[shown(cell) for cell in row] for row in handle.load(header_row).rows[: header_row - 1]]


def _row(
    number: int,
    cells: Sequence[Cell],
    readers: Mapping[int, tuple[str, Converter]],
    unit: str,
    told: int,
) -> ForeignRow:
    values: dict[str, Value] = {}
    wrong: dict[str, Unreadable] = {}
    raw: dict[str, str] = {}
    for at, (target, read) in readers.items():
        cell = cells[at] if at < len(cells) else ""
        raw[target] = shown(cell)
        if target == AMOUNT:
            cell, unit = _without_unit(cell, unit)
        value = read(cell)
        if isinstance(value, Unreadable):
            wrong[target] = value
        elif target == AMOUNT and unit and value is not None:
            values[target] = canonical_decimal(Decimal(str(value)) * shipped_headings().units[unit])
        else:
            values[target] = value
    return ForeignRow(number, values, wrong, raw, told, unit)


def _unit_of(rows: Sequence[Sequence[Cell]], mapping: Mapping[int, str]) -> str:
    """Return the unit of the amounts where it is not yuan: as the column's heading says, else as the sheet says above it."""
    at = next((at for at, target in mapping.items() if target == AMOUNT), None)
    if at is None:
        return ""
    words = shipped_headings()
    unit = words.unit_of(shown(rows[-1][at])) if at < len(rows[-1]) else ""
    for row in rows[:-1]:
        for cell in row:
            above = _UNIT_ABOVE.search(folded(shown(cell)))
            if not unit and above is not None and above[1] in words.units:
                unit = above[1]
    return unit if unit and words.units[unit] != 1 else ""


def _without_unit(cell: Cell, unit: str) -> tuple[Cell, str]:
    """Return an amount without the unit that its own cell tells, and the unit that holds for it."""
    behind = _UNIT_IN_CELL.fullmatch(folded(cell)) if isinstance(cell, str) else None
    units = shipped_headings().units
    if behind is None or behind[2] not in units:
        return cell, unit
    return behind[1], behind[2] if units[behind[2]] != 1 else ""


def _is_below(texts: list[str]) -> bool:
    first = next(text for text in texts if text)
    return any("".join(first.split()).startswith(word) for word in _TOTALS)


def _is_heading(texts: list[str], heading: Mapping[int, str], mapping: Mapping[int, str]) -> bool:
    return bool(mapping) and all(
        at < len(texts) and folded(texts[at]) == heading.get(at) and heading.get(at) for at in mapping
    )


def _reader(target: str, schema: RegisterSchema) -> Converter:
    own: dict[str, tuple[PropertyType, Cleaning]] = {
        ID_NUMBER: ("id_number", ""),
        PERSON_NO: ("text", "key"),
        HOUSE_NO: ("text", "key"),
        NAME: ("text", "name"),
        AMOUNT: ("decimal", ""),
        MONTH: ("month", ""),
        YEAR: ("integer", ""),
    }
    if target in own:
        kind, cleaning = own[target]
        prop = Property(
            name=target, zh=target, en=target, type=kind, write="form", unit=_OWN_UNITS.get(target, "元")
        )
    else:
        list_name, _, name = target.partition(".")
        known = schema.property(list_name, name)
        if known is None:
            raise KeyError(target)
        prop = known
        cleaning = "name" if name in ("name", "head_name") else ""
    group, _, name = target.partition(".")
    column = Column(prop.zh, frozenset(), list_name=group, name=name, prop=prop, cleaning=cleaning)
    return converter_of(column, schema)
