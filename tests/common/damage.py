"""Damaged zip archives: bytes changed anywhere, and where each part says how it is packed."""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["damaged_archives"]

#: Where a part's header, at its beginning and in the list at the end, says flags, way of packing, checksum, sizes and name.
_LOCAL, _CENTRAL = range(4, 36), range(6, 52)


def damaged_archives(data: bytes, *, number: int, seed: int = 1) -> Iterator[bytes]:
    """Yield copies of an archive with one to three bytes changed; every second one in a header."""
    dice = random.Random(seed)
    headers = [at + step for at in _found(data, b"PK\x03\x04") for step in _LOCAL]
    headers += [at + step for at in _found(data, b"PK\x01\x02") for step in _CENTRAL]
    for turn in range(number):
        copy = bytearray(data)
        for _ in range(dice.randint(1, 3)):
            at = dice.choice(headers) if turn % 2 else dice.randrange(len(copy))
            copy[min(at, len(copy) - 1)] = dice.choice((0, 1, 9, 14, 99, 255, dice.randrange(256)))
        yield bytes(copy)


def _found(data: bytes, mark: bytes) -> list[int]:
    places, at = [], data.find(mark)
    while at >= 0:
        places.append(at)
        at = data.find(mark, at + 1)
    return places
