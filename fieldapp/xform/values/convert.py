"""Conversions between the types of values, and their comparison (XPath 1.0, 3.4 and 4, with OpenRosa's dates)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeAlias

from fieldapp.xform.values.dialect import Dialect
from fieldapp.xform.values.moments import (
    day_number,
    iso_datetime,
    iso_time,
    parse_datetime,
    parse_time,
    time_fraction,
)
from fieldapp.xform.values.numbers import NAN, format_number, parse_number

__all__ = [
    "COMPARE",
    "Value",
    "exact_number",
    "loose_number",
    "to_boolean",
    "to_number",
    "to_string",
    "values_equal",
]

Value: TypeAlias = str | float | bool | date | datetime | time

_MIDNIGHT = time()
_LIKE_DATE = re.compile(r"\s*\d{4}-\d")


def to_string(value: Value, dialect: Dialect) -> str:
    """Return what ``string()`` gives: shortest decimals, ISO dates, ``true`` and ``false``."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[return-value]
    if kind is float:
        return format_number(value)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        local = value.astimezone(dialect.zone)
        if not dialect.whole_days and local.time() == _MIDNIGHT:
            return local.date().isoformat()
        return iso_datetime(value, dialect.zone)
    if isinstance(value, date):
        return value.isoformat()
    return iso_time(value) if isinstance(value, time) else format_number(float(value))


def to_number(value: Value, dialect: Dialect) -> float:
    """Return what ``number()`` gives. A text that is an ISO date counts as that date, as browsers have it."""
    kind = type(value)
    if kind is float:
        return value  # type: ignore[return-value]
    if kind is str:
        number = parse_number(value)  # type: ignore[arg-type]
        return number if number == number else loose_number(value, dialect, dialect.whole_days)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, date):
        return day_number(value, dialect.zone, dialect.whole_days)
    return time_fraction(value, dialect.zone) if isinstance(value, time) else float(value)


def loose_number(text: str, dialect: Dialect, whole: bool) -> float:
    """Return the day number of a text that writes an ISO date, else NaN."""
    if _LIKE_DATE.match(text):
        moment = parse_datetime(text, dialect.zone)
        if moment is not None:
            return day_number(moment, dialect.zone, whole)
    return NAN


def exact_number(value: Value, dialect: Dialect) -> float:
    """Return the number two values are ordered by: like ``number()``, but moments of one day stay apart."""
    if isinstance(value, datetime):
        return day_number(value, dialect.zone, whole=False)
    if isinstance(value, date):
        return day_number(value, dialect.zone, whole=False)
    if isinstance(value, str):
        number = parse_number(value)
        return number if number == number else loose_number(value, dialect, whole=False)
    return to_number(value, dialect)


def to_boolean(value: Value) -> bool:
    """Return what ``boolean()`` gives: non-empty text, non-zero number; a date is true."""
    kind = type(value)
    if kind is str:
        return value != ""
    if kind is float:
        return value == value and value != 0
    return value if isinstance(value, bool) else True


def values_equal(left: Value, right: Value, dialect: Dialect) -> bool:
    """Return ``left = right`` for single values: as booleans, else as numbers or moments, else as texts."""
    if type(left) is str and type(right) is str:
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left, dialect) == to_number(right, dialect)
    if isinstance(left, time) or isinstance(right, time):
        return _as_time(left, dialect) == _as_time(right, dialect)
    return _same_moment(left, right, dialect)


def _same_moment(left: Value, right: Value, dialect: Dialect) -> bool:
    numbers = exact_number(left, dialect), exact_number(right, dialect)
    return numbers[0] == numbers[1] or to_string(left, dialect) == to_string(right, dialect)


def _as_time(value: Value, dialect: Dialect) -> float | str:
    if isinstance(value, str):
        value = parse_time(value, dialect.zone) or value
    return time_fraction(value, dialect.zone) if isinstance(value, time) else to_string(value, dialect)


def _order_numbers(left: Value, right: Value, dialect: Dialect) -> tuple[float, float]:
    if isinstance(left, time) or isinstance(right, time):
        first, second = _as_time(left, dialect), _as_time(right, dialect)
        return (first if isinstance(first, float) else NAN, second if isinstance(second, float) else NAN)
    if isinstance(left, date) or isinstance(right, date):
        return exact_number(left, dialect), exact_number(right, dialect)
    return to_number(left, dialect), to_number(right, dialect)


def _less(left: Value, right: Value, dialect: Dialect) -> bool:
    first, second = _order_numbers(left, right, dialect)
    return first < second


def _less_or_equal(left: Value, right: Value, dialect: Dialect) -> bool:
    first, second = _order_numbers(left, right, dialect)
    return first <= second


#: single-value comparison by operator
COMPARE: dict[str, Callable[[Value, Value, Dialect], bool]] = {
    "=": values_equal,
    "!=": lambda left, right, dialect: not values_equal(left, right, dialect),
    "<": _less,
    "<=": _less_or_equal,
    ">": lambda left, right, dialect: _less(right, left, dialect),
    ">=": lambda left, right, dialect: _less_or_equal(right, left, dialect),
}
