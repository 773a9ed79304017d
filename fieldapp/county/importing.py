"""Importing the national workbooks and visit ledgers: upsert by 户编号 and 人口编号, one book in memory at a time.

A book is one transaction: all its good rows go in or, when the power fails, none. Ids follow from the natural keys, so
the same book twice changes nothing, and another book about the same household meets the same record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, select

from fieldapp.common.ids import derived_id
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.county.feed import Touch, publish
from fieldapp.county.import_checks import checked_lines
from fieldapp.county.import_members import member_records
from fieldapp.county.publishing import schema_in_force
from fieldapp.county.setup import County
from fieldapp.county.shared_rows import known_areas, put_areas, put_staff, put_units, staff_id
from fieldapp.county.tables import table_of
from fieldapp.county.upserting import Counts, Incoming, Upsert, in_chunks
from fieldapp.exchange import (
    BookCounts,
    BookReading,
    Finding,
    HouseholdRecord,
    LedgerReading,
    UnitReading,
    UnitRecord,
    VisitRecord,
    read_register_book,
    read_units,
    read_visit_ledger,
    shipped_layouts,
    write_import_report,
)
from fieldapp.register.values import Value
from fieldapp.tables.register import HouseholdRow, StaffRow

__all__ = ["ImportReport", "import_books", "import_ledger", "import_register_book", "import_units"]


@dataclass(frozen=True)
class ImportReport:
    """What an import did: the book's own counts and findings, and per list what was new, changed, same or kept.

    ``unknown_households`` are 户编号 that the book speaks of and the register does not have; they were left out.
    ``unknown_members`` are 户编号 with the 人口编号 or masked 证件号码 of members that the register does not have.
    ``doubts`` counts what the data checks found in the households that were new or changed, when a report was asked for.
    ``written`` is the report beside the book, when one was asked for and there is something to tell.
    """

    name: str
    book: BookCounts
    findings: Sequence[Finding]
    lists: Mapping[str, Counts]
    unknown_households: tuple[str, ...] = ()
    written: Path | None = None
    doubts: int = 0
    unknown_members: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        """How many records are new or changed."""
        return sum(counts.new + counts.changed for counts in self.lists.values())


def import_books(
    county: County,
    paths: Sequence[Path],
    *,
    author: str = "",
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
) -> list[ImportReport]:
    """Import register workbooks one after another. Raises BOOK-0xx at the first that cannot be read, TASK-001."""
    reports = []
    for number, path in enumerate(paths):
        if cancel is not None:
            cancel.check()
        progress(Progress(number, len(paths), f"导入 {path.name}", f"importing {path.name}"))
        reports.append(import_register_book(county, path, author=author))
    progress(Progress(len(paths), len(paths), "导入完成", "imported"))
    return reports


def import_register_book(
    county: County, path: Path, *, password: str | None = None, author: str = "", tell: bool = False
) -> ImportReport:
    """Import one register workbook; ``tell`` writes the report of its findings beside it.

    Raises BOOK-0xx when it cannot be read as a whole; rows are told in findings.
    """
    with county.database.read() as connection:
        areas = known_areas(connection, county.code)
        schema = schema_in_force(connection, county.code)
    reading = read_register_book(
        path, shipped_layouts(), today=county.clock.today(), password=password, areas=areas, schema=schema
    )
    with county.database.write() as connection:
        upsert = _upsert(county, connection, author)
        touches = put_areas(county.database, connection, county.code, reading.areas)
        touches += put_staff(county.database, connection, county.code, reading.staff)
        named = dict.fromkeys(cadre.unit_name for cadre in reading.staff if cadre.unit_name)
        units = [UnitRecord(name) for name in named]
        touches += put_units(county.database, connection, county.code, units, Counts())
        unknown, strangers = _put_households(county, connection, upsert, reading, touches)
        publish(county.database, connection, county.code, touches)
    homes = {touch.household_id for touch in touches if touch.household_id}
    report = _report(county, path, reading, upsert.counts, unknown, tell=tell, checked=homes)
    return replace(report, unknown_members=tuple(strangers))


def import_ledger(
    county: County, path: Path, *, password: str | None = None, author: str = "", tell: bool = False
) -> ImportReport:
    """Import a visit ledger (走访台账); ``tell`` writes the report. Raises BOOK-0xx when it cannot be read as a whole."""
    reading: LedgerReading = read_visit_ledger(
        path, shipped_layouts(), today=county.clock.today(), password=password
    )
    with county.database.write() as connection:
        upsert = _upsert(county, connection, author)
        numbers = dict.fromkeys(visit.house_no for visit in reading.visits)
        ids = {number: _household_id(county, number) for number in numbers}
        villages = _villages(connection, county.code, ids.values())
        staff = _staff_ids(connection, county.code)
        keys = dict.fromkeys(visit.visitor_key for visit in reading.visits)
        visitors = {key: staff_id(county.code, key) for key in keys}
        records = [
            _visit(visit, ids[visit.house_no], visitors[visit.visitor_key], staff)
            for visit in reading.visits
            if ids[visit.house_no] in villages
        ]
        touched = upsert.put("visits", records)
        touches = [Touch("visits", r.id, r.household_id, villages[r.household_id]) for r in touched]
        publish(county.database, connection, county.code, touches)
    unknown = sorted(number for number, identifier in ids.items() if identifier not in villages)
    return _report(county, path, reading, upsert.counts, unknown, tell=tell)


def import_units(
    county: County, path: Path, *, password: str | None = None, tell: bool = False
) -> ImportReport:
    """Import the list of units (单位名册): who helps or leads, and whom to call. Raises BOOK-0xx."""
    reading: UnitReading = read_units(path, shipped_layouts(), password=password)
    counts = Counts()
    with county.database.write() as connection:
        touches = put_units(county.database, connection, county.code, reading.units, counts)
        publish(county.database, connection, county.code, touches)
    return _report(county, path, reading, {"units": counts}, (), tell=tell)


def _report(
    county: County,
    path: Path,
    reading: BookReading | LedgerReading | UnitReading,
    lists: Mapping[str, Counts],
    unknown: Iterable[str],
    *,
    tell: bool,
    checked: Collection[str] = (),
) -> ImportReport:
    written = None
    doubts = list(checked_lines(county, checked)) if tell else []
    if tell and (reading.findings or doubts):
        written = write_import_report(path, reading, today=county.clock.today(), doubts=doubts)
    return ImportReport(
        reading.name, reading.counts, reading.findings, lists, tuple(unknown), written, len(doubts)
    )


def _upsert(county: County, connection: Connection, author: str) -> Upsert:
    return Upsert(
        county.database,
        connection,
        county.code,
        schema_in_force(connection, county.code),
        county.ids.new(),
        county.clock.today().isoformat(),
        author,
    )


def _put_households(
    county: County, connection: Connection, upsert: Upsert, reading: BookReading, touches: list[Touch]
) -> tuple[list[str], list[str]]:
    """Write the households of a book and all that hangs on them; return the households and members nobody knows."""
    ids = {record.house_no: _household_id(county, record.house_no) for record in reading.households}
    former = _villages(connection, county.code, ids.values())
    taken = [record for record in reading.households if record.persons or ids[record.house_no] in former]
    villages = {
        ids[record.house_no]: str(record.facts.get("area_code") or former.get(ids[record.house_no], ""))
        for record in taken
    }
    records_by_list = _records(county, taken, ids)
    members, strangers = member_records(connection, county.code, taken, ids)
    records_by_list["persons"] += members
    for list_name, records in records_by_list.items():
        touches += [
            Touch(list_name, record.id, record.household_id, villages[record.household_id])
            for record in upsert.put(list_name, records)
        ]
    known = {record.house_no for record in taken}
    return sorted(record.house_no for record in reading.households if record.house_no not in known), strangers


def _records(
    county: County, households: Iterable[HouseholdRecord], ids: Mapping[str, str]
) -> dict[str, list[Incoming]]:
    """Return everything a book says, list by list, households first."""
    found: dict[str, list[Incoming]] = {
        name: [] for name in ("households", "persons", "incomes", "measures", "pairings")
    }
    for record in households:
        home = ids[record.house_no]
        own: dict[str, Value] = {"household_id": home}
        if record.facts:
            found["households"].append(Incoming(home, home, {**record.facts, "house_no": record.house_no}))
        for person in record.persons:
            identifier = _person_id(county, person.person_no)
            found["persons"].append(Incoming(identifier, home, {**person.facts, **own}))
        for income in record.incomes:
            identifier = derived_id("income", home, str(income.year))
            found["incomes"].append(Incoming(identifier, home, {**income.facts, **own}))
        for measure in record.measures:
            key = ("measure", home, measure.group, measure.item, measure.started, measure.person_no)
            facts = {**measure.facts, **own}
            if measure.person_no:
                facts["person_id"] = _person_id(county, measure.person_no)
            found["measures"].append(Incoming(derived_id(*key), home, facts))
        for pairing in record.pairings:
            identifier = derived_id("pairing", home, pairing.staff_key, pairing.started)
            facts = {**pairing.facts, **own, "staff_id": staff_id(county.code, pairing.staff_key)}
            found["pairings"].append(Incoming(identifier, home, facts))
    return found


def _visit(visit: VisitRecord, home: str, visitor: str, staff: frozenset[str]) -> Incoming:
    identifier = derived_id("visit", home, visit.visit_date, visit.mode, visit.visitor_key)
    facts: dict[str, Value] = {**visit.facts, "household_id": home}
    if visitor in staff:
        facts["visitor_id"] = visitor
    return Incoming(identifier, home, facts)


def _household_id(county: County, house_no: str) -> str:
    return derived_id("household", county.code, house_no)


def _person_id(county: County, person_no: str) -> str:
    return derived_id("person", county.code, person_no)


def _villages(connection: Connection, county_code: str, ids: Iterable[str]) -> dict[str, str]:
    """Return the village code of each of the households that the register has."""
    table = table_of(HouseholdRow)
    found: dict[str, str] = {}
    for chunk in in_chunks([Incoming(identifier, identifier, {}) for identifier in ids]):
        rows = connection.execute(
            select(table.c.id, table.c.area_code).where(
                table.c.county_code == county_code, table.c.id.in_([record.id for record in chunk])
            )
        )
        found |= {row.id: row.area_code for row in rows}
    return found


def _staff_ids(connection: Connection, county_code: str) -> frozenset[str]:
    table = table_of(StaffRow)
    return frozenset(
        connection.execute(select(table.c.id).where(table.c.county_code == county_code)).scalars()
    )
