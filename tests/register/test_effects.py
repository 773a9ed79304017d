"""What follows from an answer: the same records with the same ids, whoever runs the rules, however often."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.effects import EffectRule, effects_of, load_rules, shipped_rules
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Refusal, convert

SCHEMA = register_schema()
QUESTIONS = sorted({rule.when for rule in shipped_rules()})
answers = st.dictionaries(
    st.sampled_from([*QUESTIONS, "housing_note", "requests"]), st.sampled_from(["yes", "no", "裂缝"])
)


def follow(told: dict[str, str], visit_id: str = "visit-1") -> dict[str, dict[str, object]]:
    patches = effects_of(
        shipped_rules(),
        form="visit",
        visit_id=visit_id,
        household_id="house-1",
        visit_date="2026-11-20",
        answers=told,
    )
    return {patch.entity_id: {name: change.new for name, change in patch.fields.items()} for patch in patches}


def test_a_no_to_a_guarantee_is_a_problem_in_the_words_that_were_written() -> None:
    [issue] = follow({"housing_ok": "no", "housing_note": "东屋墙面有裂缝"}).values()
    assert issue == {
        "household_id": "house-1",
        "kind": "housing",
        "description": "东屋墙面有裂缝",
        "state": "open",
        "source": "visit",
        "found_on": "2026-11-20",
    }


def test_a_yes_makes_nothing() -> None:
    assert follow({question: "yes" for question in QUESTIONS if question.endswith("_ok")}) == {}


def test_a_note_that_was_left_empty_is_left_out() -> None:
    [issue] = follow({"housing_ok": "no"}).values()
    assert "description" not in issue


@given(answers)
def test_twice_is_once_and_another_visit_is_another_record(told: dict[str, str]) -> None:
    once = follow(told)
    assert follow(told) == once
    assert not set(once) & set(follow(told, "visit-2"))


@given(answers)
def test_what_follows_are_values_of_the_register(told: dict[str, str]) -> None:
    for rule in shipped_rules():
        assert rule.list in SCHEMA.lists
        for name, text in rule.set.items():
            prop = SCHEMA.property(rule.list, name)
            assert prop is not None
            if not text.startswith("$"):
                assert not isinstance(convert(prop, text, SCHEMA), Refusal)
    for facts in follow(told).values():
        assert facts["household_id"] == "house-1"


def test_another_forms_answers_follow_other_rules() -> None:
    found = effects_of(
        shipped_rules(),
        form="other",
        visit_id="v",
        household_id="h",
        visit_date="d",
        answers={"housing_ok": "no"},
    )
    assert found == ()


def test_two_rules_with_one_id_are_refused(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "a"\nform = "visit"\nwhen = "x"\nequals = "no"\nlist = "issues"\nset = {}\n'
    (tmp_path / "one.toml").write_text(rule, "utf-8")
    (tmp_path / "two.toml").write_text(rule, "utf-8")
    with pytest.raises(ValueError, match="share an id"):
        load_rules(tmp_path)


ROSTER = (
    EffectRule(
        "dropout", "visit", "at_school", "no", "issues", {"kind": "schooling", "description": "$member_name"}
    ),
    EffectRule("task", "visit", "at_school", "no", "tasks", {"issue_id": "@dropout", "text": "$change_note"}),
    EffectRule("whole", "visit", "housing_ok", "no", "issues", {"kind": "housing"}),
)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_rule_about_a_roster_question_follows_for_each_member_that_answers_so(count: int) -> None:
    rows = {f"members[{n}]": {"member_name": f"孩子{n}", "at_school": "no"} for n in range(1, count + 1)}
    rows["members[9]"] = {"member_name": "孩子9", "at_school": "yes"}
    patches = effects_of(
        ROSTER,
        form="visit",
        visit_id="v",
        household_id="h",
        visit_date="2026-11-20",
        answers={"housing_ok": "no", "change_note": "劝返"},
        rows=rows,
    )
    issues = {p.entity_id: p.fields["description"].new for p in patches if "description" in p.fields}
    assert sorted(map(str, issues.values())) == [f"孩子{n}" for n in range(1, count + 1)]
    tasks = [p for p in patches if p.list == "tasks"]
    assert [p.fields["issue_id"].new for p in tasks] == list(issues), (
        "a row's task is about the row's problem"
    )
    assert {p.fields["text"].new for p in tasks} == {"劝返"}
    assert len({p.entity_id for p in patches}) == len(patches) == 2 * count + 1
