"""Secrets on paper: bytes as groups a person can type, each checked by itself.

Groups of five characters in Crockford's base 32 (no I, L, O, U; small letters and look-alikes are read kindly). The
fifth character checks its group and the group's place, so a slip is told by the group's number; a checksum of one to
five bytes covers the whole and binds it to its kind (an enrolment code is no recovery key).
"""

from __future__ import annotations

import hashlib

from fieldapp.wire.problems import BAD_ENROLMENT

__all__ = ["read_typed", "typed_text"]

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DATA = 4
_GROUP = _DATA + 1
_WEIGHTS = (1, 3, 5, 7)
_KINDLY = str.maketrans({"I": "1", "L": "1", "O": "0"})


def typed_text(body: bytes, kind: str) -> str:
    """Return ``body`` as groups joined by hyphens."""
    whole = body + _checksum(body, kind)
    number = int.from_bytes(whole, "big")
    characters = len(whole) * 8 // 5
    values = [number >> (5 * place) & 31 for place in reversed(range(characters))]
    groups = []
    for index in range(characters // _DATA):
        group = values[index * _DATA : (index + 1) * _DATA]
        groups.append("".join(_ALPHABET[value] for value in (*group, _check(index, group))))
    return "-".join(groups)


def read_typed(text: str, kind: str, length: int) -> bytes:
    """Return the ``length`` bytes that were typed, with or without hyphens and spaces.

    Raises bad-enrolment, naming the group that is wrong.
    """
    total = length + len(_checksum(b"", kind, length))
    groups = total * 8 // 5 // _DATA
    typed = "".join(text.upper().translate(_KINDLY).split()).replace("-", "").replace("—", "")
    if len(typed) != groups * _GROUP:
        raise BAD_ENROLMENT(
            zh=f"应为 {groups} 组共 {groups * _GROUP} 位，现在是 {len(typed)} 位",
            en=f"{len(typed)} characters instead of {groups * _GROUP}",
        )
    number = 0
    for index in range(groups):
        group = [_ALPHABET.find(letter) for letter in typed[index * _GROUP : (index + 1) * _GROUP]]
        if -1 in group or group[_DATA] != _check(index, group[:_DATA]):
            raise BAD_ENROLMENT(zh=f"第 {index + 1} 组有误", en=f"group {index + 1} is wrong")
        for value in group[:_DATA]:
            number = number << 5 | value
    whole = number.to_bytes(total, "big")
    body = whole[:length]
    if whole[length:] != _checksum(body, kind):
        raise BAD_ENROLMENT(zh="校验不符", en="the checksum does not match")
    return body


def _check(index: int, group: list[int]) -> int:
    # Odd weights have an inverse modulo 32, so every single wrong character is noticed.
    return (index + sum(weight * value for weight, value in zip(_WEIGHTS, group, strict=True))) % 32


def _checksum(body: bytes, kind: str, length: int | None = None) -> bytes:
    # Whole groups carry 20 bits, so the length must be a multiple of five bytes.
    size = 5 - (len(body) if length is None else length) % 5
    return hashlib.sha256(f"fieldapp {kind}\n".encode() + body).digest()[:size]
