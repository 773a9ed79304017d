"""The facts that are worked out of a record: ages to the day, what a number says, the line of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fieldapp.register.checks.facts import FactReader
from fieldapp.register.checks.kinds import vocabulary_of
from fieldapp.register.entities import Household, IncomeYear, Measure, Person
from fieldapp.register.policy import shipped_policy
from fieldapp.register.rules import shipped_rulebook
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Value


def reader(today: str = "2026-11-22") -> FactReader:
    return FactReader(register_schema(), date.fromisoformat(today), shipped_policy(), shipped_rulebook())


def person(**values: Value) -> Person:
    return Person.from_values("p", {"household_id": "h", **values})


@pytest.mark.parametrize(
    ("born", "today", "age", "school_age"),
    [
        ("2010-02-29", "2026-02-28", None, None),
        ("2008-02-29", "2026-02-28", 17, 17),
        ("2008-02-29", "2026-03-01", 18, 17),
        ("2014-09-01", "2026-11-22", 12, 12),
        ("2014-09-02", "2026-11-22", 12, 11),
        ("2014-09-02", "2026-08-31", 11, 10),
        ("2027-01-01", "2026-11-22", None, None),
    ],
    ids=[
        "no such day",
        "before 1 March",
        "on 1 March",
        "on 1 September",
        "a day too late",
        "before September",
        "not born",
    ],
)
def test_ages_are_counted_to_the_day(born: str, today: str, age: int | None, school_age: int | None) -> None:
    row = reader(today).row(person(birth_date=born))
    assert (row["age"], row["school_age"]) == (age, school_age)


def test_the_age_comes_from_the_number_where_no_birth_date_is_entered() -> None:
    row = reader().row(person(id_number="110101198003150113"))
    assert (row["id_problem"], row["id_birth_date"], row["id_sex"]) == (None, date(1980, 3, 15), "male")
    assert row["age"] == 46


@pytest.mark.parametrize(
    ("values", "at_school"),
    [
        ({"school_state": "grade7"}, True),
        ({"school_state": "kindergarten"}, False),
        ({"education": "junior"}, False),
        ({}, None),
    ],
)
def test_who_is_at_school(values: dict[str, Value], at_school: bool | None) -> None:
    assert reader().row(person(**values))["at_school"] is at_school


@pytest.mark.parametrize(
    ("kind", "monitor", "cleared", "facts"),
    [
        ("ordinary", None, None, (False, False, False)),
        ("out_of_poverty", None, None, (True, False, False)),
        ("ordinary", "marginal", None, (True, True, True)),
        ("ordinary", "marginal", False, (True, True, True)),
        ("ordinary", "marginal", True, (True, True, False)),
    ],
)
def test_listed_monitored_and_at_risk_are_three_things(
    kind: str, monitor: str | None, cleared: bool | None, facts: tuple[bool, bool, bool]
) -> None:
    household = Household(id="h", household_type=kind, monitor_kind=monitor, risk_cleared=cleared)
    row = reader().row(household)
    assert (row["listed"], row["monitored"], row["at_risk"]) == facts
    assert household.listed is row["listed"]


def test_the_line_is_that_of_the_year_of_the_income() -> None:
    rows = {
        year: reader().row(IncomeYear(id="i", household_id="h", year=year)) for year in (2020, 2022, 2026)
    }
    assert {year: row["line"] for year, row in rows.items()} == {
        2020: Decimal(4000),
        2022: Decimal(6700),
        2026: None,
    }


@pytest.mark.parametrize(
    ("state", "in_force"),
    [("running", True), ("done", True), ("planned", False), ("stopped", False), (None, None)],
)
def test_measures_in_force_run_or_are_done(state: str | None, in_force: bool | None) -> None:
    assert reader().row(Measure(id="m", household_id="h", state=state))["in_force"] is in_force


def test_every_fact_of_the_vocabulary_stands_in_a_blank_row() -> None:
    for name, facts in vocabulary_of(register_schema()).items():
        assert set(facts) == set(reader().blank(name))
