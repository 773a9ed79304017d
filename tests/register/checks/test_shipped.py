"""Every shipped rule, by the worked examples that stand beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from fieldapp.register.checks import CheckContext, CheckRule, run_checks, shipped_rules
from fieldapp.register.entities import Household
from tests.register.checks.cases import TODAY, context_of, findings_of, policies

RULES = shipped_rules()


def _cases(side: str) -> list[Any]:
    return [
        pytest.param(rule, facts, id=f"{rule.id}-{number}")
        for rule in RULES.rules
        for number, facts in enumerate(getattr(rule, side), 1)
    ]


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_every_rule_has_an_example_that_fires_and_one_that_does_not(rule: CheckRule) -> None:
    assert rule.fires
    assert rule.silent


@pytest.mark.parametrize(("rule", "facts"), _cases("fires"))
def test_a_rule_fires_on_its_example(rule: CheckRule, facts: Mapping[str, Any]) -> None:
    found = findings_of(RULES, rule, facts)
    assert found, "silent"
    for finding in found:
        assert finding.level == rule.level
        assert finding.zh
        assert finding.zh.endswith(("。", "？", "！"))
        assert finding.en
        assert "{" not in finding.zh + finding.en


@pytest.mark.parametrize(("rule", "facts"), _cases("silent"))
def test_a_rule_is_silent_on_its_counterexample(rule: CheckRule, facts: Mapping[str, Any]) -> None:
    assert findings_of(RULES, rule, facts) == []


@pytest.mark.parametrize(("rule", "facts"), _cases("fires"))
def test_a_finding_opens_a_field_of_the_household_it_is_about(
    rule: CheckRule, facts: Mapping[str, Any]
) -> None:
    context = context_of(facts)
    records = (
        *(context.household, *context.members, *context.incomes, *context.measures),
        *(*context.issues, *context.loans, *context.dwellings),
    )
    held = {(record.LIST, record.id) for record in records}
    for finding in findings_of(RULES, rule, facts):
        assert not finding.entity_id or (finding.list, finding.entity_id) in held


def test_a_household_of_which_nothing_is_known_gets_no_error_but_for_its_missing_head() -> None:
    found = run_checks(RULES, CheckContext(household=Household(id="h"), today=TODAY, policies=policies(7300)))
    assert {finding.rule_id for finding in found if finding.level == "error"} == {"head-missing"}
