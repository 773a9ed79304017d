"""Reading the county's list of units (单位名册): who helps, who leads in a kind of problem, and whom to call."""

from __future__ import annotations

from pathlib import Path

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.findings import Findings
from fieldapp.exchange.layouts import Layouts
from fieldapp.exchange.lines import Line, LineReader
from fieldapp.exchange.matching import known_sheets
from fieldapp.exchange.opening import open_book
from fieldapp.exchange.people import check_phone
from fieldapp.exchange.records import BookCounts, UnitReading, UnitRecord
from fieldapp.exchange.sheet_rows import data_rows, tell_about_sheet
from fieldapp.register.schema import register_schema

__all__ = ["read_units"]

#: A unit that helps villages; every other one is a department that leads in its own matters.
_HELPING = "帮扶"


def read_units(path: Path, layouts: Layouts, *, password: str | None = None) -> UnitReading:
    """Read a list of units. Raises BOOK-0xx when it cannot be read at all; everything smaller is a finding."""
    book = open_book(path, password)
    findings, counts = Findings(), BookCounts()
    units: dict[str, UnitRecord] = {}
    places: dict[str, tuple[str, int]] = {}
    for sheet in known_sheets(book, layouts.units, findings):
        counts.sheets += 1
        tell_about_sheet(sheet, layouts.units.header_row, findings)
        reader = LineReader(sheet, register_schema(), findings)
        for number, cells in data_rows(sheet, findings, counts):
            line = reader.read(number, cells)
            check_phone(line, reader, "line.phone")
            name = line.text("line", "unit_name")
            if not line.refused and (there := places.setdefault(name, (reader.sheet_name, number))) != (
                reader.sheet_name,
                number,
            ):
                reader.tell(
                    rows.ALREADY_MET,
                    "error",
                    line,
                    "line.unit_name",
                    name,
                    other_sheet=there[0],
                    other_row=there[1],
                )
            if line.refused:
                counts.refused += 1
                continue
            units[name] = _unit(line)
    counts.taken = len(units)
    return UnitReading(path.name, list(units.values()), findings.sorted(), counts)


def _unit(line: Line) -> UnitRecord:
    kind = line.text("line", "kind")
    return UnitRecord(
        line.text("line", "unit_name"),
        ("helping" if _HELPING in kind else "leading") if kind else "",
        line.text("line", "contact_name"),
        line.text("line", "phone"),
    )
