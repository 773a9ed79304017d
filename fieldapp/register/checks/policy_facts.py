"""The county's policy values as facts of a rule: ``policy.line_listed``, ``policy.school_age_first``.

A range or a pair of months is two facts, ``…_first`` and ``…_last``; a day of the year is that day in the year of the check.
A value that the county has not set, or that its file does not name, is unknown, and no rule fires on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from fieldapp.register.checks.kinds import DATE, NUMBER, TEXT, TRUTH, Kind
from fieldapp.register.rules import RuleBook, RuleName, RuleType

__all__ = ["POLICY_LIST", "policy_kinds", "policy_row"]

#: What stands for a list of the register in a rule's vocabulary.
POLICY_LIST = "policy"
_PAIRS: frozenset[RuleType] = frozenset({"range", "months"})
_KINDS: Mapping[RuleType, Kind] = {
    "integer": NUMBER,
    "decimal": NUMBER,
    "percent": NUMBER,
    "weekday": NUMBER,
    "range": NUMBER,
    "months": NUMBER,
    "day": DATE,
    "text": TEXT,
    "boolean": TRUTH,
}


def policy_kinds(names: Mapping[str, RuleName]) -> dict[str, Kind]:
    """Return the facts of a rule book with their kinds; each also has an ``id``, as every row has."""
    kinds = {fact: _KINDS[name.type] for name in names.values() for fact in _facts(name)}
    return {"id": TEXT, **kinds}


def policy_row(names: Mapping[str, RuleName], values: RuleBook, on: date) -> dict[str, Any]:
    """Return the values of a day under the facts of ``names``; what ``values`` does not have is None."""
    row: dict[str, Any] = {"id": POLICY_LIST}
    for name in names.values():
        own = values.names.get(name.name)
        known = own is not None and own.type == name.type
        row.update(_read(name, values, on) if known else dict.fromkeys(_facts(name)))
    return row


def _facts(name: RuleName) -> tuple[str, ...]:
    return (f"{name.name}_first", f"{name.name}_last") if name.type in _PAIRS else (name.name,)


def _read(name: RuleName, values: RuleBook, on: date) -> Iterator[tuple[str, object]]:
    if name.type in _PAIRS:
        yield from zip(_facts(name), values.pair(name.name, on) or (None, None), strict=True)
    elif name.type == "day":
        yield name.name, values.day(name.name, on)
    elif name.type == "weekday":
        yield name.name, values.weekday(name.name, on)
    else:
        value = values.rule(name.name, on)
        yield name.name, Decimal(str(value)) if isinstance(value, float) else value
