"""From a cell to the stored value of a property: one converter a column, made once a sheet.

A converter returns the value, ``None`` for nothing, or an :class:`Unreadable` that says why. Nothing is coerced: a label
that is in no list, a month where a day is needed, digits that Excel has dropped are told, not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from fieldapp.common.errors import ErrorSpec
from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.dates import read_date, read_moment
from fieldapp.exchange.grids import Cell
from fieldapp.exchange.layouts import Column
from fieldapp.exchange.texts import clean_key, clean_name, clean_text, folded
from fieldapp.register.identity import check_digit, normalise_id_number, normalise_phone
from fieldapp.register.schema import CodeList, Property, RegisterSchema
from fieldapp.register.values import Refusal, Value, canonical_decimal, convert

__all__ = ["Converter", "Unreadable", "cell_text", "converter_of", "shown"]

_SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[Ee]\+?\d+")
_FORMULA_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_UNIT = re.compile(r"(元|万元|亩|平方米|㎡|公里|千米|个月|月|人|年|岁|次)$")
_SEPARATORS = re.compile(r"[、,;/|\s]+")
_NUMBERED = re.compile(r"^\d{1,2}[.、\-\s]*(?=\D)")
_TRUE = frozenset({"是", "有", "1", "Y", "y", "√", "✓", "TRUE", "true", "已"})
_FALSE = frozenset({"否", "无", "0", "N", "n", "×", "FALSE", "false", "未", "没有"})
_NOTHING = frozenset({"", "无", "-", "--", "—", "/", "N/A"})
#: Excel keeps 15 significant digits; a longer number in a numeric cell has lost its end.
_DIGITS_KEPT = 10**15


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell has no value for its property."""

    spec: ErrorSpec
    details: Mapping[str, object] = field(default_factory=dict)


Converted: TypeAlias = "Value | Unreadable"
Converter: TypeAlias = Callable[[Cell], "Value | Unreadable"]


def cell_text(cell: Cell) -> str | Unreadable:
    """Return a cell as the text a person sees in it; a number is a whole one where it can be, and refused where Excel
    has dropped digits."""
    if isinstance(cell, str):
        text = clean_text(cell)
        if _FORMULA_ERROR.fullmatch(text):
            return Unreadable(rows.FORMULA_ERROR, {"value": text})
        return text
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        if abs(cell) >= _DIGITS_KEPT:
            return Unreadable(rows.DIGITS_LOST)
        return str(int(cell)) if cell == int(cell) else canonical_decimal(Decimal(repr(cell)))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)


def shown(cell: Cell) -> str:
    """Return a cell for a report: what was there, at most 40 characters."""
    if isinstance(cell, float) and cell == int(cell):
        return f"{int(cell)}"[:40]
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)[:40]
    return str(cell).strip()[:40]


def converter_of(column: Column, schema: RegisterSchema) -> Converter:
    """Return the converter of a column that holds a fact."""
    if column.items:
        return _plain
    prop = column.prop
    if prop is None or prop.type == "text":
        if column.target == "visits.entered_at":
            return _moment
        return {"name": _name, "key": _key, "": _plain}[column.cleaning]
    if column.flag:
        return _boolean
    match prop.type:
        case "boolean":
            return _boolean
        case "date":
            return _date
        case "month":
            return _month
        case "id_number":
            return _id_number
        case "phone":
            return _phone
        case "code" | "codes":
            return _Labels(schema.codes[prop.codes or ""], single=prop.type == "code")
        case _:
            return _Number(prop, schema)


def _plain(cell: Cell) -> Converted:
    text = cell_text(cell)
    return text or None if isinstance(text, str) else text


def _name(cell: Cell) -> Converted:
    text = cell_text(cell)
    return clean_name(text) or None if isinstance(text, str) else text


def _key(cell: Cell) -> Converted:
    text = cell_text(cell)
    if not isinstance(text, str):
        return text
    key = clean_key(text)
    return Unreadable(rows.DIGITS_LOST) if _SCIENTIFIC.fullmatch(key) and "E" in key else key or None


