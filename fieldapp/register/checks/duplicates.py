"""Persons and phones that stand in the register more than once: over light rows of the whole register.

Same number first (certain), same name and birth date then (to be looked at), and one phone in several households.
The caller streams the rows; only keys and ids are held.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from fieldapp.register.identity import normalise_phone, person_key
from fieldapp.register.names import DOTS

__all__ = ["Duplicate", "PersonRow", "normalised_name", "same_name_and_birth", "same_number", "same_phone"]

_DOTS = {**DOTS, ord("."): "·"}
_SHORTEST_NUMBER = 15
_PLACEHOLDER = "999999"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What is needed of a person; empty texts where nothing is known."""

    person_id: str
    household_id: str
    name: str = ""
    birth_date: str = ""
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Records that look like one: why, and which (sorted by id). Holds no number and no name, only ids."""

    reason: Literal["number", "name_and_birth", "phone"]
    person_ids: tuple[str, ...]
    household_ids: tuple[str, ...]


def normalised_name(name: str) -> str:
    """Return a name for comparison: full-width folded, blanks dropped, every kind of dot the separator ``·``, capitals."""
    folded = unicodedata.normalize("NFKC", name.translate(_DOTS)).translate(_DOTS)
    return "".join(folded.split()).casefold()


def same_number(rows: Iterable[PersonRow]) -> tuple[Duplicate, ...]:
    """Return persons with the same identity number, whichever certificate it stands in; placeholders are passed over."""
    return _doubles(rows, "number", _number)


def same_name_and_birth(rows: Iterable[PersonRow]) -> tuple[Duplicate, ...]:
    """Return persons with the same name and birth date whose numbers do not tell them apart.

    Two valid-looking numbers that differ mean two persons, so only groups in which somebody has none are named, or
    whose numbers differ in one or two characters, as mistyped ones do.
    """
    held: defaultdict[tuple[str, str], list[PersonRow]] = defaultdict(list)
    for row in rows:
        name = normalised_name(row.name)
        if name and row.birth_date:
            held[name, row.birth_date].append(row)
    return _named(
        "name_and_birth",
        (near for group in held.values() if len(group) > 1 for near in [_near(group)] if near),
    )


def same_phone(rows: Iterable[PersonRow]) -> tuple[Duplicate, ...]:
    """Return phone numbers that stand in several households; within one household a phone may be shared."""
    doubles = _doubles(rows, "phone", lambda row: normalise_phone(row.phone))
    return tuple(double for double in doubles if len(double.household_ids) > 1)


def _number(row: PersonRow) -> str:
    key = person_key(row.id_number)
    return "" if len(key) < _SHORTEST_NUMBER or key.startswith(_PLACEHOLDER) else key


def _near(group: list[PersonRow]) -> list[PersonRow]:
    return [
        row
        for row in group
        if any(other is not row and _may_be_one(_number(row), _number(other)) for other in group)
    ]


def _may_be_one(first: str, second: str) -> bool:
    if not first or not second:
        return True
    if first == second:
        return False  # named by same_number already
    if len(first) != len(second):
        return True
    differing = [place for place, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    return len(differing) <= 2


def _doubles(
    rows: Iterable[PersonRow], reason: Literal["number", "phone"], key_of: Callable[[PersonRow], str]
) -> tuple[Duplicate, ...]:
    held: defaultdict[str, list[PersonRow]] = defaultdict(list)
    for row in rows:
        if key := key_of(row):
            held[key].append(row)
    return _named(reason, (group for group in held.values() if len(group) > 1))


def _named(
    reason: Literal["number", "name_and_birth", "phone"], groups: Iterable[list[PersonRow]]
) -> tuple[Duplicate, ...]:
    found = (
        Duplicate(
            reason,
            tuple(sorted(row.person_id for row in group)),
            tuple(sorted({row.household_id for row in group})),
        )
        for group in groups
    )
    return tuple(sorted(found, key=lambda double: double.person_ids))
