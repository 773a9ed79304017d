"""Dates as people and exports write them, read with their precision and never guessed.

Accepted: cells that are dates, Excel serials, 20230105, 2023-1-5, 2023.1.5, 2023/1/5, 2023年1月5日, with a time behind; and
with month precision 202301, 2023-01, 2023.1, 2023年1月 (data rules C1). Full-width digits are folded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fieldapp.common.clock import CHINA
from fieldapp.exchange.grids import Cell

__all__ = ["ReadDate", "read_date", "read_moment"]

#: Day 0 of Excel's calendar, with its invented 29 February 1900 left out: right from March 1900 on.
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(1, 80_000)
_FULL = re.compile(
    r"(\d{4})(?:[-./]|年)(\d{1,2})(?:[-./]|月)(\d{1,2})日?(?:[T ]*(\d{1,2})[::时](\d{1,2}).*)?"
)
_FULL_PLAIN = re.compile(r"(\d{4})(\d\d)(\d\d)")
_AROUND_UNIT = re.compile(r" ?([年月日]) ?")
_MONTH = re.compile(r"(\d{4})(?:[-./]|年)(\d{1,2})月?")
_MONTH_PLAIN = re.compile(r"(\d{4})(\d\d)")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date with its precision: a day as ISO ``2026-05-01``, or a month as ``2026-05``."""

    text: str

    @property
    def month(self) -> str:
        return self.text[:7]

    @property
    def has_day(self) -> bool:
        return len(self.text) == 10


def read_date(cell: Cell) -> ReadDate | None:
    """Return the date in a cell, or None when there is none that can be read without guessing."""
    if isinstance(cell, datetime):
        return ReadDate(cell.date().isoformat())
    if isinstance(cell, date):
        return ReadDate(cell.isoformat())
    if isinstance(cell, bool | time | timedelta):
        return None
    if isinstance(cell, int | float):
        return _of_number(cell)
    return _of_text(_plain(cell))


def _plain(text: str) -> str:
    """Return a text in half width, with single spaces, and none around 年, 月 and 日."""
    if text.isascii() and text.isdigit():
        return text
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return text if text.isascii() else _AROUND_UNIT.sub(r"\1", text)


def _of_number(number: float) -> ReadDate | None:
    if number != int(number):
        # A date with a time of day.
        return _serial(int(number)) if number < _SERIALS.stop else None
    whole = int(number)
    if len(str(whole)) in (6, 8):
        return _of_text(str(whole))
    return _serial(whole)


def _serial(number: int) -> ReadDate | None:
    # Below 1900-03-01 the calendars differ; nobody in a register was born then.
    if number not in _SERIALS or number < 61:
        return None
    return ReadDate((_EXCEL_EPOCH + timedelta(days=number)).isoformat())


def _of_text(text: str) -> ReadDate | None:
    if match := _FULL.fullmatch(text) or _FULL_PLAIN.fullmatch(text):
        try:
            return ReadDate(date(int(match[1]), int(match[2]), int(match[3])).isoformat())
        except ValueError:
            return None
    if match := _MONTH.fullmatch(text) or _MONTH_PLAIN.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        return ReadDate(f"{year:04d}-{month:02d}") if 1900 <= year <= 2200 and 1 <= month <= 12 else None
    if re.fullmatch(r"\d{5}", text):
        return _serial(int(text))
    return None


def read_moment(cell: Cell) -> str | None:
    """Return a moment in UTC ending with Z; a cell without time of day is noon in China. None when it is no date."""
    if isinstance(cell, datetime):
        return _utc(cell)
    plain = _plain(cell) if isinstance(cell, str) else cell
    day = read_date(plain)
    if day is None or not day.has_day:
        return None
    hour, minute = 12, 0
    if isinstance(plain, str):
        match = _FULL.fullmatch(plain)
        if match and match[4]:
            hour, minute = int(match[4]), int(match[5])
    if hour > 23 or minute > 59:
        return None
    return _utc(datetime.combine(date.fromisoformat(day.text), time(hour, minute)))


def _utc(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
