"""Since when a fact is so, from which visit, who said so, and what it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from fieldapp.register.values import Value
from fieldapp.store.base import FACTS, StoreBase
from fieldapp.store.tables import changes

__all__ = [
    "Correction",
    "FactLine",
    "FactOrigin",
    "History",
    "ToldFact",
    "facts_changed",
    "latest_facts",
]


@dataclass(frozen=True, slots=True)
class FactOrigin:
    """Where a fact's present value is from. ``since`` is the day it is known from; no ``visit_id`` means a correction
    or the county, and no ``author_name`` means the county.
    """

    since: str
    visit_id: str | None
    author_name: str
    value_before: Value


@dataclass(frozen=True, slots=True)
class FactLine:
    """One value a fact has had, and when it was written (UTC)."""

    value: Value
    before: Value
    since: str
    at: str
    kind: str
    visit_id: str | None
    author_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact that a change wrote."""

    list: str
    entity_id: str
    household_id: str
    name: str
    value: Value
    before: Value


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction made on this laptop, with everything it wrote, of all its households."""

    id: str
    at: str
    author_name: str
    reason: str
    facts: tuple[ToldFact, ...]


class History(StoreBase):
    """Reading the history of facts."""

    def corrections_of(self, household_id: str, most: int = 100) -> list[Correction]:
        """Return the corrections that touched a household, newest first."""
        touched = select(FACTS.c.change_id).where(
            FACTS.c.county_code == self.site.county_code, FACTS.c.household_id == household_id
        )
        query = select(changes).where(changes.c.kind == "correction", changes.c.id.in_(touched))
        with self._read() as connection:
            rows = connection.execute(query.order_by(changes.c.seq.desc()).limit(most)).all()
            return [self._correction(connection, row) for row in rows]

    def correction(self, change_id: str) -> Correction | None:
        """Return one correction; None when no such one was made here."""
        query = select(changes).where(changes.c.kind == "correction", changes.c.id == change_id)
        with self._read() as connection:
            row = connection.execute(query).first()
            return self._correction(connection, row) if row is not None else None

    def _correction(self, connection: Connection, row: Row[Any]) -> Correction:
        found = connection.execute(
            select(FACTS)
            .where(FACTS.c.county_code == self.site.county_code, FACTS.c.change_id == row.id)
            .order_by(FACTS.c.list, FACTS.c.entity_id, FACTS.c.name)
        )
        facts = tuple(ToldFact(f.list, f.entity_id, f.household_id, f.name, f.value, f.before) for f in found)
        return Correction(row.id, row.at, row.author_name, row.reason, facts)

    def fact_history(self, list_name: str, entity_id: str, name: str) -> list[FactLine]:
        """Return the values a fact has had, newest first. What was there before the first line is its ``before``."""
        query = _lines().where(
            FACTS.c.county_code == self.site.county_code,
            FACTS.c.list == list_name,
            FACTS.c.entity_id == entity_id,
            FACTS.c.name == name,
        )
        with self._read() as connection:
            return [_line(row) for row in connection.execute(query.order_by(changes.c.seq.desc()))]


def latest_facts(
    connection: Connection, county_code: str, household_id: str
) -> Mapping[tuple[str, str, str], FactOrigin]:
    """Return the origin of every fact of a household that was ever changed here, by (list, record, fact)."""
    rows = connection.execute(
        _lines()
        .where(FACTS.c.county_code == county_code, FACTS.c.household_id == household_id)
        .order_by(changes.c.seq)
    )
    return {
        (row.list, row.entity_id, row.name): FactOrigin(row.since, row.visit_id, row.author_name, row.before)
        for row in rows
    }


def facts_changed(connection: Connection, county_code: str, household_id: str) -> Mapping[str, int]:
    """Return how many facts each visit of a household changed, by visit id."""
    rows = connection.execute(
        select(FACTS.c.visit_id, func.count())
        .where(
            FACTS.c.county_code == county_code,
            FACTS.c.household_id == household_id,
            FACTS.c.visit_id.is_not(None),
        )
        .group_by(FACTS.c.visit_id)
    )
    return {str(visit_id): int(number) for visit_id, number in rows}


def _lines() -> Select[Any]:
    return select(FACTS, changes.c.at, changes.c.kind).join(changes, changes.c.id == FACTS.c.change_id)


def _line(row: Row[Any]) -> FactLine:
    return FactLine(
        row.value, row.before, row.since, row.at, row.kind, row.visit_id, row.author_name, row.reason
    )
