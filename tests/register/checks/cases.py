"""Worked examples of the rules: facts as a rule file states them, made into the household they describe.

``h`` household facts, ``members``, ``incomes``, ``measures``, ``issues``, ``loans``, ``dwellings`` lists of facts; ``p`` is a first member,
``age`` stands for a birth date that long ago; ``today`` and ``income_line`` replace the usual ones, ``policy`` holds values of the county.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from fieldapp.register.checks import CheckContext, CheckRule, Finding, RuleBook, run_checks
from fieldapp.register.entities import Dwelling, Entity, Household, IncomeYear, Issue, Loan, Measure, Person
from fieldapp.register.policy import VisitRule, YearPolicy
from fieldapp.register.rules import Preset, shipped_rulebook
from fieldapp.register.rules import RuleBook as PolicyValues
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Refusal, Value, convert, misfit

__all__ = ["TODAY", "context_of", "findings_of", "policies", "values_with"]

E = TypeVar("E", bound=Entity)
TODAY = date(2026, 11, 22)
_LISTS = ("members", "incomes", "measures", "issues", "loans", "dwellings")
_KNOWN = frozenset({"h", "p", "today", "income_line", "policy", *_LISTS})


def policies(line: int | None) -> tuple[YearPolicy, ...]:
    """Return one policy for all years with this income line."""
    return (YearPolicy(1900, "例", VisitRule(6, 2, True), line, "例"),)


def values_with(own: Mapping[str, Any]) -> PolicyValues:
    """Return the policy values that ship, with some of a county's own for all days."""
    shipped = shipped_rulebook()
    assert set(own) <= set(shipped.names), set(own) - set(shipped.names)
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in own.items()}
    preset = Preset("own", "例", "example", date(2026, 1, 2), None, False, "例", told)
    return replace(shipped, presets=(*shipped.presets, preset), use=(*shipped.use, "own"))


def findings_of(book: RuleBook, rule: CheckRule, facts: Mapping[str, Any]) -> list[Finding]:
    """Return what one rule finds in the household of an example."""
    return list(run_checks(book.only(rule.id), context_of(facts)))


def context_of(facts: Mapping[str, Any]) -> CheckContext:
    """Return the household of an example. Raises AssertionError when it speaks of a fact that does not exist."""
    assert set(facts) <= _KNOWN, set(facts) - _KNOWN
    today = date.fromisoformat(facts.get("today", TODAY.isoformat()))
    rows: dict[str, list[dict[str, Any]]] = {
        name: [dict(row) for row in facts.get(name, [])] for name in _LISTS
    }
    if "p" in facts:
        rows["members"].insert(0, dict(facts["p"]))
    household = Household.from_values("h", _stored("households", facts.get("h", {})))
    return CheckContext(
        household=household,
        members=_records(Person, rows["members"], today),
        incomes=_records(IncomeYear, rows["incomes"], today),
        measures=_records(Measure, rows["measures"], today),
        issues=_records(Issue, rows["issues"], today),
        loans=_records(Loan, rows["loans"], today),
        dwellings=_records(Dwelling, rows["dwellings"], today),
        today=today,
        policies=policies(facts.get("income_line")),
        values=values_with(facts.get("policy", {})),
    )


def _records(kind: type[E], rows: list[dict[str, Any]], today: date) -> tuple[E, ...]:
    records = []
    for number, row in enumerate(rows, 1):
        identity = row.pop("id", f"{kind.LIST}-{number}")
        if "age" in row:
            row["birth_date"] = date(today.year - row.pop("age"), 1, 1).isoformat()
        values = {"household_id": "h", **row}
        if kind is IncomeYear:
            values.setdefault("year", today.year - 1)
        records.append(kind.from_values(identity, _stored(kind.LIST, values)))
    return tuple(records)


def _stored(list_name: str, row: Mapping[str, Any]) -> dict[str, Value]:
    """Return the facts in their stored form; an example may write 5.5 for "5.5"."""
    schema = register_schema()
    stored: dict[str, Value] = {}
    for name, value in row.items():
        prop = schema.property(list_name, name)
        assert prop is not None, f"{list_name} has no {name}"
        if prop.type == "decimal":
            value = convert(prop, str(value), schema)
        assert not isinstance(value, Refusal)
        assert misfit(prop, value, schema) is None or prop.type in ("phone", "id_number"), (name, value)
        stored[name] = value
    return stored
