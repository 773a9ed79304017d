"""Numbers are read and printed as XPath does."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.xform.values.numbers import format_number, parse_number, remainder, round_half_up, round_places


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_printed_reads_back_and_has_no_exponent(number: float) -> None:
    text = format_number(number)
    assert "e" not in text
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "1e3", "1,000", "+1", "--1", "1.2.3", "٣", "0x10", "inf", "nan", "1_000"]
)
def test_what_is_no_plain_decimal_is_nan(text: str) -> None:
    assert math.isnan(parse_number(text))


@given(st.integers(-(10**12), 10**12), st.integers(-4, 4))
def test_rounding_to_places_is_decimal(number: int, places: int) -> None:
    rounded = Decimal(repr(round_places(number / 100, places)))
    assert abs(rounded - Decimal(number) / 100) <= Decimal("0.5").scaleb(-places)


@pytest.mark.parametrize(("number", "rounded"), [(-2.5, -2), (2.5, 3), (-0.4, 0), (1e300, 1e300)])
def test_halves_go_up(number: float, rounded: float) -> None:
    assert round_half_up(number) == rounded


@given(st.integers(-1000, 1000), st.integers(-50, 50).filter(bool))
def test_the_remainder_has_the_sign_of_the_dividend(left: int, right: int) -> None:
    found = remainder(left, right)
    assert abs(found) < abs(right)
    assert found == 0 or (found < 0) == (left < 0)
