"""Bytes as digits that can be read over a telephone: groups of six, each with its own check digit.

Five digits carry two bytes, the sixth is a Damm check digit over the group and its place, so a wrong, swapped or
forgotten digit or group is named at once instead of failing at the end. A challenge is about 80 groups, an answer
43: a file or a QR code is for the ordinary case, this is for when there is only a telephone.
"""

from __future__ import annotations

import re
import unicodedata

from fieldapp.vault.errors import GROUP_MISTYPED

__all__ = ["GROUP_DIGITS", "from_digit_groups", "to_digit_groups"]

GROUP_DIGITS = 6
# The Damm quasigroup of order 10 (H. M. Damm, 2004): finds every single error and adjacent transposition.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_LONGEST_BYTES = 4096


def to_digit_groups(content: bytes, *, groups_per_line: int = 5) -> str:
    """Return the bytes (at most 4,096) as lines of digit groups; the first group is the length."""
    if len(content) > _LONGEST_BYTES:
        raise ValueError("too long to be read out")
    padded = content + bytes(len(content) % 2)
    numbers = [len(content), *(int.from_bytes(padded[n : n + 2], "big") for n in range(0, len(padded), 2))]
    groups = [_with_check(f"{number:05}", place) for place, number in enumerate(numbers, 1)]
    lines = (groups[start : start + groups_per_line] for start in range(0, len(groups), groups_per_line))
    return "\n".join(" ".join(line) for line in lines)


def from_digit_groups(text: str) -> bytes:
    """Read the digits back; spaces, dashes, line breaks and full-width digits are fine. Raises VAULT-023."""
    digits = re.sub(r"[\s\-–—,，、.。]", "", unicodedata.normalize("NFKC", text))
    numbers = []
    for place, start in enumerate(range(0, max(1, len(digits)), GROUP_DIGITS), 1):
        group = digits[start : start + GROUP_DIGITS]
        if (
            not re.fullmatch(r"[0-9]{6}", group)
            or _with_check(group[:5], place) != group
            or int(group[:5]) > 0xFFFF
        ):
            raise GROUP_MISTYPED(group=place, digits=GROUP_DIGITS)
        numbers.append(int(group[:5]))
    length, words = numbers[0], numbers[1:]
    content = b"".join(word.to_bytes(2, "big") for word in words)
    if len(words) != (length + 1) // 2 or any(content[length:]):
        raise GROUP_MISTYPED(group=min(len(words), (length + 1) // 2) + 2, digits=GROUP_DIGITS)
    return content[:length]


def _with_check(five: str, place: int) -> str:
    interim = 0
    for digit in f"{place % 100:02}{five}":
        interim = _DAMM[interim][int(digit)]
    return f"{five}{interim}"
