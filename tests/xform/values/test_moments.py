"""Dates and times are read, printed and counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.clock import CHINA
from fieldapp.xform.values.moments import (
    day_number,
    format_moment,
    from_day_number,
    iso_datetime,
    parse_date,
    parse_datetime,
    parse_time,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(-(2**41), 2**42).map(lambda ms: EPOCH + timedelta(milliseconds=ms))


@given(MOMENTS)
def test_a_printed_moment_reads_back(moment: datetime) -> None:
    assert parse_datetime(iso_datetime(moment, CHINA), UTC) == moment


@given(MOMENTS)
def test_day_numbers_go_there_and_back(moment: datetime) -> None:
    back = from_day_number(day_number(moment, CHINA, whole=False), CHINA)
    assert back is not None
    assert abs(back - moment) <= timedelta(milliseconds=1)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-5000, 5000))
def test_whole_days_differ_as_dates_do(day: date, days: int) -> None:
    other = day + timedelta(days=days)
    assert day_number(other, CHINA, whole=True) - day_number(day, CHINA, whole=True) == days


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13-01", "2026-02-30", "22.11.2026", "2026-1", "2026-01-01T25:00"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert parse_datetime(text, CHINA) is None


def test_offsets_and_short_forms_are_read() -> None:
    assert parse_date("2026-1-2") == date(2026, 1, 2)
    assert parse_datetime("2026-11-22T09:30:00.000+08", UTC) == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    clock = parse_time("9:30", CHINA)
    assert clock is not None
    assert (clock.hour, clock.minute, clock.utcoffset()) == (9, 30, timedelta(hours=8))


def test_every_directive_of_a_date_pattern() -> None:
    moment = datetime(2026, 3, 5, 7, 8, 9, 45000, tzinfo=timezone(timedelta(hours=8)))
    shown = format_moment(moment, "%Y %y %m %n %b %d %e %H %h %M %S %3 %a %%Y")
    assert shown == "2026 26 03 3 Mar 05 5 07 7 08 09 045 Thu %Y"
