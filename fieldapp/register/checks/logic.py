"""Closures of a compiled rule: reading a fact, comparing, and, or, not – over true, false and unknown (None).

Unknown is never true: a comparison with an unknown fact is unknown, and so is its opposite. In *asking* positions
(the rule itself, ``and``/``or`` below it) unknown and false mean the same, so the short forms serve there;
below ``not`` the full three-valued forms are used.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import Any

from fieldapp.register.checks.kinds import Kind

__all__ = [
    "ARITHMETIC",
    "COMPARE",
    "Frame",
    "Node",
    "Run",
    "apply",
    "both",
    "compare",
    "contains",
    "fact",
    "negate",
]

Frame = list[Any]  # the slots a rule reads: today, the household, its lists, the record in question
Run = Callable[[Frame], Any]

COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
}


def _divide(left: Any, right: Any) -> Decimal | None:
    try:
        return Decimal(left) / Decimal(right)
    except (DivisionByZero, InvalidOperation):
        return None


ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": _divide,
}


@dataclass(frozen=True, slots=True)
class Node:
    """A compiled part: its kind, its closure, and its value where it is a constant."""

    kind: Kind
    run: Run
    constant: Any = None
    place: tuple[int, str] | None = None


def fact(slot: int, name: str) -> Run:
    """Read a fact of the row in a slot."""
    return lambda frame: frame[slot][name]


def compare(op: Callable[[Any, Any], Any], left: Node, right: Node) -> Run:
    """Compare two values; unknown when one of them is."""
    if left.place is not None and right.constant is not None:
        return _compare_fact(op, *left.place, right.constant)
    first, second = left.run, right.run

    def run(frame: Frame) -> bool | None:
        one = first(frame)
        if one is None:
            return None
        two = second(frame)
        return None if two is None else op(one, two)

    return run


def _compare_fact(op: Callable[[Any, Any], Any], slot: int, name: str, constant: Any) -> Run:
    if op is operator.eq:  # by far the most frequent form, worth its own closure

        def equal(frame: Frame) -> bool | None:
            value = frame[slot][name]
            return None if value is None else value == constant

        return equal

    def run(frame: Frame) -> bool | None:
        value = frame[slot][name]
        return None if value is None else op(value, constant)

    return run


def contains(item: Node, container: Node, *, negated: bool) -> Run:
    """Tell whether a value is in a list of constants or of codes; unknown when one of them is."""
    one, many = item.run, container.run

    def run(frame: Frame) -> bool | None:
        values = many(frame)
        value = one(frame)
        if value is None or values is None:
            return None
        return (value in values) is not negated

    return run


def both(parts: Sequence[Run], *, stop: bool, asking: bool) -> Run:
    """Join parts by ``and`` (``stop`` False) or ``or`` (``stop`` True)."""
    if asking and len(parts) == 2:
        first, second = parts
        if stop:
            return lambda frame: first(frame) or second(frame)
        return lambda frame: first(frame) and second(frame)
    if asking:
        return _asking(tuple(parts), stop=stop)

    def run(frame: Frame) -> bool | None:
        result: bool | None = not stop
        for part in parts:
            value: bool | None = part(frame)
            if value is stop:
                return stop
            if value is None:
                result = None
        return result

    return run


def _asking(parts: tuple[Run, ...], *, stop: bool) -> Run:
    def every(frame: Frame) -> bool:
        return all(part(frame) for part in parts)

    def some(frame: Frame) -> bool:
        return any(part(frame) for part in parts)

    return some if stop else every


def negate(part: Run) -> Run:
    """The opposite; unknown stays unknown."""

    def run(frame: Frame) -> bool | None:
        value = part(frame)
        return None if value is None else not value

    return run


def apply(call: Callable[..., Any], parts: Sequence[Run], *, sees_unknown: bool) -> Run:
    """Call a function on values; unknown when one of them is, unless the function is about unknown values."""
    if len(parts) == 1:
        (only,) = parts
        if sees_unknown:
            return lambda frame: call(only(frame))

        def run_one(frame: Frame) -> Any:
            value = only(frame)
            return None if value is None else call(value)

        return run_one

    if len(parts) == 2:
        first, second = parts

        def run_two(frame: Frame) -> Any:
            one = first(frame)
            if one is None:
                return None
            two = second(frame)
            return None if two is None else call(one, two)

        return run_two

    def run(frame: Frame) -> Any:
        values = [part(frame) for part in parts]
        return None if None in values else call(*values)

    return run
