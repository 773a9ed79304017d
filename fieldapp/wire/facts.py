"""A register fact as it travels: text, integer, boolean, nothing, or a list of codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from fieldapp.wire.canonical import Json

__all__ = ["Scalar", "fact_json", "read_fact", "read_facts"]

#: A fact on the wire. Amounts and dates are texts; a list holds the codes of a multiple choice.
Scalar: TypeAlias = "str | int | bool | None | list[str]"

_MOST_FACTS = 200
_LONGEST_NAME = 64


def fact_json(value: Scalar) -> Json:
    """Return the fact as JSON, a list copied."""
    return list(value) if isinstance(value, list) else value


def read_fact(value: object) -> Scalar:
    """Return a fact from outside; raises ValueError when it is none."""
    match value:
        case None | bool() | int() | str():
            return value
        case list() if all(isinstance(item, str) for item in value):
            return value
    raise ValueError("fact")


def read_facts(values: Mapping[str, object]) -> dict[str, Scalar]:
    """Return facts by property name from outside; raises ValueError when one is none, or there are too many."""
    if len(values) > _MOST_FACTS or any(not 0 < len(name) <= _LONGEST_NAME for name in values):
        raise ValueError("facts")
    return {name: read_fact(value) for name, value in values.items()}
