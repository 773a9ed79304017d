"""The functions a rule may call on values. Unknown in, unknown out; only ``blank`` and ``known`` look at unknown itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.register.checks.kinds import DATE, MONTH, NUMBER, TEXT, TRUTH, Kind
from fieldapp.register.identity import age_on, person_key

__all__ = ["FUNCTIONS", "Function"]

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{9,11}")
_MIDDLE_DOT = "·"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: the kinds it takes (None: any), what it gives, and whether it is asked about unknown values."""

    takes: tuple[Kind | None, ...]
    gives: Kind
    call: Callable[..., Any]
    sees_unknown: bool = False


def _is_mobile(text: str) -> bool:
    return _MOBILE.fullmatch(text) is not None


def _is_phone(text: str) -> bool:
    return _is_mobile(text) or _LANDLINE.fullmatch(text) is not None


def _is_account(text: str) -> bool:
    return text.isascii() and text.isdigit() and 16 <= len(text) <= 19


def _luhn(text: str) -> bool:
    if not (text.isascii() and text.isdigit()):
        return False
    digits = [int(digit) for digit in reversed(text)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_name(text: str) -> bool:
    """Tell whether a name is made of Chinese characters, the one separator ``·`` (U+00B7) inside allowed (C1 Names)."""
    parts = text.split(_MIDDLE_DOT)
    return all(parts) and all(_is_hanzi(character) for part in parts for character in part)


def _is_hanzi(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000" or character == "〇"


def _months_between(first: str, second: str) -> int:
    return _month_index(second) - _month_index(first)


def _month_index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])


FUNCTIONS: Mapping[str, Function] = {
    "blank": Function((None,), TRUTH, lambda value: value is None, sees_unknown=True),
    "known": Function((None,), TRUTH, lambda value: value is not None, sees_unknown=True),
    "length": Function((TEXT,), NUMBER, len),
    "mentions": Function((TEXT, TEXT), TRUTH, lambda text, word: word in text),
    "starts": Function((TEXT, TEXT), TRUTH, str.startswith),
    "is_mobile": Function((TEXT,), TRUTH, _is_mobile),
    "is_phone": Function((TEXT,), TRUTH, _is_phone),
    "is_account": Function((TEXT,), TRUTH, _is_account),
    "luhn": Function((TEXT,), TRUTH, _luhn),
    "is_name": Function((TEXT,), TRUTH, _is_name),
    "person_key": Function((TEXT,), TEXT, person_key),
    "age_on": Function((DATE, DATE), NUMBER, age_on),
    "months_between": Function((MONTH, MONTH), NUMBER, _months_between),
    "month_of": Function((DATE,), MONTH, lambda day: day.isoformat()[:7]),
    "year_of": Function((DATE,), NUMBER, lambda day: day.year),
    "year_of_month": Function((MONTH,), NUMBER, lambda month: int(month[:4])),
    "days_between": Function((DATE, DATE), NUMBER, lambda first, second: (second - first).days),
    "or_zero": Function((NUMBER,), NUMBER, lambda number: number or 0, sees_unknown=True),
    "absolute": Function((NUMBER,), NUMBER, abs),
}