def _id_number(cell: Cell) -> Converted:
    """An identity number must be a text: even one of 15 digits is suspicious as a number, one of 18 has lost its end."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Unreadable(rows.DIGITS_LOST)
    text = cell_text(cell)
    if not isinstance(text, str):
        return text
    if _SCIENTIFIC.fullmatch(unicodedata.normalize("NFKC", text)) and ("E" in text.upper()):
        return Unreadable(rows.DIGITS_LOST)
    number = normalise_id_number(text)
    if _lost_its_end(number):
        return Unreadable(rows.DIGITS_LOST)
    return number if number not in _NOTHING else None


def _lost_its_end(number: str) -> bool:
    """Tell whether a number was a numeric cell once: its last three are zeros, and the check digit says otherwise."""
    if len(number) != 18 or not number.isdigit() or not number.endswith("000"):
        return False
    return check_digit(number[:17]) != "0"


def _phone(cell: Cell) -> Converted:
    text = cell_text(cell)
    if (
        isinstance(text, str)
        and _SCIENTIFIC.fullmatch(unicodedata.normalize("NFKC", text).upper())
        and "E" in text.upper()
    ):
        return Unreadable(rows.DIGITS_LOST)
    return text if isinstance(text, Unreadable) else normalise_phone(text) or None


def _boolean(cell: Cell) -> Converted:
    if cell == "是":
        return True
    if cell == "否":
        return False
    text = cell_text(cell)
    if not isinstance(text, str):
        return text
    word = folded(text)
    if not word:
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    return Unreadable(rows.UNKNOWN_CODE, {"choices": "是、否"})


def _date(cell: Cell) -> Converted:
    if isinstance(cell, str) and folded(cell) in _NOTHING:
        return None
    read = read_date(cell)
    if read is None:
        return Unreadable(rows.BAD_DATE)
    return read.text if read.has_day else Unreadable(rows.MONTH_ONLY)


def _month(cell: Cell) -> Converted:
    if isinstance(cell, str) and folded(cell) in _NOTHING:
        return None
    read = read_date(cell)
    return Unreadable(rows.BAD_DATE) if read is None else read.month


def _moment(cell: Cell) -> Converted:
    if isinstance(cell, str) and folded(cell) in _NOTHING:
        return None
    return read_moment(cell) or Unreadable(rows.BAD_DATE)


class _Number:
    """Amounts and counts: thousands separators and a unit behind are dropped."""

    def __init__(self, prop: Property, schema: RegisterSchema) -> None:
        self._prop = prop
        self._schema = schema

    def __call__(self, cell: Cell) -> Converted:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            text = repr(cell)
        else:
            read = cell_text(cell)
            if not isinstance(read, str):
                return read
            if read in _NOTHING:
                return None
            text = unicodedata.normalize("NFKC", read).replace(",", "").replace(" ", "").lstrip("¥")
            if not text.endswith("万元"):
                text = _UNIT.sub("", text)
        value = convert(self._prop, text, self._schema)
        if isinstance(value, Refusal):
            return Unreadable(rows.BAD_VALUE, {"problem": "不是数字", "problem_en": "it is not a number"})
        return value


class _Labels:
    """Codes by their Chinese label, with the spellings met so far remembered."""

    def __init__(self, codes: CodeList, *, single: bool) -> None:
        self._single = single
        self._order = [code.code for code in codes.codes]
        self._choices = "、".join(code.zh for code in codes.codes[:4])
        self._known: dict[str, Converted] = {folded(code.zh): code.code for code in codes.codes}
        self._known.update((folded(label), code) for label, code in codes.aliases.items())
        self._memory: dict[str, Converted] = {}

    def __call__(self, cell: Cell) -> Converted:
        if isinstance(cell, str) and cell in self._memory:
            return self._memory[cell]
        text = cell_text(cell)
        if not isinstance(text, str):
            return text
        if text not in self._memory:
            self._memory[text] = self._one(text) if self._single else self._several(text)
        return self._memory[text]

    def _one(self, text: str) -> Converted:
        word = folded(text)
        if word in self._known:
            return self._known[word]
        if word in _NOTHING:
            return None
        # Old exports number their choices: 「1因病」, 「01.汉族」.
        return self._known.get(
            _NUMBERED.sub("", word), Unreadable(rows.UNKNOWN_CODE, {"choices": self._choices})
        )

    def _several(self, text: str) -> Converted:
        codes: list[str] = []
        for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text)):
            code = self._one(part)
            if isinstance(code, Unreadable):
                return code
            if isinstance(code, str) and code not in codes:
                codes.append(code)
        return sorted(codes, key=self._order.index) or None
