"""References of a sheet when rows are added below one row: cells, ranges, lists of ranges, and those inside formulas.

The row that is the pattern becomes ``more`` + 1 rows. What lies below moves down; a range that reaches the pattern row, or
over it, grows: the drop-down of the pattern row is there for every new row, and a total counts them all. A negative ``more``
takes rows below the pattern away: what lies below moves up, and what ended in them ends in the pattern row.
"""

from __future__ import annotations

import re

__all__ = ["column_number", "moved_cell", "moved_formula", "moved_range", "moved_ranges", "row_of"]

_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_FORMULA = re.compile(
    r"(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<sheet>(?:'(?:[^']|'')+'|[\w.\u3400-\u9fff]+)!)?"
    r"(?P<one>\$?[A-Za-z]{1,3}\$?\d{1,7})(?::(?P<two>\$?[A-Za-z]{1,3}\$?\d{1,7}))?(?![\w(])"
)


def row_of(cell: str) -> int:
    """Return the row of a cell reference."""
    match = _CELL.fullmatch(cell)
    if match is None:
        raise ValueError(cell)
    return int(match[4])


def column_number(cell: str) -> int:
    """Return the column of a cell reference, A = 1."""
    number = 0
    for letter in "".join(character for character in cell if character.isalpha()).upper():
        number = number * 26 + ord(letter) - 64
    return number


def moved_cell(cell: str, pattern: int, more: int) -> str:
    """Return a cell after ``more`` rows were added below the row ``pattern``."""
    match = _CELL.fullmatch(cell)
    if match is None:
        return cell
    row = int(match[4])
    return f"{match[1]}{match[2]}{match[3]}{_moved(row, pattern, more) if row > pattern else row}"


def _moved(row: int, pattern: int, more: int) -> int:
    return max(pattern, row + more)


def moved_range(area: str, pattern: int, more: int) -> str:
    """Return a range (or a cell); one that ends in the pattern row grows over the new rows."""
    first, colon, last = area.partition(":")
    if not colon:
        return moved_cell(area, pattern, more)
    match = _CELL.fullmatch(last)
    if match is None:
        return area
    row = int(match[4])
    end = f"{match[1]}{match[2]}{match[3]}{_moved(row, pattern, more) if row >= pattern else row}"
    return f"{moved_cell(first, pattern, more)}:{end}"


def moved_ranges(areas: str, pattern: int, more: int) -> str:
    """Return a list of ranges; a single cell in the pattern row becomes a range over the new rows."""
    moved = []
    for area in areas.split():
        if ":" not in area and _CELL.fullmatch(area) and row_of(area) == pattern and more:
            moved.append(moved_range(f"{area}:{area}", pattern, more))
        else:
            moved.append(moved_range(area, pattern, more))
    return " ".join(dict.fromkeys(moved))


def moved_formula(formula: str, pattern: int, more: int, sheet: str, *, own: bool) -> str:
    """Return a formula after the rows were added to ``sheet``; ``own``: the formula stands on that sheet."""

    def move(match: re.Match[str]) -> str:
        if match["text"] is not None:
            return match[0]
        told = match["sheet"] or ""
        about = told.rstrip("!").strip("'").replace("''", "'")
        if (about or (sheet if own else "")) != sheet:
            return match[0]
        area = match["one"] + (f":{match['two']}" if match["two"] else "")
        return told + moved_range(area, pattern, more)

    return _FORMULA.sub(move, formula)
