"""Which households wait for the data checks, what the rules are shown of them, and keeping what was found.

Saving marks a household and no more; the checks run later, in the background. A household that is touched while it is
being checked keeps its mark, because the mark has grown in the meantime.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select, text

from fieldapp.register.checks import CheckContext, Finding
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
from fieldapp.store.base import raw, table_of
from fieldapp.tables.rows import entity_of

__all__ = [
    "contexts_of",
    "keep_findings",
    "mark_all",
    "mark_unchecked",
    "unchecked_count",
    "unchecked_some",
]

E = TypeVar("E", bound=Entity)
_MARK = (
    "INSERT INTO unchecked (household_id, mark) SELECT value, 1 FROM json_each(?) WHERE true"
    " ON CONFLICT (household_id) DO UPDATE SET mark = mark + 1"
)
_MARK_ALL = (
    "INSERT INTO unchecked (household_id, mark) SELECT household_id, 1 FROM summaries WHERE true"
    " ON CONFLICT (household_id) DO UPDATE SET mark = mark + 1"
)
_COLUMNS = ("household_id", "rule_id", "level", "list", "entity_id", "property", "zh", "en", "subject", "key")
_INSERT = f"INSERT INTO findings ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - constants


def mark_unchecked(connection: Connection, household_ids: Collection[str]) -> None:
    """Remember that households were touched."""
    raw(connection).execute(_MARK, (json.dumps(sorted(household_ids)),))


def mark_all(connection: Connection) -> None:
    """Remember that everything is to be checked: the rules, the lines or the day have changed."""
    raw(connection).execute(_MARK_ALL)


def unchecked_count(connection: Connection) -> int:
    """Return how many households wait."""
    return int(raw(connection).execute("SELECT count(*) FROM unchecked").fetchone()[0])


def unchecked_some(connection: Connection, most: int) -> dict[str, int]:
    """Return some of the households that wait, with their marks."""
    rows = raw(connection).execute("SELECT household_id, mark FROM unchecked LIMIT ?", (most,))
    return {str(row[0]): int(row[1]) for row in rows.fetchall()}


def keep_findings(connection: Connection, marks: Mapping[str, int], found: Sequence[Finding]) -> None:
    """Replace the findings of the households in ``marks``; one that was touched since keeps waiting."""
    cursor = raw(connection)
    cursor.execute(
        "DELETE FROM findings WHERE household_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(marks)),),
    )
    cursor.executemany(_INSERT, [[getattr(finding, name) for name in _COLUMNS] for finding in found])
    cursor.executemany("DELETE FROM unchecked WHERE household_id = ? AND mark = ?", list(marks.items()))


def contexts_of(
    connection: Connection,
    county_code: str,
    household_ids: Collection[str],
    today: date,
    policies: tuple[YearPolicy, ...],
) -> list[CheckContext]:
    """Return what the rules look at, for those of the households that are active."""
    asked = {"county": county_code, "ids": json.dumps(list(household_ids))}
    people = _by_household(connection, Person, asked)
    incomes = _by_household(connection, IncomeYear, asked)
    measures = _by_household(connection, Measure, asked)
    issues = _by_household(connection, Issue, asked)
    loans = _by_household(connection, Loan, asked)
    dwellings = _by_household(connection, Dwelling, asked)
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
        for (home,) in _by_household(connection, Household, asked).values()
    ]


def _by_household(
    connection: Connection, kind: type[E], asked: Mapping[str, str]
) -> defaultdict[str, tuple[E, ...]]:
    table = table_of(kind.LIST)
    home = "id" if kind.LIST == "households" else "household_id"
    chosen = text("id IN (SELECT value FROM json_each(:ids))")
    if kind.LIST != "households":
        chosen = text("household_id IN (SELECT value FROM json_each(:ids))")
    query = (
        select(table)
        .where(table.c.county_code == bindparam("county"), table.c.status == "active")
        .where(chosen)
    )
    found: defaultdict[str, list[E]] = defaultdict(list)
    for row in connection.execute(query, asked).mappings():
        entity = entity_of(kind.LIST, row)
        assert isinstance(entity, kind)
        found[row[home]].append(entity)
    return defaultdict(tuple, {name: tuple(some) for name, some in found.items()})
