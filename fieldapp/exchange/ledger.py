"""Reading a visit ledger (走访台账): the visits that were written down elsewhere, one row a visit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.findings import Findings
from fieldapp.exchange.layouts import Layouts
from fieldapp.exchange.lines import Line, LineReader
from fieldapp.exchange.matching import known_sheets
from fieldapp.exchange.opening import open_book
from fieldapp.exchange.people import check_phone
from fieldapp.exchange.records import BookCounts, LedgerReading, VisitRecord
from fieldapp.exchange.sheet_rows import KnownSheet, data_rows, tell_about_sheet
from fieldapp.exchange.staffing import staff_key
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Value

__all__ = ["read_visit_ledger"]

_IMPORTED = "imported"


def read_visit_ledger(
    path: Path, layouts: Layouts, *, today: date, password: str | None = None
) -> LedgerReading:
    """Read a visit ledger. Raises BOOK-0xx when it cannot be read at all; everything smaller is a finding."""
    book = open_book(path, password)
    findings = Findings()
    counts = BookCounts()
    visits: list[VisitRecord] = []
    met: dict[tuple[str, str, str, str], tuple[str, int]] = {}
    for sheet in known_sheets(book, layouts.ledger, findings):
        counts.sheets += 1
        tell_about_sheet(sheet, layouts.ledger.header_row, findings)
        visits += _visits_of(sheet, LineReader(sheet, register_schema(), findings), counts, today, met)
    counts.taken = len(visits)
    counts.households = len({visit.house_no for visit in visits})
    return LedgerReading(path.name, visits, findings.sorted(), counts)


def _visits_of(
    sheet: KnownSheet,
    reader: LineReader,
    counts: BookCounts,
    today: date,
    met: dict[tuple[str, str, str, str], tuple[str, int]],
) -> list[VisitRecord]:
    visits = []
    for number, cells in data_rows(sheet, reader.findings, counts):
        line = reader.read(number, cells)
        visit = None if line.refused else _visit_of(line, reader, today)
        if visit is not None:
            key = (visit.house_no, visit.visit_date, visit.mode, visit.visitor_key)
            here = (reader.sheet_name, number)
            other = met.setdefault(key, here)
            if other == here:
                visits.append(visit)
                continue
            reader.tell(
                rows.ALREADY_MET,
                "error",
                line,
                "visits.visit_date",
                visit.visit_date,
                other_sheet=other[0],
                other_row=other[1],
            )
        counts.refused += 1
    return visits


def _visit_of(line: Line, reader: LineReader, today: date) -> VisitRecord | None:
    facts: dict[str, Value] = line.of("visits")
    day = str(facts["visit_date"])
    if day > today.isoformat():
        reader.tell(rows.FUTURE_VISIT, "error", line, "visits.visit_date", day)
        return None
    check_phone(line, reader, "line.visitor_phone")
    facts.setdefault("source", _IMPORTED)
    name = str(facts["visitor_name"])
    key = staff_key(name, line.text("line", "visitor_phone"), line.text("line", "unit_name"))
    return VisitRecord(line.text("households", "house_no"), day, str(facts["mode"]), key, facts)
