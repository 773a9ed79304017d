"""Dates are read in every form people write them, with their precision, and never guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.exchange.dates import read_date, read_moment
from fieldapp.exchange.grids import Cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("20230105", "2023-01-05"),
        ("2023-1-5", "2023-01-05"),
        ("2023.1.5", "2023-01-05"),
        ("2023/01/05", "2023-01-05"),
        ("2023年1月5日", "2023-01-05"),
        ("2023 年 1 月 5 日", "2023-01-05"),
        ("２０２３年１月５日", "2023-01-05"),
        ("2023-01-05 08:30", "2023-01-05"),
        ("2023-01-05T08:30:00", "2023-01-05"),
        (20230105.0, "2023-01-05"),
        (44931.0, "2023-01-05"),
        (44931.75, "2023-01-05"),
        ("44931", "2023-01-05"),
        (date(2023, 1, 5), "2023-01-05"),
        (datetime(2023, 1, 5, 8, 30), "2023-01-05"),  # noqa: DTZ001 - as spreadsheets give it
        ("202301", "2023-01"),
        (202301.0, "2023-01"),
        ("2023年1月", "2023-01"),
        ("2023-1", "2023-01"),
        ("2023.01", "2023-01"),
    ],
)
def test_every_form_is_read(cell: Cell, text: str) -> None:
    read = read_date(cell)
    assert read is not None
    assert (read.text, read.has_day, read.month) == (text, len(text) == 10, text[:7])


@pytest.mark.parametrize(
    "cell",
    [
        "20230230",
        "2023-13-01",
        "202313",
        "明年",
        "5月1日",
        "",
        "1.5",
        3.0,
        True,
        time(3, 4),
        timedelta(1),
        99_999_999.0,
    ],
)
def test_what_is_no_date_is_not_guessed(cell: Cell) -> None:
    assert read_date(cell) is None


@settings(deadline=None)
@given(st.dates(date(1900, 3, 1), date(2099, 12, 31)))
def test_all_spellings_of_a_day_are_the_same_day(day: date) -> None:
    serial = float((day - date(1899, 12, 30)).days)
    spellings: list[Cell] = [
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        serial,
        float(f"{day:%Y%m%d}"),
        day,
    ]
    read = [read_date(cell) for cell in spellings]
    assert [one.text for one in read if one] == [day.isoformat()] * len(spellings)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-05 20:14", "2026-03-05T12:14:00Z"),
        (datetime(2026, 3, 5, 7, 0), "2026-03-04T23:00:00Z"),  # noqa: DTZ001 - as spreadsheets give it
        ("2026年3月5日", "2026-03-05T04:00:00Z"),
        ("2026-03", None),
        ("2026-03-05 27:14", None),
        ("昨天", None),
    ],
)
def test_moments_are_china_time_told_in_utc(cell: Cell, moment: str | None) -> None:
    assert read_moment(cell) == moment
