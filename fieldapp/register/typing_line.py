"""A line of the to-type list (待录入清单): one changed fact that is to be typed into the national system.

What the national system is believed to have of a fact is worked out here, without a database: from the fact's history
since the last export that was looked at, and from what a person has marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fieldapp.register.values import Value

__all__ = ["Belief", "TypingLine", "TypingState", "believed", "in_typing_order"]

#: waiting 待录, typed 已录 (until the next export shows it), rejected 系统退回.
TypingState = Literal["waiting", "typed", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypingLine:
    """One line. ``value`` is the text to type, ``before`` what the national system is believed to show."""

    id: str
    list: str
    entity_id: str
    name: str
    household_id: str
    house_no: str
    head_name: str
    place: str
    sort_key: str
    subject: str
    tab: int
    tab_name: str
    field: int
    label: str
    kind: Literal["change", "new", "left"]
    before: str
    value: str
    since: str
    source: str
    author_name: str
    state: TypingState = "waiting"
    note: str = ""
    by_name: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Belief:
    """What a person has marked about a fact: ``value`` it was about, ``national`` what the system had before that."""

    state: str
    value: Value
    national: Value


def believed(mark: Belief | None, first_before: Value, now: Value) -> tuple[TypingState | None, Value]:
    """Return the state of a fact's line (None: there is nothing to type) and what the national system shows."""
    if mark is None:
        return (None if _same(first_before, now) else "waiting"), first_before
    if mark.state == "typed":
        if _same(mark.value, now):
            return "typed", mark.national
        return "waiting", mark.value
    if _same(mark.national, now):
        return None, mark.national
    if mark.state == "rejected" and _same(mark.value, now):
        return "rejected", mark.national
    return "waiting", mark.national


def in_typing_order(lines: Iterable[TypingLine]) -> list[TypingLine]:
    """Return the lines as one types them: by village and household, then tab by tab, a member's fields together."""
    return sorted(lines, key=lambda line: (line.sort_key, line.tab, line.subject, line.entity_id, line.field))


def _same(one: Value, other: Value) -> bool:
    return one == other if type(one) is type(other) else _is_blank(one) and _is_blank(other)


def _is_blank(value: Value) -> bool:
    return value is None or value == "" or value == []
