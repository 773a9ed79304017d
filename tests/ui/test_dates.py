"""Dates as a person reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fieldapp.ui.dates import hours_between, long_day, moment, month, short_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2026-11-18", "11月18日"),
        ("2025-11-18", "2025-11-18"),
        ("", ""),
        (None, ""),
        ("不详", "不详"),
    ],
)
def test_a_day_of_this_year_needs_no_year(iso: str | None, shown: str) -> None:
    assert short_day(iso, TODAY) == shown


def test_a_moment_is_shown_in_chinese_time() -> None:
    assert long_day("2026-11-21T17:30:00Z") == "2026-11-22"
    assert moment("2026-11-22T00:42:00Z", TODAY) == "今天 08:42"
    assert moment("2026-11-20T00:42:00Z", TODAY) == "11月20日 08:42"
    assert moment("2025-01-02T00:00:00Z", TODAY) == "2025-01-02 08:00"
    assert moment("坏的", TODAY) == "坏的"
    assert moment(None, TODAY) == ""


def test_a_month_is_read_aloud() -> None:
    assert month("2026-05") == "2026年5月"
    assert month("2026") == "2026"
    assert month(None) == ""


def test_hours_never_run_backwards() -> None:
    now = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    assert hours_between("2026-11-20T00:00:00Z", now) == 50
    assert hours_between("2026-11-23T00:00:00Z", now) == 0
    assert hours_between("坏的", now) == 0
