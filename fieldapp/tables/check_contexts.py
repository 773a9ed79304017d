"""What the data checks are shown of households: the same selects on the laptop and in the county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, select
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
from fieldapp.register.rules import RuleBook
from fieldapp.tables.register import TABLES
from fieldapp.tables.rows import entity_of

__all__ = ["check_contexts", "check_selects"]

E = TypeVar("E", bound=Entity)
_SEEN = (Household, Person, IncomeYear, Measure, Issue, Loan, Dwelling)


def check_selects(county_code: str, household_ids: Collection[str]) -> dict[str, Select[Any]]:
    """Return what is to be read, by list: the active records of some households (a few hundred at a time)."""
    return {kind.LIST: _select(kind, county_code, list(household_ids)) for kind in _SEEN}


def check_contexts(
    rows: Mapping[str, Iterable[Mapping[Any, Any]]],
    today: date,
    policies: tuple[YearPolicy, ...],
    values: RuleBook,
) -> list[CheckContext]:
    """Return what the rules look at, made of the rows that :func:`check_selects` brought."""
    people, incomes, measures = _grouped(Person, rows), _grouped(IncomeYear, rows), _grouped(Measure, rows)
    issues, loans, dwellings = _grouped(Issue, rows), _grouped(Loan, rows), _grouped(Dwelling, rows)
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
            values=values,
        )
        for (home,) in _grouped(Household, rows).values()
    ]


def _select(kind: type[Entity], county_code: str, household_ids: list[str]) -> Select[Any]:
    table = SQLModel.metadata.tables[str(TABLES[kind.LIST].__tablename__)]
    return select(table).where(
        table.c.county_code == county_code,
        table.c.status == "active",
        table.c[_home_of(kind)].in_(household_ids),
    )


def _grouped(
    kind: type[E], rows: Mapping[str, Iterable[Mapping[Any, Any]]]
) -> defaultdict[str, tuple[E, ...]]:
    found: defaultdict[str, list[E]] = defaultdict(list)
    for row in rows[kind.LIST]:
        entity = entity_of(kind.LIST, row)
        assert isinstance(entity, kind)
        found[row[_home_of(kind)]].append(entity)
    return defaultdict(tuple, {name: tuple(some) for name, some in found.items()})


def _home_of(kind: type[Entity]) -> str:
    return "id" if kind.LIST == "households" else "household_id"
