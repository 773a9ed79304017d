"""The order in which people go: by village, group and house number, numbers by size whichever way they are written."""

from __future__ import annotations

import re

__all__ = ["place_of"]

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}
_CHINESE = re.compile("[零〇一二两三四五六七八九十百]+")
_NUMBER = re.compile(r"\d+")
_WIDTH = 20


def place_of(area_code: str, group_name: str, house_no: str) -> str:
    """Return a text that sorts households: 二组 before 十组, 9 before 10."""
    group = _CHINESE.sub(lambda found: str(_value(found.group())), group_name)
    return "\x1f".join((area_code, _padded(group), _padded(house_no)))


def _padded(text: str) -> str:
    return _NUMBER.sub(lambda found: found.group().zfill(_WIDTH), text)


def _value(numeral: str) -> int:
    if not any(char in _UNITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total, digit = 0, 0
    for char in numeral:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
