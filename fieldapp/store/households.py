"""Everything the store knows of one household, read in one look."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, select

from fieldapp.register.entities import (
    ENTITY_TYPES,
    Area,
    Entity,
    Household,
    IncomeYear,
    Issue,
    Lead,
    Measure,
    Pairing,
    Person,
    Staff,
    Visit,
)
from fieldapp.register.person_merge import MERGED
from fieldapp.register.plan import Due, VisitSummary, due_under
from fieldapp.store.base import table_of
from fieldapp.store.errors import HOUSEHOLD_MISSING
from fieldapp.store.history import facts_changed, latest_facts
from fieldapp.store.household_records import HouseholdRecords, VisitLine
from fieldapp.store.ladder import read_ladder
from fieldapp.store.rolling import Rolling
from fieldapp.tables.rows import entity_of

__all__ = ["Households"]

E = TypeVar("E", bound=Entity)
#: The lists that :class:`HouseholdRecords` holds in ``others``.
OTHER_LISTS = tuple(
    name
    for name in ENTITY_TYPES
    if name not in ("households", "persons", "incomes", "measures", "issues", "leads", "pairings", "visits")
)


class Households(Rolling):
    """Reading households."""

    def household_with_members(self, household_id: str) -> tuple[Household, tuple[Person, ...]]:
        """Return a household and its present members. Raises STORE-003."""
        with self._read() as connection:
            household = _household(connection, self.site.county_code, household_id)
            people = _records(connection, self.site.county_code, Person, household_id)
        return _counted(household, _present(people))

    def village_households(self, area_code: str) -> list[Household]:
        """Return the households of a village on this laptop, by head's name."""
        table = table_of("households")
        with self._read() as connection:
            rows = connection.execute(
                select(table)
                .where(
                    table.c.county_code == self.site.county_code,
                    table.c.area_code == area_code,
                    table.c.status == "active",
                )
                .order_by(table.c.head_name, table.c.id)
            )
            return [
                Household.from_values(
                    row["id"], entity_of("households", row).values(), version=row["version"]
                )
                for row in rows.mappings()
            ]

    def household_file(self, household_id: str) -> HouseholdRecords:
        """Return everything of a household. Raises STORE-003."""
        county = self.site.county_code
        with self._read() as connection:
            household = _household(connection, county, household_id)
            people = _records(connection, county, Person, household_id)
            incomes = _active(_records(connection, county, IncomeYear, household_id))
            visits = self._visit_lines(connection, household_id)
            household, members = _counted(household, _present(people))
            return HouseholdRecords(
                household=household,
                members=members,
                former_members=tuple(person for person in people if person.status not in ("active", MERGED)),
                incomes=tuple(sorted(incomes, key=lambda income: income.year, reverse=True)),
                measures=tuple(_active(_records(connection, county, Measure, household_id))),
                issues=tuple(_active(_records(connection, county, Issue, household_id))),
                leads=tuple(_active(_records(connection, county, Lead, household_id))),
                pairings=tuple(_active(_records(connection, county, Pairing, household_id))),
                visits=visits,
                due=self._due(connection, household, [line.visit for line in visits]),
                areas=_areas(connection, county, household.area_code),
                facts=latest_facts(connection, county, household_id),
                others=_others(connection, county, household_id),
                readable=_readable(connection, household_id),
            )

    def _visit_lines(self, connection: Connection, household_id: str) -> tuple[VisitLine, ...]:
        county = self.site.county_code
        visits = _active(_records(connection, county, Visit, household_id))
        visits.sort(key=lambda visit: (visit.visit_date, visit.entered_at, visit.id), reverse=True)
        ladder = read_ladder(connection, [visit.id for visit in visits])
        changed = facts_changed(connection, county, household_id)
        return tuple(
            VisitLine(visit, ladder[visit.id].state, ladder[visit.id].receipt_at, changed.get(visit.id, 0))
            for visit in visits
        )

    def _due(self, connection: Connection, household: Household, visits: Sequence[Visit]) -> Due:
        today = self._clock.today()
        seen = [VisitSummary(date.fromisoformat(v.visit_date), v.mode, v.outcome) for v in visits]
        return due_under(seen, self._plan(connection, today), household, today)

    def household_id(self, key: int) -> str:
        """Return the household of a work list key. Raises STORE-003."""
        with self._read() as connection:
            row = connection.exec_driver_sql(
                "SELECT household_id FROM summaries WHERE key = ?", (key,)
            ).first()
        if row is None:
            raise HOUSEHOLD_MISSING()
        return str(row[0])

    def household_key(self, household_id: str) -> int | None:
        """Return the work list key of a household; None when it is not on the list."""
        with self._read() as connection:
            row = connection.exec_driver_sql(
                "SELECT key FROM summaries WHERE household_id = ?", (household_id,)
            ).first()
        return None if row is None else int(row[0])

    def household_keys(self, household_ids: Sequence[str]) -> list[int]:
        """Return the work list keys of households, in no order; who is not on the list has none."""
        query = "SELECT key FROM summaries WHERE household_id IN (SELECT value FROM json_each(?))"
        with self._read() as connection:
            return [int(row[0]) for row in connection.exec_driver_sql(query, (json.dumps([*household_ids]),))]

    def register_counts(self) -> tuple[int, int]:
        """Return how many active households are on this laptop, and how many present members they have."""
        with self._read() as connection:
            households, people = connection.exec_driver_sql(
                "SELECT count(*), ifnull(sum((SELECT count(*) FROM persons AS p WHERE p.county_code = ?"
                " AND p.household_id = s.household_id AND p.status = 'active')), 0) FROM summaries AS s",
                (self.site.county_code,),
            ).one()
        return int(households), int(people)

    def staff(self, staff_id: str) -> Staff | None:
        """Return a cadre the county has told of."""
        table = table_of("staff")
        with self._read() as connection:
            row = (
                connection.execute(
                    select(table).where(table.c.county_code == self.site.county_code, table.c.id == staff_id)
                )
                .mappings()
                .first()
            )
        return None if row is None else Staff(**{name: row[name] for name in row if name != "county_code"})


