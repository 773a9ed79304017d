"""Values of the register: how a text (an answer, a cell) becomes the value that is stored and travels.

Stored values are JSON: text, integer, boolean, list of codes, None. Decimals are canonical text ("12.5"), so that
the same number is the same bytes on every machine; dates are ISO text, months "2023-01". A text that does not
convert is refused with the reason, never coerced: the caller holds it for a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from fieldapp.register.identity import normalise_id_number, normalise_phone
from fieldapp.register.names import one_dot
from fieldapp.register.schema import Property, RegisterSchema

__all__ = ["Refusal", "Value", "as_text", "canonical_decimal", "convert", "display", "misfit", "typed"]

Value = str | int | bool | list[str] | None

_TRUE = frozenset({"1", "true", "yes", "是", "有"})
_FALSE = frozenset({"0", "false", "no", "否", "无"})
#: Properties that name people: their separator is U+00B7.
_NAMES = frozenset({"name", "head_name", "staff_name", "visitor_name"})
_ACCOUNTS = frozenset({"bank_account"})
_NO_PHONE = frozenset({"无", "没有", "无电话", "没有电话"})
_UNIT = re.compile(
    r"([+-]?\d+(?:\.\d+)?)\s*(万元|万|亿元|亿|千元|千|斤|公斤|吨|分|厘|角|毛|公顷|顷|平方米|平米|㎡|亩|元|块)"
)
#: What a number in another unit is worth, by the unit of the property, where that leaves no doubt.
_TIMES: Mapping[str, Mapping[str, Decimal]] = {
    "元": {
        "万元": Decimal(10_000),
        "万": Decimal(10_000),
        "亿元": Decimal(100_000_000),
        "亿": Decimal(100_000_000),
        "千元": Decimal(1000),
        "千": Decimal(1000),
        "角": Decimal("0.1"),
        "毛": Decimal("0.1"),
        "分": Decimal("0.01"),
        "块": Decimal(1),
    },
    "亩": {
        "分": Decimal("0.1"),
        "厘": Decimal("0.01"),
        "公顷": Decimal(15),
        "顷": Decimal(100),
    },
}
_UNIT_EN = {"元": "yuan", "亩": "mu"}
_MU_AND_FEN = re.compile(r"(\d+)\s*亩\s*(\d)\s*分")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_LUNAR = re.compile("[农阴]历|腊月|正月|冬月|闰|初[一二三四五六七八九十]|廿")
_PARTIAL = re.compile(r"\d{4}(-\d{1,2}|/\d{1,2}|年(\d{1,2}月)?|\.\d{1,2}|\d{2})?")
_DAY = re.compile(r"(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)")
_MONTH = re.compile(r"(\d{4})(?:[-./]?(\d{2})|[-./](\d)|年(\d{1,2})月?)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is no value of the property, in Chinese and English."""

    zh: str
    en: str


def canonical_decimal(number: Decimal) -> str:
    """Return the shortest plain notation: no exponent, no trailing zeros, no minus zero."""
    text = format(number.normalize(), "f")
    return "0" if text in ("-0", "") else text


def convert(prop: Property, text: str, schema: RegisterSchema) -> Value | Refusal:
    """Return the stored value of ``text`` for the property, or why it is refused. Empty text is None."""
    text = text.strip()
    if not text:
        return None
    match prop.type:
        case "text":
            return _text(prop, text)
        case "integer":
            return _integer(text.removesuffix(prop.unit).rstrip())
        case "decimal":
            return _decimal(text, prop.unit)
        case "boolean":
            return _boolean(text)
        case "date":
            return _date(text)
        case "month":
            return _month(text)
        case "id_number":
            return normalise_id_number(text) or None
        case "phone":
            return _phone(text)
        case "code" | "codes":
            return _codes(prop, text, schema)


def _text(prop: Property, text: str) -> str:
    if prop.name in _ACCOUNTS:  # copied from a card in groups of four
        joined = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        # A mark that stood alone may now join the letter before it.
        return unicodedata.normalize("NFKC", joined)
    return one_dot(text) if prop.name in _NAMES else text


def _phone(text: str) -> Value | Refusal:
    if text in _NO_PHONE:
        return Refusal(
            f"「{text}」不是电话号码；没有电话的空着，原因写在“没有电话的原因”里",
            f"“{text}” is not a phone number; leave it empty and say why there is none",
        )
    return normalise_phone(text) or Refusal(f"「{text}」不是电话号码", f"“{text}” is not a phone number")


def _integer(text: str) -> Value | Refusal:
    if re.fullmatch(r"[+-]?\d{1,15}(\.0+)?", text):
        return int(text.split(".")[0])
    return Refusal(f"「{text}」不是整数", f"“{text}” is not a whole number")


