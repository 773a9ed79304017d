"""Records as rows of facts: what a rule reads, converted once for each record and not once for each rule.

A fact that is empty, or not of its property's kind, is None: *unknown*, on which no rule fires by accident.
Decimals become :class:`~decimal.Decimal`, dates :class:`~datetime.date`, months stay text ("2026-05").
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from fieldapp.register.checks.policy_facts import policy_row
from fieldapp.register.entities import Entity, IncomeYear
from fieldapp.register.identity import IdFacts, age_on, read_id_number, upgraded_number
from fieldapp.register.policy import YearPolicy, policy_for
from fieldapp.register.rules import RuleBook, shipped_rulebook
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value

__all__ = ["FactReader", "Row"]

Row = dict[str, Any]  # values of many kinds; the compiler has checked which is which
_Convert = Callable[[Value], object]

_NOT_YET_SCHOOL = frozenset({"preschool_age", "kindergarten"})
_IN_FORCE = frozenset({"running", "done"})
_PLACEHOLDER = "999999"
_SCHOOL_STARTS_MONTH = 9
_REMEMBERED = 4096  # amounts and days repeat from record to record


@functools.lru_cache(maxsize=_REMEMBERED)
def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


@functools.lru_cache(maxsize=_REMEMBERED)
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _decimal(value: Value) -> Decimal | None:
    return _number(str(value))


def _date(value: Value) -> date | None:
    return _day(str(value))


def _integer(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _boolean(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def _codes(value: Value) -> tuple[str, ...] | None:
    return tuple(value) or None if isinstance(value, list) else None


_CONVERT: Mapping[str, _Convert] = {
    "decimal": _decimal,
    "date": _date,
    "integer": _integer,
    "boolean": _boolean,
    "codes": _codes,
}


class FactReader:
    """Makes rows of facts on a given day, under given policies."""

    def __init__(
        self, schema: RegisterSchema, today: date, policies: tuple[YearPolicy, ...], values: RuleBook
    ) -> None:
        self._today = today
        self._policies = policies
        self.policy: Row = policy_row(shipped_rulebook().names, values, today)
        started = today.month >= _SCHOOL_STARTS_MONTH
        self._school_day = date(today.year - (not started), _SCHOOL_STARTS_MONTH, 1)
        self._converters: dict[str, tuple[tuple[str, _Convert], ...]] = {}
        self._empty: dict[str, Row] = {}
        for name, spec in schema.lists.items():
            typed = {
                prop.name: _CONVERT[prop.type] for prop in spec.properties.values() if prop.type in _CONVERT
            }
            self._converters[name] = tuple(typed.items())
            self._empty[name] = {"id": "", **dict.fromkeys(spec.properties), **_DERIVED_EMPTY.get(name, {})}

    def row(self, entity: Entity) -> Row:
        """Return the facts of a record, derived ones included."""
        values = entity.values()
        row: Row = {**self._empty[entity.LIST], **values, "id": entity.id}
        if "" in values.values():
            row.update({name: None for name, value in values.items() if value == ""})
        for name, convert in self._converters[entity.LIST]:
            value = row[name]
            if value is not None:
                row[name] = convert(value)
        self._derive(entity.LIST, row)
        if isinstance(entity, IncomeYear):
            row["line"] = self.line(entity.year)
        return row

    def blank(self, list_name: str) -> Row:
        """Return the row of a record of which nothing is known."""
        return dict(self._empty[list_name])

    def line(self, year: int) -> Decimal | None:
        """Return the income line of a year in yuan a head; None while the county has not set it."""
        line = policy_for(year, self._policies).income_line
        return None if line is None else Decimal(line)

    def _derive(self, list_name: str, row: Row) -> None:
        if list_name == "persons":
            self._derive_person(row)
        elif list_name == "households":
            monitored = row["monitor_kind"] is not None
            row["monitored"] = monitored
            row["listed"] = monitored or row["household_type"] == "out_of_poverty"
            row["at_risk"] = monitored and row["risk_cleared"] is not True
        elif list_name == "measures":
            row["in_force"] = None if row["state"] is None else row["state"] in _IN_FORCE

    def _derive_person(self, row: Row) -> None:
        number = row["id_number"]
        if number is not None:
            self._derive_number(row, number)
        born = row["birth_date"] or row["id_birth_date"]
        if born is not None and born <= self._today:
            row["age"] = age_on(born, self._today)
            row["school_age"] = age_on(born, self._school_day)
        state = row["school_state"]
        if state is not None:
            row["at_school"] = state not in _NOT_YET_SCHOOL
        elif row["education"] is not None:
            row["at_school"] = False

    def _derive_number(self, row: Row, number: str) -> None:
        row["id_length"] = len(number)
        row["id_placeholder"] = number.startswith(_PLACEHOLDER)
        read = read_id_number(number, self._today)
        if not isinstance(read, IdFacts):
            row["id_upgraded"] = upgraded_number(number) or None
            row["id_problem"], row["id_problem_zh"], row["id_problem_en"] = read.slug, read.zh, read.en
            return
        row["id_birth_date"], row["id_sex"] = read.birth_date, read.sex
        row["id_disability_kind"] = read.disability_kind or None
        row["id_disability_level"] = read.disability_level or None


_DERIVED_EMPTY: Mapping[str, Row] = {
    "persons": dict.fromkeys(
        (
            "age",
            "school_age",
            "at_school",
            "id_length",
            "id_placeholder",
            "id_problem",
            "id_problem_zh",
            "id_problem_en",
            "id_birth_date",
            "id_upgraded",
            "id_sex",
            "id_disability_kind",
            "id_disability_level",
        )
    ),
    "incomes": {"line": None},
    "measures": {"in_force": None},
    "households": {"listed": False, "monitored": False, "at_risk": False},
}
