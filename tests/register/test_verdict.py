"""一超过、两不愁、三保障: a verdict that says no more than the register knows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.entities import Household, IncomeYear
from fieldapp.register.policy import YearPolicy, load_policy
from fieldapp.register.verdict import GUARANTEES, verdict_of

facts = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in GUARANTEES})


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> tuple[YearPolicy, ...]:
    path = tmp_path_factory.mktemp("policy") / "years.toml"
    visits = "{ per_year = 6, interval_months = 2, remote_counts = true }"
    rows = [
        f'[[policy]]\nfrom_year = {year}\nname_zh = "x"\nsource = "x"\nincome_line = 8000\nvisits = {visits}\n'
        for year in (2026, 2025)
    ]
    path.write_text("\n".join(rows), "utf-8")
    return load_policy(path)


def home(**told: object) -> Household:
    return Household.from_values("h", {"head_name": "张三", **told})  # type: ignore[dict-item]


def income(year: int, per_capita: str | None) -> IncomeYear:
    return IncomeYear(id=f"i{year}", household_id="h", year=year, per_capita=per_capita)


GOOD = dict.fromkeys(GUARANTEES, True)


@pytest.mark.parametrize(
    ("per_capita", "standing"),
    [("8000.01", "yes"), ("8000", "no"), ("7999.99", "no"), ("0", "no"), (None, "open"), ("", "open")],
)
def test_income_exceeds_the_line_or_it_does_not(
    per_capita: str | None, standing: str, lines: tuple[YearPolicy, ...]
) -> None:
    found = verdict_of(home(**GOOD), [income(2025, per_capita)], lines)
    assert (found.parts[0].standing, found.standing) == (standing, standing)


def test_without_a_line_of_that_year_nothing_is_decided(lines: tuple[YearPolicy, ...]) -> None:
    found = verdict_of(home(**GOOD), [income(2027, "90000")], lines)
    assert (found.standing, found.line, found.named("open")) == ("open", None, ("income",))


def test_the_newest_year_that_has_a_figure_counts(lines: tuple[YearPolicy, ...]) -> None:
    found = verdict_of(home(**GOOD), [income(2026, None), income(2025, "9000"), income(2024, "1")], lines)
    assert (found.year, found.per_capita, found.standing) == (2025, Decimal("9000"), "yes")


@given(facts)
def test_one_no_is_a_no_and_a_yes_needs_all_seven(told: dict[str, bool | None]) -> None:
    found = verdict_of(home(**{name: value for name, value in told.items() if value is not None}), [])
    values = set(told.values())
    assert found.standing == ("no" if False in values else "open")
    assert set(found.named("no")) == {name for name, value in told.items() if value is False}
    assert set(found.named("open")) == {"income", *(name for name, value in told.items() if value is None)}
