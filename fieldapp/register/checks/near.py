"""Persons who may be one, over light rows of the whole register: by number, by how the name sounds, by birth date.

Rows are grouped by how the name is read aloud, so that 37,000 persons take seconds; within a group every two are
compared. What two valid numbers keep apart is not named, however alike the rest is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal, get_args

from fieldapp.register.checks.duplicates import PersonRow, normalised_name
from fieldapp.register.identity import person_key

__all__ = ["NEAR_REASONS", "NearPair", "NearReason", "near_duplicates"]

NearReason = Literal["number", "near_number", "name_and_birth", "homophone", "near_birth"]
#: From the certain to the merely possible.
NEAR_REASONS: Final[tuple[NearReason, ...]] = get_args(NearReason)
_PLACEHOLDER = "999999"
_SHORTEST_NUMBER = 15
_ISO_DAY = 10


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two records that look like one, and why. Holds ids only; the smaller id stands first."""

    reason: NearReason
    first: str
    second: str


def near_duplicates(
    rows: Iterable[PersonRow], read_aloud: Callable[[str], Iterable[str]]
) -> tuple[NearPair, ...]:
    """Return the pairs, the most certain first. ``read_aloud`` gives every way a name may be read."""
    everybody = list(rows)
    found: dict[tuple[str, str], NearReason] = {}
    for reason, one, other in (*_same_number(everybody), *_sounding_alike(everybody, read_aloud)):
        pair = (min(one, other), max(one, other))
        if pair not in found or NEAR_REASONS.index(reason) < NEAR_REASONS.index(found[pair]):
            found[pair] = reason
    pairs = (NearPair(reason, *pair) for pair, reason in found.items())
    return tuple(sorted(pairs, key=lambda pair: (NEAR_REASONS.index(pair.reason), pair.first, pair.second)))


def _same_number(rows: list[PersonRow]) -> Iterator[tuple[NearReason, str, str]]:
    held: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        if number := _number(row):
            held[number].append(row.person_id)
    for ids in held.values():
        for one, other in combinations(ids, 2):
            yield "number", one, other


def _sounding_alike(
    rows: list[PersonRow], read_aloud: Callable[[str], Iterable[str]]
) -> Iterator[tuple[NearReason, str, str]]:
    held: defaultdict[str, list[tuple[PersonRow, str, str]]] = defaultdict(list)
    for row in rows:
        name = normalised_name(row.name)
        if name:
            for sound in {name, *read_aloud(name)}:
                held[sound].append((row, name, _number(row)))
    for group in held.values():
        for one, other in combinations(group, 2):
            if reason := _reason(*one, *other):
                yield reason, one[0].person_id, other[0].person_id


def _reason(
    one: PersonRow, name: str, number: str, other: PersonRow, other_name: str, other_number: str
) -> NearReason | None:
    if one.person_id == other.person_id:
        return None
    if number and other_number:
        if number == other_number or not one_slip(number, other_number):
            return None  # named already, or two persons
        return "near_number"
    if not one.birth_date or not other.birth_date:
        return None
    if one.birth_date == other.birth_date:
        return "name_and_birth" if name == other_name else "homophone"
    if name == other_name and near_day(one.birth_date, other.birth_date):
        return "near_birth"
    return None


def one_slip(first: str, second: str) -> bool:
    """Tell whether one slip of the hand makes one number of the other: a wrong digit, two swapped, one left out."""
    if abs(len(first) - len(second)) == 1:
        long, short = sorted((first, second), key=len, reverse=True)
        return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
    if len(first) != len(second):
        return False
    differing = [place for place, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    if len(differing) == 1:
        return True
    # A wrong digit usually spoils the check digit's agreement too, so the last one may differ as well.
    if len(differing) == 2 and differing[1] == len(first) - 1:
        return True
    if len(differing) in (2, 3) and differing[1] == differing[0] + 1:
        one, two = differing[:2]
        swapped = first[one] == second[two] and first[two] == second[one]
        return swapped and (len(differing) == 2 or differing[2] == len(first) - 1)
    return False


def near_day(first: str, second: str) -> bool:
    """Tell whether two ISO days may be one: one digit differs, or month and day are swapped."""
    if len(first) != _ISO_DAY or len(second) != _ISO_DAY:
        return False
    if first[:4] == second[:4] and (first[5:7], first[8:]) == (second[8:], second[5:7]):
        return True
    return sum(one != other for one, other in zip(first, second, strict=True)) == 1


def _number(row: PersonRow) -> str:
    key = person_key(row.id_number)
    return "" if len(key) < _SHORTEST_NUMBER or key.startswith(_PLACEHOLDER) else key
