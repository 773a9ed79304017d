"""The rules that say where to look for the same problem, by the worked examples that stand beside them."""

from __future__ import annotations

import pytest

from fieldapp.register.checks import CheckRule
from fieldapp.register.schema import register_schema
from fieldapp.services.elsewhere import suspects
from tests.register.checks.cases import findings_of


@pytest.mark.parametrize("rule", suspects().rules, ids=lambda rule: rule.id)
def test_a_rule_suggests_its_example_and_not_its_counterexample(rule: CheckRule) -> None:
    assert rule.fires
    assert rule.silent
    assert all(findings_of(suspects(), rule, facts) for facts in rule.fires)
    assert not any(findings_of(suspects(), rule, facts) for facts in rule.silent)


@pytest.mark.parametrize("rule", suspects().rules, ids=lambda rule: rule.id)
def test_a_rule_belongs_to_a_kind_of_problem(rule: CheckRule) -> None:
    codes = {code.code for code in register_schema().codes["issue_kind"].codes}
    assert rule.id.partition("-")[0] in codes
