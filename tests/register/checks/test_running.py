"""Laws of running the checks: the order of records means nothing, screening changes nothing, gone records are gone."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.register.checks import CheckContext, run_checks, shipped_rules
from fieldapp.register.checks.context import frame_of
from fieldapp.register.checks.running import _finding, _order, _subjects
from fieldapp.register.policy import shipped_policy
from fieldapp.register.rules import shipped_rulebook
from tests.bench.checks import contexts
from tests.register.checks.cases import context_of

RULES = shipped_rules()
#: Facts of all worked examples: the material households are put together from.
EXAMPLES = [facts for rule in RULES.rules for facts in (*rule.fires, *rule.silent)]
LISTS = ("members", "incomes", "measures", "issues")


@st.composite
def households(draw: st.DrawFn) -> CheckContext:
    """Households put together from the facts of several worked examples."""
    chosen = draw(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=5))
    facts: dict[str, Any] = {
        "h": {},
        "income_line": draw(st.sampled_from([7300, None])),
        **{name: [] for name in LISTS},
    }
    for example in chosen:
        facts["h"].update(example.get("h", {}))
        facts["members"] += [example["p"]] if "p" in example else []
        for name in LISTS:
            facts[name] += [
                {key: value for key, value in row.items() if key != "id"} for row in example.get(name, [])
            ]
    return context_of(facts)


@given(households(), st.integers())
@settings(max_examples=80, deadline=None)
def test_the_order_of_records_changes_no_finding(context: CheckContext, seed: int) -> None:
    shuffled: dict[str, Any] = {}
    for name in LISTS:
        records = list(getattr(context, name))
        random.Random(seed).shuffle(records)
        shuffled[name] = tuple(records)
    assert run_checks(RULES, context) == run_checks(RULES, replace(context, **shuffled))


@given(households())
@settings(max_examples=80, deadline=None)
def test_screening_leaves_out_nothing_that_fires(context: CheckContext) -> None:
    frame = frame_of(
        context, RULES.reader(context.today, context.policies or shipped_policy(), shipped_rulebook())
    )
    asked_all = [
        _finding(rule, frame)
        for scope, screen in RULES.plan(context.today.year)
        for _ in _subjects(scope, screen, frame)
        for rule in RULES.rules
        if rule.scope is scope and (rule.when is None or rule.when(frame)) and rule.expr(frame)
    ]
    assert tuple(sorted(asked_all, key=_order)) == run_checks(RULES, context)


@given(households())
@settings(max_examples=60, deadline=None)
def test_findings_are_in_order_with_keys_of_their_own(context: CheckContext) -> None:
    found = run_checks(RULES, context)
    assert list(found) == sorted(found, key=_order)
    assert len({finding.key for finding in found}) == len(found)


def test_records_that_are_gone_are_not_looked_at() -> None:
    context = context_of(
        {"members": [{"name": "张三", "relationship": "head"}, {"name": "张四", "relationship": "head"}]}
    )
    assert "head-twice" in {finding.rule_id for finding in run_checks(RULES, context)}
    first, second = context.members
    gone = replace(context, members=(first, replace(second, status="death")))
    assert "head-twice" not in {finding.rule_id for finding in run_checks(RULES, gone)}


@lru_cache(maxsize=1)
def _county() -> list[CheckContext]:
    return contexts()


def test_the_demo_county_has_few_findings_and_no_error() -> None:
    found = [finding for house in _county() for finding in run_checks(RULES, house)]
    assert not [finding.rule_id for finding in found if finding.level == "error"]
    assert 0 < len(found) < 2 * len(_county())


def test_a_value_that_does_not_fit_its_property_is_unknown_and_stops_nothing() -> None:
    context = _county()[0]
    odd = replace(context.household, properties={"arable_mu": "很多", "house_year": "老", "risks": "因病"})
    (member, *_) = context.members
    people = (replace(member, birth_date="去年"),)
    run_checks(RULES, replace(context, household=odd, members=people))
