"""Running the rules over a household: pure, deterministic, quick enough for every keystroke that leaves a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

from fieldapp.register.checks.context import CheckContext, frame_of
from fieldapp.register.checks.facts import FactReader, Row
from fieldapp.register.checks.finding import LEVELS, Finding, digest_of
from fieldapp.register.checks.kinds import basis_of
from fieldapp.register.checks.logic import Frame
from fieldapp.register.checks.rules import CheckRule, RuleBook
from fieldapp.register.checks.scopes import HOUSEHOLD, LATEST, LISTS, SCALARS, SUBJECT, Scope
from fieldapp.register.checks.screening import Screen, Shape
from fieldapp.register.policy import shipped_policy
from fieldapp.register.rules import shipped_rulebook

__all__ = ["run_checks"]

_RANK = {level: rank for rank, level in enumerate(LEVELS)}
#: A pass outlives the day it was made on.
_PASSING_TIME = frozenset({"today", "year"})


def run_checks(book: RuleBook, context: CheckContext) -> tuple[Finding, ...]:
    """Return what the rules in force find in a household: errors first, then doubts and hints, by rule and record."""
    frame = frame_of(context, _reader(book, context))
    found: list[Finding] = []
    for scope, screen in book.plan(context.today.year):
        for shape in _subjects(scope, screen, frame):
            for rule in screen.rules(shape):
                if (rule.when is None or rule.when(frame)) and rule.expr(frame):
                    found.append(_finding(rule, frame))
    return tuple(sorted(found, key=_order))


def _reader(book: RuleBook, context: CheckContext) -> FactReader:
    return book.reader(
        context.today, context.policies or shipped_policy(), context.values or shipped_rulebook()
    )


def _order(finding: Finding) -> tuple[int, str, str]:
    return _RANK[finding.level], finding.rule_id, finding.subject


def _subjects(scope: Scope, screen: Screen[CheckRule], frame: Frame) -> Iterator[Shape]:
    """Put one record after the other (or two) into the frame's slots, and yield the shape to ask for."""
    if scope.walks is None:
        yield screen.shape("h", frame[HOUSEHOLD]) + screen.shape("latest", frame[LATEST])
        return
    rows: list[Row] = frame[LISTS[scope.walks][0]]
    if len(scope.subjects) == 1:
        for row in rows:
            frame[SUBJECT] = row
            yield screen.shape(scope.subjects[0], row)
        return
    first, second = ([screen.shape(name, row) for row in rows] for name in scope.subjects)
    for one, other in permutations(range(len(rows)), 2):
        frame[SUBJECT], frame[SUBJECT + 1] = rows[one], rows[other]
        yield first[one] + second[other]


def _finding(rule: CheckRule, frame: Frame) -> Finding:
    household_id: str = frame[HOUSEHOLD]["id"]
    names = [frame[SUBJECT + place]["id"] for place in range(len(rule.scope.subjects))]
    subject = "+".join(names) or household_id
    mended = None if rule.mend_slot is None else frame[rule.mend_slot]["id"]
    return Finding(
        rule_id=rule.id,
        level=rule.level,
        household_id=household_id,
        list=rule.mend_list,
        entity_id=mended or "",
        property=rule.mend_property,
        zh=rule.zh(frame),
        en=rule.en(frame),
        subject=subject,
        key=f"{rule.id}/{subject}/{digest_of(_values(rule, frame))}",
    )


def _values(rule: CheckRule, frame: Frame) -> Iterator[str]:
    """Yield what the rule's judgement rests on: stored values, not the passing of time."""
    lists: dict[str, list[str]] = {}
    for name, fact in rule.reads:
        if name in LISTS:
            lists.setdefault(name, []).extend(basis_of(LISTS[name][1], fact))
        elif name in SCALARS:
            if name not in _PASSING_TIME:
                yield f"{name}={frame[SCALARS[name][0]]}"
        else:
            slot, list_name = rule.scope.rows[name]
            for basis in basis_of(list_name, fact):
                yield f"{name}.{basis}={frame[slot][basis]}"
    for name, facts in lists.items():
        rows: Iterable[Row] = frame[LISTS[name][0]]
        yield from sorted(f"{name}:" + ";".join(f"{fact}={row[fact]}" for fact in facts) for row in rows)
