"""Answers as text and as typed values, by bind type."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time

from fieldapp.xform.values.convert import Value, to_number, to_string
from fieldapp.xform.values.dialect import Dialect
from fieldapp.xform.values.geo import valid_geo
from fieldapp.xform.values.moments import (
    from_day_number,
    iso_datetime,
    iso_time,
    parse_date,
    parse_datetime,
    parse_time,
)
from fieldapp.xform.values.numbers import format_number, parse_number

__all__ = ["PLAIN_TYPES", "loose_answer", "type_answer", "write_answer"]

#: types whose value is their text
PLAIN_TYPES = frozenset({"string", "binary", "barcode", "rank"})

_WHOLE = re.compile(r"\s*-?\d{1,15}\s*\Z")


def _type_int(raw: str, _dialect: Dialect) -> Value | None:
    if _WHOLE.match(raw) and raw.isascii():
        return float(raw)
    number = parse_number(raw)
    return number if number.is_integer() else None


def _type_decimal(raw: str, _dialect: Dialect) -> Value | None:
    number = parse_number(raw)
    return number if number == number else None


def _type_boolean(raw: str, _dialect: Dialect) -> Value | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(raw)


def _type_date(raw: str, _dialect: Dialect) -> Value | None:
    return parse_date(raw)


def _type_datetime(raw: str, dialect: Dialect) -> Value | None:
    return parse_datetime(raw, dialect.zone)


def _type_time(raw: str, dialect: Dialect) -> Value | None:
    return parse_time(raw, dialect.zone)


def _type_geo(kind: str) -> Callable[[str, Dialect], Value | None]:
    return lambda raw, _dialect: raw if valid_geo(raw, kind) else None


_TYPED: dict[str, Callable[[str, Dialect], Value | None]] = {
    "int": _type_int,
    "decimal": _type_decimal,
    "boolean": _type_boolean,
    "date": _type_date,
    "dateTime": _type_datetime,
    "time": _type_time,
    "geopoint": _type_geo("geopoint"),
    "geotrace": _type_geo("geotrace"),
    "geoshape": _type_geo("geoshape"),
}


def loose_answer(kind: str, raw: str) -> Value:
    """Return what expressions read of a text that is no answer of its type: the whole part of a number, the text of
    a place, else nothing."""
    if kind == "int":
        number = parse_number(raw)
        return float(math.trunc(number)) if math.isfinite(number) else ""
    return raw if kind.startswith("geo") else ""


def type_answer(kind: str, raw: str, dialect: Dialect) -> Value | None:
    """Return the typed value of a non-empty text, or None when it is no answer of that type."""
    typed = _TYPED.get(kind)
    return raw if typed is None else typed(raw, dialect)


def _write_moment(kind: str, value: Value, dialect: Dialect) -> str:
    moment: date | None
    if isinstance(value, date):
        moment = value
    elif isinstance(value, str):
        moment = parse_datetime(value, dialect.zone)
    else:
        moment = from_day_number(to_number(value, dialect), dialect.zone)
    if moment is None:
        return ""
    if kind == "date":
        local = moment.astimezone(dialect.zone) if isinstance(moment, datetime) else moment
        return f"{local:%Y-%m-%d}"
    if isinstance(moment, datetime):
        return iso_datetime(moment, dialect.zone)
    return iso_datetime(datetime.combine(moment, time(tzinfo=dialect.zone)), dialect.zone)


def _write_time(value: Value, dialect: Dialect) -> str:
    clock = parse_time(value, dialect.zone) if isinstance(value, str) else value
    if isinstance(clock, datetime):
        clock = clock.astimezone(dialect.zone).timetz()
    return iso_time(clock) if isinstance(clock, time) else ""


def write_answer(kind: str, value: Value, dialect: Dialect) -> str:
    """Return the text that a computed ``value`` leaves in a node of type ``kind``; nothing for NaN."""
    if value == "" or value != value:
        return ""
    if kind in ("int", "decimal"):
        number = to_number(value, dialect)
        if not math.isfinite(number):
            return ""
        return format_number(float(math.trunc(number)) if kind == "int" else number)
    if kind in ("date", "dateTime"):
        return _write_moment(kind, value, dialect)
    if kind == "time":
        return _write_time(value, dialect)
    return to_string(value, dialect)
