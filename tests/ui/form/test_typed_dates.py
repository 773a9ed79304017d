"""Dates and times as cadres type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.ui.viewmodels.typed_dates import (
    read_typed_date,
    read_typed_month,
    read_typed_time,
    weekday_name,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20230105", date(2023, 1, 5)),
        ("2023-1-5", date(2023, 1, 5)),
        ("2023.1.5", date(2023, 1, 5)),
        ("2023年1月5日", date(2023, 1, 5)),
        ("２０２３／１／５", date(2023, 1, 5)),
        ("1122", date(2026, 11, 22)),
        ("11-20", date(2026, 11, 20)),
        ("1205", date(2025, 12, 5)),
        ("12月5日", date(2025, 12, 5)),
        ("18日", date(2026, 11, 18)),
        ("昨天", date(2026, 11, 21)),
        ("前天", date(2026, 11, 20)),
    ],
)
def test_a_date_is_understood_as_it_is_typed(typed: str, meant: date) -> None:
    assert read_typed_date(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["", "1", "13-40", "20261332", "明年", "2026-02-30", "112"])
def test_what_is_no_date_gives_none(typed: str) -> None:
    assert read_typed_date(typed, TODAY) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_date_comes_back_from_its_full_and_its_compact_form(day: date) -> None:
    assert read_typed_date(day.isoformat(), TODAY) == day
    assert read_typed_date(f"{day:%Y%m%d}", TODAY) == day


@given(st.dates(min_value=date(2025, 11, 23), max_value=TODAY))
def test_a_day_without_its_year_never_lies_in_the_future(day: date) -> None:
    found = read_typed_date(f"{day:%m%d}", TODAY)
    if (day.month, day.day) == (2, 29):
        return
    assert found is not None
    assert found <= TODAY
    assert (found.month, found.day) == (day.month, day.day)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("830", time(8, 30)),
        ("0830", time(8, 30)),
        ("8:30", time(8, 30)),
        ("8：30", time(8, 30)),
        ("8点半", time(8, 30)),
        ("8点05分", time(8, 5)),
        ("20时", time(20)),
        ("9", time(9)),
    ],
)
def test_a_time_of_day_is_understood_as_it_is_typed(typed: str, meant: time) -> None:
    assert read_typed_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "25:00", "8:75", "下午"])
def test_what_is_no_time_gives_none(typed: str) -> None:
    assert read_typed_time(typed) is None


def test_a_month_is_understood_and_stands_for_its_first_day() -> None:
    assert read_typed_month("2026-05") == read_typed_month("202605") == date(2026, 5, 1)
    assert read_typed_month("2026年5月") == date(2026, 5, 1)
    assert read_typed_month("2026-13") is None


def test_the_weekday_is_named_in_chinese() -> None:
    assert weekday_name(TODAY) == "星期日"
    assert weekday_name(date(2026, 11, 23)) == "星期一"
