"""Payments by month in one income item a year: the same list twice counts once."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.payments import months_text, payment_id, read_months, total_of, with_month

MONTHS = st.builds(lambda y, m: f"{y}-{m:02d}", st.integers(2020, 2030), st.integers(1, 12))
AMOUNTS = st.decimals(0, 99_999, places=2)


@given(st.dictionaries(MONTHS, AMOUNTS, max_size=14))
def test_what_is_written_is_read_again(months: dict[str, Decimal]) -> None:
    assert read_months(months_text(months)) == months


@given(st.dictionaries(MONTHS, AMOUNTS, max_size=14), MONTHS, AMOUNTS)
def test_a_month_told_twice_counts_once_and_the_last_word_stands(
    months: dict[str, Decimal], month: str, amount: Decimal
) -> None:
    once = with_month(months_text(months), month, amount)
    assert with_month(once, month, amount) == once
    assert total_of(once) == sum({**months, month: amount}.values(), Decimal(0))


def test_what_is_no_month_is_left_out() -> None:
    assert read_months("2026-13:5;abc;2026-02:7.5;2026-3:1") == {"2026-02": Decimal("7.5")}
    assert total_of("") == 0


def test_an_item_is_the_same_on_every_laptop_and_another_for_another_year() -> None:
    assert payment_id("low_income", "p1", 2026) == payment_id("low_income", "p1", 2026)
    assert len({payment_id(c, p, y) for c in ("a", "b") for p in ("p", "q") for y in (2025, 2026)}) == 8
