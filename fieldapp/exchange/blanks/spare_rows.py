"""Rows that a blank has drawn below its pattern row to be filled in by hand: they are used before rows are added."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from fieldapp.exchange.blanks.references import row_of

__all__ = ["SpareRows", "spare_rows"]

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _q(tag: str) -> str:
    return f"{{{_NS}}}{tag}"


class SpareRows:
    """How many rows below the pattern are spare, and which columns count them (1, 2, 3 … printed beforehand)."""

    def __init__(self, number: int, counted: frozenset[str]) -> None:
        self.number = number
        self.counted = counted


def spare_rows(root: etree._Element, pattern: int, spoken: Collection[str], most: int) -> SpareRows:
    """Return the drawn, empty rows right below the pattern row, at most ``most``. ``spoken``: the pattern's cells with placeholders.

    A spare row has a drawn cell (one with a look) under every placeholder and holds nothing, but for the next number in a column
    that counts; it is merged as the pattern row is, or lies beside a label that reaches over both.
    """
    rows = {int(str(row.get("r"))): row for row in root.iter(_q("row"))}
    columns = frozenset(_column(cell) for cell in spoken)
    first = _numbers(rows[pattern]) if pattern in rows else {}
    first = {column: number for column, number in first.items() if column not in columns}
    shape = _shape(root, pattern)
    counted: frozenset[str] | None = None
    number = 0
    while number < most:
        row = rows.get(pattern + number + 1)
        if row is None or not _drawn(row, columns) or _shape(root, pattern + number + 1) != shape:
            break
        held = _numbers(row)
        if _holds(row) != set(held) or any(first.get(c) != n - number - 1 for c, n in held.items()):
            break
        counting = frozenset(held)
        if counted is not None and counting != counted:
            break
        counted = counting
        number += 1
    return SpareRows(number, counted or frozenset())


def _column(cell: str) -> str:
    return cell.rstrip("0123456789")


def _drawn(row: etree._Element, columns: Collection[str]) -> bool:
    looks = {_column(str(cell.get("r"))) for cell in row.iter(_q("c")) if cell.get("s") not in (None, "0")}
    return set(columns) <= looks


def _holds(row: etree._Element) -> set[str]:
    """Return the columns in which a row holds anything."""
    return {_column(str(cell.get("r"))) for cell in row.iter(_q("c")) if len(cell)}


def _numbers(row: etree._Element) -> dict[str, int]:
    """Return the whole numbers that stand in a row, by column."""
    found = {}
    for cell in row.iter(_q("c")):
        value = cell.findtext(_q("v"), "")
        if cell.get("t") in (None, "n") and value.isdigit() and cell.find(_q("f")) is None:
            found[_column(str(cell.get("r")))] = int(value)
    return found


def _shape(root: etree._Element, row: int) -> frozenset[str]:
    """Return how a row is merged: its own merges by their columns, and those that reach over it with their rows above."""
    shape = set()
    for merge in root.iter(_q("mergeCell")):
        first, _, last = str(merge.get("ref")).partition(":")
        if row_of(first) <= row <= row_of(last or first):
            own = row_of(first) == row_of(last or first)
            shape.add(f"{_column(first)}:{_column(last)}" if own else f"{first}:{last}")
    return frozenset(shape)
