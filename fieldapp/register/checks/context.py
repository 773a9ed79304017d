"""What the rules look at: one household with everything that belongs to it, on a day, under the policy in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.register.checks.facts import FactReader, Row
from fieldapp.register.checks.logic import Frame
from fieldapp.register.checks.scopes import (
    FRAME_SIZE,
    HOUSEHOLD,
    INCOME_LINE,
    LATEST,
    LISTS,
    POLICY,
    THIS_MONTH,
    TODAY,
    YEAR,
)
from fieldapp.register.entities import Dwelling, Entity, Household, IncomeYear, Issue, Loan, Measure, Person
from fieldapp.register.policy import YearPolicy
from fieldapp.register.rules import RuleBook

__all__ = ["CheckContext", "frame_of"]

_ACTIVE = "active"


@dataclass(frozen=True, kw_only=True)
class CheckContext:
    """A household to be checked. Records that are not active are left out; the order of the lists does not matter."""

    household: Household
    members: tuple[Person, ...] = ()
    incomes: tuple[IncomeYear, ...] = ()
    measures: tuple[Measure, ...] = ()
    issues: tuple[Issue, ...] = ()
    loans: tuple[Loan, ...] = ()
    dwellings: tuple[Dwelling, ...] = ()
    today: date
    policies: tuple[YearPolicy, ...] | None = None
    values: RuleBook | None = None  # the policy values of the day; None is what ships


def frame_of(context: CheckContext, reader: FactReader) -> Frame:
    """Return the slots the rules read (see :mod:`fieldapp.register.checks.scopes`), without a record in question."""
    frame: Frame = [None] * FRAME_SIZE
    frame[TODAY], frame[YEAR] = context.today, context.today.year
    frame[THIS_MONTH] = context.today.isoformat()[:7]
    frame[INCOME_LINE] = reader.line(context.today.year)
    frame[HOUSEHOLD] = reader.row(context.household)
    frame[POLICY] = reader.policy
    for name, records in _lists(context):
        frame[LISTS[name][0]] = _rows(reader, records)
    incomes: list[Row] = frame[LISTS["incomes"][0]]
    past = [row for row in incomes if row["year"] is not None and row["year"] <= context.today.year]
    frame[LATEST] = max(past, key=lambda row: (row["year"], row["id"]), default=reader.blank("incomes"))
    return frame


def _lists(context: CheckContext) -> tuple[tuple[str, tuple[Entity, ...]], ...]:
    return (
        ("members", context.members),
        ("incomes", context.incomes),
        ("measures", context.measures),
        ("issues", context.issues),
        ("loans", context.loans),
        ("dwellings", context.dwellings),
    )


def _rows(reader: FactReader, records: Iterable[Entity]) -> list[Row]:
    return [reader.row(record) for record in records if record.status == _ACTIVE]
