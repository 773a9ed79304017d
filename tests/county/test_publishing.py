"""Forms and policy that the county hands out."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.resources import forms_dir
from fieldapp.county.publishing import (
    effect_rules,
    publish_form,
    publish_form_file,
    publish_policy,
    publish_shipped_policy,
)
from fieldapp.county.setup import County
from fieldapp.county.tables import FormRow, PolicyRow
from fieldapp.register.effects import shipped_rules
from fieldapp.tables.register import IssueRow
from fieldapp.xform import load_form
from tests.county.test_changes import fetch_all
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
    for name, text in (
        ("years.toml", "x = 1"),
        ("effects/visit.toml", "not toml"),
        ("rules.toml", "[names]"),
    ):
        with pytest.raises(KnownError) as told:
            publish_policy(county, [("other.toml", "x = 1"), (name, text)])
        assert told.value.code == "COUNTY-045"
        assert name in told.value.zh
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


def test_the_shipped_form_is_compiled_published_and_reaches_a_laptop(county: County, helper: Laptop) -> None:
    digest = publish_form_file(county, forms_dir() / "visit.md")
    assert publish_form_file(county, forms_dir() / "visit.md") == digest
    rows, _ = fetch_all(helper)
    (form,) = [row for row in rows if row["list"] == "forms"]
    assert (form["id"], form["values"]["sha256"]) == ("visit", digest)
    assert load_form(form["values"]["xml"].encode()).sha256 == digest


def test_a_form_that_does_not_compile_is_not_published(county: County, tmp_path: Path) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text("| survey |\n| | type | name |\n| | nonsense | x |\n", "utf-8")
    with pytest.raises(KnownError) as caught:
        publish_form_file(county, broken)
    assert caught.value.code.startswith(("CHECK-", "FORM-"))
    assert not rows_of(county, FormRow)