def _household(connection: Connection, county_code: str, household_id: str) -> Household:
    table = table_of("households")
    row = (
        connection.execute(
            select(table).where(table.c.county_code == county_code, table.c.id == household_id)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise HOUSEHOLD_MISSING()
    found = entity_of("households", row)
    assert isinstance(found, Household)
    return found


def _counted(household: Household, members: tuple[Person, ...]) -> tuple[Household, tuple[Person, ...]]:
    """The number of members is what the members are, not what a workbook once said: a birth counts at once."""
    return replace(household, member_count=len(members)), members


def _records(connection: Connection, county_code: str, kind: type[E], household_id: str) -> list[E]:
    table = table_of(kind.LIST)
    rows = connection.execute(
        select(table).where(table.c.county_code == county_code, table.c.household_id == household_id)
    ).mappings()
    found = [entity_of(kind.LIST, row) for row in rows]
    # Not sorted by SQLite, which would walk the whole table by its key instead of using the household's index.
    return sorted((entity for entity in found if isinstance(entity, kind)), key=lambda entity: entity.id)


def _others(connection: Connection, county_code: str, household_id: str) -> dict[str, tuple[Entity, ...]]:
    """Return the present records of the lists that have no field of their own, by list; empty ones are left out."""
    found = {
        name: tuple(_active(_records(connection, county_code, ENTITY_TYPES[name], household_id)))
        for name in OTHER_LISTS
    }
    return {name: records for name, records in found.items() if records}


def _active(records: Sequence[E]) -> list[E]:
    return [record for record in records if record.status == "active"]


def _present(people: Sequence[Person]) -> tuple[Person, ...]:
    """Members in the register's order; those a visit has added have no number yet and come last."""
    return tuple(sorted(_active(people), key=lambda person: (person.line_no == 0, person.line_no, person.id)))


def _readable(connection: Connection, household_id: str) -> frozenset[str]:
    rows = connection.exec_driver_sql(
        "SELECT visit_id FROM documents WHERE household_id = ?", (household_id,)
    )
    return frozenset(str(row[0]) for row in rows)


def _areas(connection: Connection, county_code: str, area_code: str) -> tuple[Area, ...]:
    table = table_of("areas")
    above = [area_code[:length] for length in range(1, len(area_code) + 1)]
    rows = connection.execute(
        select(table)
        .where(table.c.county_code == county_code, table.c.code.in_(above))
        .order_by(table.c.code)
    )
    return tuple(
        Area(**{name: row[name] for name in row if name != "county_code"}) for row in rows.mappings()
    )
