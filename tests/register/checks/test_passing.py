"""Passing a doubt with a reason: it stays passed while the facts stay, and comes back when they change."""

from __future__ import annotations

from typing import Any

from fieldapp.register.checks import Finding, open_findings, run_checks, shipped_rules
from tests.register.checks.cases import context_of

RULES = shipped_rules()


def findings(rule: str, **facts: Any) -> tuple[Finding, ...]:
    return run_checks(RULES.only(rule), context_of(facts))


def passed(*found: Finding, reason: str = "已核实，确实如此") -> dict[str, str]:
    return {finding.key: reason for finding in found}


def test_a_passed_doubt_is_no_longer_open() -> None:
    found = findings("arable-range", h={"arable_mu": 320})
    assert open_findings(found, {}) == found
    assert open_findings(found, passed(*found)) == ()


def test_a_pass_ends_when_the_value_changes_and_not_when_something_else_does() -> None:
    before = findings("arable-range", h={"arable_mu": 320})
    other_fact = findings("arable-range", h={"arable_mu": 320, "phone": "13800000001"})
    other_value = findings("arable-range", h={"arable_mu": 330})
    assert open_findings(other_fact, passed(*before)) == ()
    assert open_findings(other_value, passed(*before)) == other_value


def test_a_pass_outlives_a_birthday() -> None:
    person = {"birth_date": "1950-06-01", "work_months": 6}
    before = findings("over-70-works", p=person, today="2026-05-01")
    after = findings("over-70-works", p=person, today="2026-07-01")
    assert before[0].zh != after[0].zh
    assert open_findings(after, passed(*before)) == ()


def test_a_pass_ends_when_another_member_that_the_rule_looks_at_changes() -> None:
    posts = [{"id": f"p{number}", "welfare_post": "road"} for number in range(4)]
    before = findings("three-welfare-posts", members=posts[:3])
    after = findings("three-welfare-posts", members=posts)
    assert open_findings(after, passed(*before)) == after


def test_a_pass_ends_when_the_line_changes() -> None:
    before = findings("below-line-not-monitored", incomes=[{"per_capita": 6000}], income_line=7300)
    after = findings("below-line-not-monitored", incomes=[{"per_capita": 6000}], income_line=8000)
    assert open_findings(after, passed(*before)) == after


def test_an_error_cannot_be_passed_and_a_blank_reason_is_none() -> None:
    error = findings("under-16-works", p={"age": 10, "work_months": 3})
    doubt = findings("arable-range", h={"arable_mu": 320})
    assert open_findings(error, passed(*error)) == error
    assert open_findings(doubt, passed(*doubt, reason=" ")) == doubt


def test_a_key_holds_no_personal_data() -> None:
    (found,) = findings("id-checksum", p={"id": "p1", "name": "张三", "id_number": "411025198003150119"})
    assert "张三" not in found.key
    assert "1980" not in found.key
