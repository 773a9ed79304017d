"""From a finished form to one change: only what a person said, and what follows from it by rule."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.common.ids import derived_id
from fieldapp.register.change import EntityPatch, FieldChange
from fieldapp.register.effects import shipped_rules
from fieldapp.register.entities import Entity, Household, Person, Staff
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Value
from fieldapp.services.draft_content import DraftContent, SeenRecord, read_content
from fieldapp.services.prefill import answer_text
from fieldapp.services.visit_change import VisitFacts, patches_of, visit_change
from fieldapp.xform import EntityAction, Submission
from tests.services.strategies import SCHEMA, households, persons, values_of

unhurried = settings(deadline=None, max_examples=60)
HOUSE = Household(id="h-1", head_name="张三", phone="13800000000", version=4, properties={"food_ok": True})
WIFE = Person(id="p-2", household_id="h-1", name="王芳", sex="female", version=2)
CADRE = Staff(id="staff-1", name="李干部", role="helper", area_code="411025100201")


def seen(*entities: Entity) -> dict[str, SeenRecord]:
    return {e.id: SeenRecord(e.version, e.values()) for e in entities}


def told(list_name: str, id: str, label: str = "", **properties: str) -> EntityAction:
    return EntityAction(list_name, "update", id, label, None, None, None, properties, "/data")


def sorted_out(
    *actions: EntityAction, now: Household = HOUSE, members: tuple[Person, ...] = (WIFE,)
) -> tuple[list[EntityPatch], list[str]]:
    patches, held = patches_of(actions, seen(HOUSE, WIFE), now, members, register_schema())
    return patches, [one.name for one in held]


def form_facts(entity: Entity) -> dict[str, Value]:
    properties = SCHEMA.lists[entity.LIST].properties.values()
    return {p.name: entity.get(p.name) for p in properties if p.write == "form" and p.name != "left_reason"}


def untouched(entity: Entity) -> EntityAction:
    texts = {name: answer_text(value) for name, value in form_facts(entity).items()}
    return told(entity.LIST, entity.id, **texts)


@given(households(), persons("p-1"))
@unhurried
def test_a_form_that_nobody_touched_changes_nothing(household: Household, person: Person) -> None:
    actions = (untouched(household), untouched(person))
    assert patches_of(actions, seen(household, person), household, (person,), SCHEMA) == ([], [])


@given(households(), st.data())
@unhurried
def test_an_untouched_form_undoes_nothing_that_changed_meanwhile(
    household: Household, data: st.DataObject
) -> None:
    newer = dataclasses.replace(data.draw(households()), version=household.version + 1)
    assert patches_of((untouched(household),), seen(household), newer, (), SCHEMA) == ([], [])


@given(households(), st.data())
@unhurried
def test_exactly_the_facts_that_were_changed_become_a_patch(
    household: Household, data: st.DataObject
) -> None:
    facts = form_facts(household)
    names = data.draw(st.sets(st.sampled_from(sorted(facts)), max_size=6))
    new = {name: data.draw(values_of(SCHEMA.lists["households"].properties[name])) for name in sorted(names)}
    texts = {name: answer_text(value) for name, value in {**facts, **new}.items()}
    patches, held = patches_of((told("households", "h-1", **texts),), seen(household), household, (), SCHEMA)
    expected = {
        name: FieldChange(facts[name], value)
        for name, value in new.items()
        if answer_text(value) != answer_text(facts[name])
    }
    assert held == []
    assert [dict(patch.fields) for patch in patches] == ([expected] if expected else [])
    assert all(patch.base_version == household.version for patch in patches)


def test_no_and_zero_are_answers_where_the_register_knows_nothing() -> None:
    patches, _ = sorted_out(
        told("households", "h-1", housing_ok="no"), told("persons", "p-2", work_months="0")
    )
    assert [dict(patch.fields) for patch in patches] == [
        {"housing_ok": FieldChange(None, False)},
        {"work_months": FieldChange(None, 0)},
    ]


def test_an_answer_that_was_wiped_out_clears_the_fact() -> None:
    (patch,), _ = sorted_out(told("households", "h-1", phone=""))
    assert patch.fields == {"phone": FieldChange("13800000000", None)}


def test_what_another_laptop_said_already_is_not_said_again() -> None:
    now = dataclasses.replace(HOUSE, phone="13911111111", version=5)
    assert sorted_out(told("households", "h-1", phone="13911111111"), now=now) == ([], [])


def test_a_fact_that_both_changed_names_the_version_this_person_saw() -> None:
    now = dataclasses.replace(HOUSE, phone="13911111111", version=5)
    (patch,), _ = sorted_out(told("households", "h-1", phone="13922222222"), now=now)
    assert patch.base_version == 4
    assert patch.fields == {"phone": FieldChange("13800000000", "13922222222")}


def test_an_answer_that_does_not_fit_is_held_with_its_reason_and_the_rest_goes_on() -> None:
    patches, held = patches_of(
        (
            told(
                "households",
                "h-1",
                arable_mu="两亩半",
                house_year="1998",
                nonsense="x",
                household_type="out_of_poverty",
            ),
        ),
        seen(HOUSE),
        HOUSE,
        (),
        register_schema(),
    )
    assert [dict(patch.fields) for patch in patches] == [{"house_year": FieldChange(None, 1998)}]
    assert {one.name: (one.text, bool(one.reason_zh and one.reason_en)) for one in held} == {
        "arable_mu": ("两亩半", True),
        "nonsense": ("x", True),
        "household_type": ("out_of_poverty", True),
    }


def test_lists_that_are_not_a_forms_are_held() -> None:
    patches, held = patches_of(
        (told("pairings", "x", staff_name="我"), told("没有这个", "y", a="b")),
        {},
        HOUSE,
        (),
        register_schema(),
    )
    assert (patches, [one.list for one in held]) == ([], ["pairings", "没有这个"])


def test_a_member_who_left_is_marked_with_the_reason() -> None:
    (patch,), _ = sorted_out(told("persons", "p-2", "王芳", left_reason="married_out", sex="female"))
    assert patch.status == FieldChange("active", "left")
    assert patch.fields == {"left_reason": FieldChange(None, "married_out")}


def test_a_member_who_leaves_a_second_time_for_the_same_reason_leaves() -> None:
    back = dataclasses.replace(WIFE, properties={"left_reason": "prison"})
    patches, _ = patches_of(
        (told("persons", "p-2", "王芳", left_reason="prison"),), seen(back), HOUSE, (back,), SCHEMA
    )
    assert [patch.status for patch in patches] == [FieldChange("active", "left")]


def test_a_new_member_is_a_new_record_of_this_household() -> None:
    (patch,), held = sorted_out(
        told("persons", "new", "张小小", sex="male", birth_date="2026-10-08", phone="")
    )
    assert (patch.creates, patch.household_id, held) == (True, "h-1", [])
    assert {name: change.new for name, change in patch.fields.items()} == {
        "name": "张小小",
        "sex": "male",
        "birth_date": "2026-10-08",
        "household_id": "h-1",
    }


def test_a_renamed_member_keeps_the_record() -> None:
    (patch,), _ = sorted_out(told("persons", "p-2", "王芳芳"))
    assert (patch.base_version, dict(patch.fields)) == (2, {"name": FieldChange("王芳", "王芳芳")})


def test_a_household_is_never_made_by_a_form() -> None:
    patches, _ = sorted_out(told("households", "h-9", phone="13800000000"))
    assert [(patch.creates, sorted(patch.fields)) for patch in patches] == [(True, ["phone"])]
    # The store refuses it: nobody but the county names households.


def submitted(answers: Mapping[str, str], *entities: EntityAction) -> Submission:
    leaves = "".join(f"<{name}>{text}</{name}>" for name, text in answers.items())
    xml = f"<data>{leaves}</data>".encode()
    return Submission(xml, "uuid:1", "visit", "2", "", (), entities)


def change_of(answers: Mapping[str, str], *entities: EntityAction, source: str = "onsite"):  # type: ignore[no-untyped-def]
    facts = VisitFacts("v-1", "2026-11-22T02:00:00Z", source, CADRE, "ab" * 32, seen(HOUSE, WIFE), {})
    return visit_change(
        submitted({"visit_date": "2026-11-20", **answers}, *entities),
        facts,
        HOUSE,
        (WIFE,),
        shipped_rules(),
        register_schema(),
        "c-1",
    )


def test_a_visit_says_when_it_was_when_it_was_typed_and_how() -> None:
    change = change_of({"mode": "phone", "outcome": "met", "changes": "income members"}, source="paper")
    visit = change.patches[0]
    facts = {name: field.new for name, field in visit.fields.items()}
    assert (visit.list, visit.entity_id, visit.household_id) == ("visits", "v-1", "h-1")
    assert facts["visit_date"] == "2026-11-20"
    assert facts["entered_at"] == "2026-11-22T02:00:00Z"
    assert facts["source"] == "paper"
    assert (facts["visitor_id"], facts["visitor_name"]) == ("staff-1", "李干部")
    assert facts["changes"] == ["members", "income"]


def test_a_form_cannot_say_that_somebody_else_was_there() -> None:
    change = change_of({"visitor_id": "staff-9", "visitor_name": "别人", "source": "onsite"}, source="paper")
    facts = {name: field.new for name, field in change.patches[0].fields.items()}
    assert (facts["visitor_id"], facts["visitor_name"], facts["source"]) == ("staff-1", "李干部", "paper")


def test_no_to_a_guarantee_becomes_a_problem_with_the_words_written_down() -> None:
    change = change_of(
        {"housing_ok": "no", "housing_note": "西屋漏雨", "lead_needed": "yes", "lead_situation": "大病"}
    )
    made = {patch.list: patch for patch in change.patches[1:]}
    assert made["issues"].entity_id == derived_id("effect", "v-1", "visit-housing")
    assert made["issues"].fields["description"].new == "西屋漏雨"
    assert made["leads"].fields["situation"].new == "大病"
    assert all(patch.creates and patch.household_id == "h-1" for patch in made.values())


@given(
    st.dictionaries(st.uuids().map(str), st.tuples(st.integers(0, 99), persons("p")), max_size=3),
    st.text(max_size=50),
)
@unhurried
def test_a_draft_comes_back_as_it_was_kept(people: dict[str, tuple[int, Person]], answers: str) -> None:
    kept = {id: SeenRecord(version, form_facts(person)) for id, (version, person) in people.items()}
    content = DraftContent(answers.encode(), kept)
    assert read_content(content.to_bytes()) == content
