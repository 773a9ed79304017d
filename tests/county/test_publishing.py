"""Forms and policy that the county hands out."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.publishing import effect_rules, publish_form, publish_policy, publish_shipped_policy
from fieldapp.county.setup import County
from fieldapp.county.tables import FormRow, PolicyRow
from fieldapp.register.effects import shipped_rules
from fieldapp.tables.register import IssueRow
from tests.county.world import Laptop, rows_of


def test_the_shipped_effect_rules_are_in_force(county: County) -> None:
    with county.database.read() as connection:
        assert effect_rules(connection, county.code) == shipped_rules()


def test_a_published_form_never_changes(county: County) -> None:
    publish_form(county, form_id="visit", version="1", title="走访", xml=b"<a/>")
    with pytest.raises(KnownError) as caught:
        publish_form(county, form_id="visit", version="1", title="走访", xml=b"<b/>")
    assert caught.value.code == "COUNTY-011"
    (row,) = rows_of(county, FormRow)
    assert row.xml == b"<a/>"


def test_a_new_version_makes_the_former_one_former(county: County) -> None:
    publish_form(county, form_id="visit", version="1", title="走访", xml=b"<a/>")
    publish_form(county, form_id="visit", version="2", title="走访", xml=b"<b/>")
    assert {row.version: row.state for row in rows_of(county, FormRow)} == {"1": "former", "2": "current"}


def test_a_broken_policy_changes_nothing(county: County) -> None:
    before = list(rows_of(county, PolicyRow))
    with pytest.raises(ValueError):
        publish_policy(county, [("years.toml", "x = 1"), ("effects/visit.toml", "not toml")])
    assert list(rows_of(county, PolicyRow)) == before
    assert publish_shipped_policy(county) == 0


def test_a_changed_rule_is_followed_by_the_next_batch(county: County, helper: Laptop) -> None:
    rule = """[[rule]]
id = "r1"
form = "visit"
when = "roof"
equals = "leaks"
list = "issues"
set = { kind = "housing", description = "$roof_note", found_on = "$visit_date" }
"""
    assert publish_policy(county, [("effects/visit.toml", rule)]) == 1
    record = helper.visit(1, answers={"roof": "leaks", "roof_note": "漏雨", "housing_ok": "no"})
    assert helper.send(record)[0].status == "stored"
    (issue,) = rows_of(county, IssueRow)
    assert (issue.description, issue.found_on) == ("漏雨", "2026-11-20")
