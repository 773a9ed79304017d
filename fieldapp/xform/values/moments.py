"""Dates and times: reading ISO 8601, printing, day numbers and OpenRosa's format patterns."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

__all__ = [
    "combine",
    "day_number",
    "format_moment",
    "from_day_number",
    "iso_datetime",
    "iso_time",
    "parse_date",
    "parse_datetime",
    "parse_time",
    "time_fraction",
]

_TIME = r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?"
_DATE = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:T" + _TIME + r")?\s*\Z")
_CLOCK = re.compile(r"\s*" + _TIME + r"\s*\Z")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
_DAY_S: Final = 86_400.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _offset(text: str) -> tzinfo:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-delta if text[0] == "-" else delta)


def _clock(parts: tuple[str | None, ...], zone: tzinfo) -> time | None:
    hour, minute, second, fraction, offset = parts
    micro = int((fraction or "").ljust(6, "0")[:6])
    try:
        where = _offset(offset) if offset else zone
        return time(int(hour or 0), int(minute or 0), int(second or 0), micro, tzinfo=where)
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """Return the calendar date that ``text`` writes, a time behind it ignored; None when it is no date."""
    match = _DATE.match(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_datetime(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment that ``text`` writes; without an offset it is meant in ``zone``, without a time midnight."""
    match = _DATE.match(text)
    day = parse_date(text)
    if match is None or day is None:
        return None
    clock = _clock(match.groups()[3:], zone) if match[4] else time(tzinfo=zone)
    return None if clock is None else datetime.combine(day, clock)


def parse_time(text: str, zone: tzinfo) -> time | None:
    """Return the time of day that ``text`` writes (``9:30``, ``09:30:00.000+08:00``), or None."""
    match = _CLOCK.match(text)
    return _clock(match.groups(), zone) if match else None


def combine(day: date, zone: tzinfo) -> datetime:
    """Return midnight of ``day`` in ``zone``."""
    return datetime.combine(day, time(tzinfo=zone))


def day_number(value: date, zone: tzinfo, whole: bool) -> float:
    """Return days since 1970-01-01: whole local days, or the exact fraction in UTC."""
    if whole:
        day = value.astimezone(zone).date() if isinstance(value, datetime) else value
        return float(day.toordinal() - _EPOCH_ORDINAL)
    moment = value if isinstance(value, datetime) else combine(value, zone)
    return (moment - _EPOCH) / timedelta(days=1)


def from_day_number(days: float, zone: tzinfo) -> datetime | None:
    """Return the moment ``days`` after 1970-01-01T00:00Z, in ``zone``; None beyond the calendar."""
    try:
        return (_EPOCH + timedelta(milliseconds=round(days * _DAY_S * 1000))).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def time_fraction(value: time, zone: tzinfo) -> float:
    """Return the part of the local day that has passed, 0 ≤ x < 1."""
    moment = datetime.combine(date(2000, 1, 2), value).astimezone(zone)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return seconds / _DAY_S


def _offset_text(moment: datetime | time) -> str:
    delta = moment.utcoffset() or timedelta()
    minutes = int(delta.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def iso_datetime(moment: datetime, zone: tzinfo) -> str:
    """Return ``2026-11-22T09:30:00.000+08:00``."""
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}{_offset_text(local)}"


def iso_time(value: time) -> str:
    """Return ``09:30:00.000+08:00``."""
    return f"{value:%H:%M:%S}.{value.microsecond // 1000:03d}{_offset_text(value)}"


def format_moment(moment: datetime, pattern: str) -> str:
    """Return ``moment`` by OpenRosa's ``format-date-time`` pattern (%Y %y %m %n %b %d %e %H %h %M %S %3 %a %W)."""
    parts = pattern.split("%")
    out = [parts[0]]
    skip = False
    for part in parts[1:]:
        if skip:
            out.append(part)
            skip = False
        elif not part:
            out.append("%")
            skip = True
        else:
            out.append(_directive(moment, part[0]) + part[1:])
    return "".join(out)


def _directive(moment: datetime, letter: str) -> str:
    match letter:
        case "Y" | "m" | "d" | "H" | "M" | "S":
            return moment.strftime("%" + letter).rjust(4 if letter == "Y" else 2, "0")
        case "y":
            return f"{moment.year % 100:02d}"
        case "n":
            return str(moment.month)
        case "b":
            return _MONTHS[moment.month - 1]
        case "e":
            return str(moment.day)
        case "h":
            return str(moment.hour)
        case "3":
            return f"{moment.microsecond // 1000:03d}"
        case "a":
            return _WEEKDAYS[moment.weekday()]
        case "W":
            return str(moment.isocalendar().week)
    return "%" + letter
