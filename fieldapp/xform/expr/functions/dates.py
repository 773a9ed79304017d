"""Functions on dates and times."""

from __future__ import annotations

from datetime import date, datetime, time

from fieldapp.xform.expr.functions.registry import Registry
from fieldapp.xform.expr.runtime import Context
from fieldapp.xform.values.convert import Value, exact_number, to_number
from fieldapp.xform.values.moments import (
    combine,
    format_moment,
    from_day_number,
    parse_date,
    parse_datetime,
    parse_time,
    time_fraction,
)
from fieldapp.xform.values.numbers import NAN, parse_number

__all__ = ["FUNCTIONS"]

_registry = Registry()
FUNCTIONS = _registry.functions


@_registry.plain("today", "", "any", world=True)
def _today(c: Context) -> Value:
    return c.run.clock.now().astimezone(c.run.dialect.zone).date()


@_registry.plain("now", "", "any", world=True)
def _now(c: Context) -> Value:
    return c.run.clock.now().astimezone(c.run.dialect.zone)


def _moment(c: Context, value: Value) -> datetime | None:
    """Return ``value`` as a moment: ISO text, day number, date; None when it is none of these."""
    zone = c.run.dialect.zone
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return combine(value, zone)
    if isinstance(value, str) and parse_number(value) != parse_number(value):
        return parse_datetime(value, zone)
    number = to_number(value, c.run.dialect) if not isinstance(value, time) else NAN
    if number != number:
        return None
    if c.run.dialect.whole_days and number == int(number):
        moment = from_day_number(number, zone)
        return combine(moment.astimezone(_UTC).date(), zone) if moment else None
    return from_day_number(number, zone)


_UTC = datetime.fromisoformat("1970-01-01T00:00:00+00:00").tzinfo


@_registry.plain("date", "v", "any", world=True)
def _date(c: Context, value: Value) -> Value:
    if isinstance(value, str) and "T" not in value:
        day = parse_date(value)
        if day is not None:
            return day
    moment = _moment(c, value)
    if moment is None:
        return ""
    return moment.astimezone(c.run.dialect.zone).date() if c.run.dialect.whole_days else moment


@_registry.plain("date-time", "v", "any", world=True)
def _date_time(c: Context, value: Value) -> Value:
    return _moment(c, value) or ""


@_registry.plain("time", "v", "any", world=True)
def _time(c: Context, value: Value) -> Value:
    zone = c.run.dialect.zone
    if isinstance(value, time):
        return value
    clock = parse_time(value, zone) if isinstance(value, str) else None
    moment = None if clock else _moment(c, value)
    return clock or (moment.astimezone(zone).timetz() if moment else "")


@_registry.plain("decimal-date-time", "v", "number", world=True)
def _decimal_date_time(c: Context, value: Value) -> Value:
    if isinstance(value, float):
        return value
    moment = _moment(c, value)
    return NAN if moment is None else exact_number(moment, c.run.dialect)


@_registry.plain("decimal-time", "v", "number", world=True)
def _decimal_time(c: Context, value: Value) -> Value:
    clock = _time(c, value)
    return time_fraction(clock, c.run.dialect.zone) if isinstance(clock, time) else NAN


def _formatted(c: Context, value: Value, pattern: str) -> Value:
    moment = _moment(c, value)
    return format_moment(moment.astimezone(c.run.dialect.zone), pattern) if moment else ""


_registry.plain("format-date", "vs", "string", world=True)(_formatted)
_registry.plain("format-date-time", "vs", "string", world=True)(_formatted)
