"""Reading a register workbook of the national system: the whole of it, row by row, with everything told that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.areas import AreaBook
from fieldapp.exchange.details import take_household, take_income, take_job, take_measure, take_village
from fieldapp.exchange.drafts import HouseholdDraft, HouseholdDrafts
from fieldapp.exchange.findings import Findings
from fieldapp.exchange.layouts import Layouts
from fieldapp.exchange.lines import Line, LineReader
from fieldapp.exchange.matching import known_sheets
from fieldapp.exchange.opening import open_book
from fieldapp.exchange.people import check_phone, complete_person
from fieldapp.exchange.records import BookCounts, BookReading
from fieldapp.exchange.sheet_rows import KnownSheet, data_rows, tell_about_sheet
from fieldapp.exchange.staffing import Staffing
from fieldapp.register.entities import Area
from fieldapp.register.identity import mask_id_number, person_key
from fieldapp.register.schema import RegisterSchema, register_schema

__all__ = ["read_register_book"]


def read_register_book(
    path: Path,
    layouts: Layouts,
    *,
    today: date,
    password: str | None = None,
    areas: Iterable[Area] = (),
    schema: RegisterSchema | None = None,
) -> BookReading:
    """Read one workbook of the register into memory.

    ``areas`` are those the county knows already, for books without a sheet of villages; ``schema`` has the county's own
    codes. Raises BOOK-0xx when the
    workbook as a whole cannot be read or is not one of ours; everything smaller is a finding of the reading.
    """
    book = open_book(path, password)
    reading = _Reading(layouts, today, areas, schema or register_schema())
    persons_settled = False
    for sheet in known_sheets(book, layouts.register, reading.findings):
        reading.counts.sheets += 1
        if sheet.layout.kind not in ("villages", "staff", "persons") and not persons_settled:
            reading.drafts.settle(reading.areas, reading.counts)
            persons_settled = True
        reading.take_sheet(sheet)
    if not persons_settled:
        reading.drafts.settle(reading.areas, reading.counts)
    return reading.finished(path.name)


class _Reading:
    """A book being read."""

    def __init__(self, layouts: Layouts, today: date, areas: Iterable[Area], schema: RegisterSchema) -> None:
        self._layout = layouts.register
        self._today = today
        self._schema = schema
        self._numbers: dict[str, tuple[str, int]] = {}
        self._keys: dict[str, tuple[str, int]] = {}
        self._met: dict[tuple[str, str], int] = {}
        self.findings = Findings()
        self.counts = BookCounts()
        self.areas = AreaBook(areas)
        self.drafts = HouseholdDrafts()
        self.staffing = Staffing(self._layout)

    def take_sheet(self, sheet: KnownSheet) -> None:
        """Read all rows of one sheet."""
        tell_about_sheet(sheet, self._layout.header_row, self.findings)
        reader = LineReader(sheet, self._schema, self.findings)
        kind = sheet.layout.kind
        self._met = {}
        for number, cells in data_rows(sheet, self.findings, self.counts):
            line = reader.read(number, cells)
            if kind == "persons":
                self._take_person(line, reader)
                continue
            if not line.refused:
                self._take_line(kind, line, reader)
            self.counts.refused += line.refused

    def _take_person(self, line: Line, reader: LineReader) -> None:
        if not line.refused:
            complete_person(line, reader, self._today)
            check_phone(line, reader, "persons.phone")
        if not line.refused:
            self._refuse_if_met(line, reader)
        if not line.text("households", "house_no"):
            self.counts.refused += 1
        self.drafts.add_person(line, reader)

    def _refuse_if_met(self, line: Line, reader: LineReader) -> None:
        number = line.text("persons", "person_no")
        document = line.text("persons", "id_number")
        here = (reader.sheet_name, line.row)
        other = self._numbers.setdefault(number, here)
        target, value = "persons.person_no", number
        if other == here and document:
            other = self._keys.setdefault(person_key(document), here)
            target, value = "persons.id_number", mask_id_number(document)
        if other != here:
            reader.tell(
                rows.ALREADY_MET, "error", line, target, value, other_sheet=other[0], other_row=other[1]
            )

    def _take_line(self, kind: str, line: Line, reader: LineReader) -> None:
        if kind == "villages":
            take_village(line, reader, self.areas)
        elif kind == "staff":
            self.staffing.take_cadre(line, reader, self.areas)
        else:
            draft = self.drafts.of_line(line, reader)
            if draft is not None:
                self._take_detail(kind, line, reader, draft)

    def _take_detail(self, kind: str, line: Line, reader: LineReader, draft: HouseholdDraft) -> None:
        match kind:
            case "households":
                take_household(line, draft)
            case "jobs":
                take_job(line, reader, draft, self._met)
            case "incomes":
                take_income(line, reader, draft, self._met)
            case "measures":
                take_measure(line, reader, draft, self._met)
            case "pairings":
                self.staffing.take_pairing(line, reader, draft)

    def finished(self, name: str) -> BookReading:
        """Return the reading with its counts."""
        households = [draft.record() for draft in self.drafts if draft.taken]
        counts = self.counts
        counts.taken = counts.rows - counts.refused
        counts.households = len(households)
        counts.persons = sum(len(household.persons) for household in households)
        listed = [
            household
            for household in households
            if household.facts.get("household_type") == "out_of_poverty"
            or household.facts.get("monitor_kind") is not None
        ]
        counts.listed_households = len(listed)
        counts.listed_persons = sum(len(household.persons) for household in listed)
        return BookReading(
            name,
            households,
            self.areas.areas(),
            self.staffing.records(),
            self.findings.sorted(),
            counts,
        )