def _decimal(told: str, unit: str) -> Value | Refusal:
    text = unicodedata.normalize("NFKC", told)
    if both := _MU_AND_FEN.fullmatch(text):
        return _work_out(told, unit, Decimal(both[1]) + Decimal(both[2]) / 10, "亩")
    text = text.removesuffix(unit).rstrip()
    if other := _UNIT.fullmatch(text):
        times = _TIMES.get(unit, {}).get(other[2])
        return _work_out(told, unit, Decimal(other[1]) * times if times else None, other[2])
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Refusal(f"「{told}」不是数字", f"“{told}” is not a number")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        return Refusal(f"「{told}」超出范围", f"“{told}” is out of range")
    return canonical_decimal(number)


def _work_out(text: str, unit: str, number: Decimal | None, other: str) -> Refusal:
    """Say how an amount in another unit is written; nobody guesses it for the person."""
    if number is None or unit not in _UNIT_EN or other == "亩" and unit != "亩":
        return Refusal(
            f"「{text}」带了单位“{other}”，请只写数字",
            f"“{text}” has the unit “{other}”; write the number only",
        )
    worth = canonical_decimal(number)
    return Refusal(
        f"「{text}」请换算成{unit}：填 {worth}", f"“{text}” is {worth} {_UNIT_EN[unit]}; write that"
    )


def _boolean(text: str) -> Value | Refusal:
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    return Refusal(f"「{text}」应为“是”或“否”", f"“{text}” is neither yes nor no")


def _date(text: str) -> Value | Refusal:
    if _LUNAR.search(text):
        return Refusal(
            f"「{text}」是农历，请换算成公历日期；农历生日可以写在备注里",
            f"“{text}” is a lunar date; write the solar one, the lunar birthday may stand in a note",
        )
    if _PARTIAL.fullmatch(text):
        return Refusal(
            f"「{text}」没有到日，请对照证件写全，如 2026-05-01",
            f"“{text}” lacks the day; take it from the certificate",
        )
    plain = unicodedata.normalize("NFKC", text)
    try:
        if parts := _DAY.fullmatch(plain):
            return date(int(parts[1]), int(parts[3] or parts[5]), int(parts[4] or parts[6])).isoformat()
        return date.fromisoformat(plain).isoformat()
    except ValueError:
        return Refusal(f"「{text}」不是日期，应如 2026-05-01", f"“{text}” is not a date")


def _month(text: str) -> Value | Refusal:
    if parts := _MONTH.fullmatch(unicodedata.normalize("NFKC", text)):
        month = int(parts[2] or parts[3] or parts[4])
        if 1 <= month <= 12:
            return f"{parts[1]}-{month:02d}"
    return Refusal(f"「{text}」不是年月，应如 2026-05", f"“{text}” is not a month")


def _codes(prop: Property, text: str, schema: RegisterSchema) -> Value | Refusal:
    known = schema.codes[prop.codes or ""].by_code
    chosen = text.split() if prop.type == "codes" else [text]
    for code in chosen:
        if code not in known:
            return Refusal(
                f"「{code}」不在“{prop.zh}”的选项里", f"“{code}” is not in the list of “{prop.en}”"
            )
    if prop.type == "codes":
        order = list(known)
        return sorted(set(chosen), key=order.index)
    return text


def misfit(prop: Property, value: Value, schema: RegisterSchema) -> Refusal | None:
    """Return why a value is not one that :func:`convert` would have made for the property; None when it is."""
    match value:
        case None:
            return None
        case bool():
            text = "true" if value else "false"
        case list():
            text = " ".join(value)
        case _:
            text = str(value)
    # A name is taken as it was written: what another writer stored stays valid with any dot.
    converted = (text.strip() or None) if prop.type == "text" else convert(prop, text, schema)
    if isinstance(converted, Refusal):
        return converted
    if type(converted) is type(value) and converted == (text.strip() if prop.type == "text" else value):
        return None
    return Refusal(f"“{prop.zh}”的值写法不对", f"the value of “{prop.en}” is not in its stored form")


def display(prop: Property, value: Value, schema: RegisterSchema, on: date | None = None) -> str:
    """Return the value as a person reads it in Chinese, with its unit; nothing is an empty text.

    A code is called as it is today, or as it was on a day.
    """
    if value is None or value == "" or value == []:
        return ""
    if prop.type == "boolean":
        return "是" if value else "否"
    if prop.codes is not None:
        codes = value if isinstance(value, list) else [str(value)]
        return "、".join(schema.label(prop.codes, code, on) for code in codes)
    return f"{value}{prop.unit}"


def typed(value: Value) -> str:
    """Return a value as a person would type it: what ``convert`` takes back."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case list():
            return " ".join(str(code) for code in value)
    return str(value)


def as_text(values: Mapping[str, Value], name: str) -> str:
    """Return a stored value as text, empty where there is none."""
    value = values.get(name)
    return "" if value is None else str(value)
