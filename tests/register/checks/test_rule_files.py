"""Rule files: what is refused, and how a county's own folder follows the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.register.checks import load_rules, run_checks
from tests.register.checks.cases import context_of
from tests.register.checks.test_language import write_rule


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("level", "warning", "there is no level “warning”"),
        ("scope", "village", "there is no scope “village”"),
        ("zh", " ", "“zh” is missing"),
        ("zh", "{p.agee}。", "persons has no property “agee”"),
        ("en", "{p.age", "a brace of the text has no partner"),
        ("mend", "persons.agee", "there is no property “persons.agee” to mend"),
        ("mend_at", "h", "“h” is no row of persons"),
        ("when", "p.agee > 1", "persons has no property “agee”"),
        ("valid_from", "2026", "“valid_from” is a year"),
        ("expression", "p.age > 1", "“expression” is not known"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_reason(tmp_path: Path, field: str, text: str, reason: str) -> None:
    write_rule(tmp_path, "p.age > 1", **{field: text})
    with pytest.raises(KnownError) as refused:
        load_rules(tmp_path)
    assert refused.value.code == "RULE-001"
    assert reason in refused.value.en


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[[rule]", "cannot be read"),
        ("[[rule]]\nid = '核'".encode("gb18030"), "cannot be read"),
        (b"title = 'x'", "it has no rule"),
        (b"rule = 'x'", "[[rule]]"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "county.toml").write_bytes(content)
    with pytest.raises(KnownError) as refused:
        load_rules(tmp_path)
    assert refused.value.code == "RULE-002"
    assert "county.toml" in refused.value.zh
    assert reason in refused.value.en


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    write_rule(tmp_path, "p.age > 1")
    (tmp_path / "again.toml").write_bytes((tmp_path / "rules.toml").read_bytes())
    with pytest.raises(KnownError, match="the id is used twice"):
        load_rules(tmp_path)


def test_a_countys_rule_replaces_the_shipped_one_and_may_silence_it(tmp_path: Path) -> None:
    shipped, county = tmp_path / "shipped", tmp_path / "county"
    shipped.mkdir()
    county.mkdir()
    write_rule(shipped, "p.age > 1")
    context = context_of({"p": {"age": 40}})
    assert run_checks(load_rules(shipped), context)
    write_rule(county, "p.age > 50")
    assert run_checks(load_rules(shipped, county), context) == ()
    write_rule(county, "", level="off")
    assert load_rules(shipped, county).rules == ()


def test_a_rule_counts_only_in_its_years(tmp_path: Path) -> None:
    write_rule(tmp_path, "p.age > 1")
    path = tmp_path / "rules.toml"
    path.write_text(path.read_text("utf-8") + "valid_from = 2021\nvalid_to = 2025\n", "utf-8")
    book = load_rules(tmp_path)
    found = {
        year: bool(run_checks(book, context_of({"p": {"age": 40}, "today": f"{year}-06-01"})))
        for year in (2020, 2021, 2025, 2026)
    }
    assert found == {2020: False, 2021: True, 2025: True, 2026: False}


def test_the_other_record_of_a_pair_can_be_the_one_to_mend(tmp_path: Path) -> None:
    write_rule(tmp_path, "a.age > b.age", scope="pair", mend_at="a")
    members = [{"id": "old", "age": 60}, {"id": "young", "age": 30}]
    (found,) = run_checks(load_rules(tmp_path), context_of({"members": members}))
    assert (found.entity_id, found.subject) == ("old", "old+young")
