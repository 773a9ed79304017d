"""Numbers as XPath and OpenRosa read and print them."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

__all__ = ["NAN", "format_number", "parse_number", "remainder", "round_half_up", "round_places"]

NAN: Final = math.nan

_NUMBER = re.compile(r"\s*(-?(?:\d+(?:\.\d*)?|\.\d+))\s*\Z")
_known: dict[str, float] = {}
_KNOWN_MAX = 50_000


def parse_number(text: str) -> float:
    """Return the number that ``text`` writes in plain decimal notation, else NaN (XPath 1.0, 4.4)."""
    number = _known.get(text)
    if number is not None:
        return number
    match = _NUMBER.match(text)
    number = float(match[1]) if match and text.isascii() else NAN
    if len(_known) >= _KNOWN_MAX:
        _known.clear()
    _known[text] = number
    return number


def format_number(number: float) -> str:
    """Return the shortest plain decimal text of ``number``: ``2``, ``0.1``, ``NaN``, ``-Infinity``."""
    if number == number // 1 and abs(number) < 1e15:  # an integer: NaN and infinities fail here
        return str(int(number))
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    text = repr(number)
    if "e" in text:
        text = format(Decimal(text), "f")
    return text[:-2] if text.endswith(".0") else text


def round_half_up(number: float) -> float:
    """Round to a whole number, halves towards positive infinity, as XPath and JavaRosa do (−2.5 gives −2)."""
    if math.isnan(number) or math.isinf(number):
        return number
    return float(math.floor(number + 0.5))


def round_places(number: float, places: float) -> float:
    """Round to ``places`` decimals (negative: tens, hundreds), halves away from zero, in decimal arithmetic."""
    if math.isnan(number) or math.isinf(number) or math.isnan(places) or math.isinf(places):
        return NAN if math.isnan(places) else number
    digits = max(-30, min(30, int(places)))
    scaled = Decimal(repr(number)).scaleb(digits).to_integral_value(ROUND_HALF_UP)
    return float(scaled.scaleb(-digits))


def remainder(left: float, right: float) -> float:
    """Return XPath's ``mod``: the sign follows the dividend; NaN for a zero divisor."""
    if right == 0 or math.isinf(left) or left != left or right != right:
        return NAN
    return math.fmod(left, right)
