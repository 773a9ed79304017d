"""What the data checks are shown of households: read alike on the laptop and in the county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from fieldapp.register.checks import CheckContext
from fieldapp.register.entities import (
    Dwelling,
    Entity,
    Household,
    IncomeYear,
    Issue,
    Loan,
    Measure,
    Person,
)
from fieldapp.register.policy import YearPolicy
from fieldapp.tables.register import TABLES
from fieldapp.tables.rows import entity_of

__all__ = ["check_contexts"]

E = TypeVar("E", bound=Entity)


def check_contexts(
    connection: Connection,
    county_code: str,
    household_ids: Collection[str],
    today: date,
    policies: tuple[YearPolicy, ...],
) -> list[CheckContext]:
    """Return what the rules look at, for those of the households that are active; a few hundred at a time."""
    asked = _Asked(connection, county_code, household_ids)
    people, incomes, measures = asked.of(Person), asked.of(IncomeYear), asked.of(Measure)
    issues, loans, dwellings = asked.of(Issue), asked.of(Loan), asked.of(Dwelling)
    return [
        CheckContext(
            household=home,
            members=people[home.id],
            incomes=incomes[home.id],
            measures=measures[home.id],
            issues=issues[home.id],
            loans=loans[home.id],
            dwellings=dwellings[home.id],
            today=today,
            policies=policies,
        )
        for (home,) in asked.of(Household).values()
    ]


class _Asked:
    """Some households of one county."""

    def __init__(self, connection: Connection, county_code: str, household_ids: Collection[str]) -> None:
        self._connection = connection
        self._county_code = county_code
        self._ids = list(household_ids)

    def of(self, kind: type[E]) -> defaultdict[str, tuple[E, ...]]:
        """Return the active records of a list, by household."""
        table = _table(kind)
        home = "id" if kind.LIST == "households" else "household_id"
        query = select(table).where(
            table.c.county_code == self._county_code, table.c.status == "active", table.c[home].in_(self._ids)
        )
        found: defaultdict[str, list[E]] = defaultdict(list)
        for row in self._connection.execute(query).mappings():
            entity = entity_of(kind.LIST, row)
            assert isinstance(entity, kind)
            found[row[home]].append(entity)
        return defaultdict(tuple, {name: tuple(some) for name, some in found.items()})


def _table(kind: type[Entity]) -> Table:
    return SQLModel.metadata.tables[str(TABLES[kind.LIST].__tablename__)]
