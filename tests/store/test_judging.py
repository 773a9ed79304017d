"""Who may write what: accepted, or held with the reason; never lost, never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.change import Change, EntityPatch
from fieldapp.register.entities import Entity, Household, Lead, Person
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Value
from fieldapp.store.judging import Ruling, merged_patches, rule_on
from tests.store.change_samples import HOUSEHOLD, PERSON, correction, new_person, patch, uid, visit

SCHEMA = register_schema()
PRESENT: dict[tuple[str, str], Entity] = {
    ("households", HOUSEHOLD): Household(
        id=HOUSEHOLD, head_name="张三", household_type="out_of_poverty", version=3, member_count=1
    ),
    ("persons", PERSON): Person(id=PERSON, household_id=HOUSEHOLD, name="张三", version=2),
}


def ruled(change: Change) -> Ruling:
    return rule_on(change, PRESENT, SCHEMA)


def accepted(change: Change) -> set[str]:
    return {name for patch in ruled(change).patches for name in patch.fields}


def held(change: Change) -> dict[str, str]:
    return {one.name: one.reason_zh for one in ruled(change).held}


@pytest.mark.parametrize(
    ("kind", "writes"),
    [
        ("visit", {"phone"}),
        ("effect", {"phone"}),
        ("correction", {"phone", "door_no"}),
        ("import", {"phone", "door_no", "household_type"}),
        ("pull", {"phone", "door_no", "household_type"}),
    ],
)
def test_each_kind_of_change_writes_what_it_may(kind: str, writes: set[str]) -> None:
    asked: dict[str, tuple[Value, Value]] = {
        "phone": ("", "13900000001"),
        "door_no": ("", "8号"),
        "household_type": ("out_of_poverty", "ordinary"),
    }
    change = correction("one", patch(asked), kind=kind)
    assert accepted(change) == writes
    assert set(held(change)) == set(asked) - writes
    assert all("县里认定" in reason for reason in held(change).values())


def test_what_is_so_already_is_neither_written_nor_held() -> None:
    change = visit("v", patch({"household_type": ("out_of_poverty", "out_of_poverty"), "phone": ("", None)}))
    assert (ruled(change).patches, ruled(change).held) == ([], [])


def test_no_and_none_are_two_answers() -> None:
    assert accepted(visit("v", patch({"food_ok": (None, False)}))) == {"food_ok"}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("arable_mu", "三亩", "不是数字"),
        ("arable_mu", "3.50", "写法不对"),
        ("food_ok", "yes", "写法不对"),
        ("house_year", "1998", "写法不对"),
        ("house_structure", "gold", "不在"),
        ("no_such", "x", "登记册没有这一项"),
        ("phone", "138 0000 0000", "写法不对"),
    ],
)
def test_a_value_that_is_not_in_its_stored_form_is_held(name: str, value: Value, reason: str) -> None:
    change = correction("c", patch({name: (None, value)}))
    assert accepted(change) == set()
    assert reason in held(change)[name]


def test_an_amount_finer_than_a_fen_is_held_rather_than_rounded() -> None:
    def income(wage: str) -> EntityPatch:
        facts: dict[str, tuple[Value, Value]] = {"year": (None, 2025), "wage": (None, wage)}
        return patch(facts, list_name="incomes", entity_id=uid("income"), base=0)

    assert "wage" in accepted(correction("c", income("1200.55")))
    assert "两位小数" in held(correction("c", income("1200.555")))["wage"]


def test_a_form_makes_a_member_but_no_household() -> None:
    assert "name" in accepted(visit("v", new_person("李四")))
    made = patch({"phone": (None, "13900000001")}, entity_id=uid("other"), household_id=uid("other"), base=0)
    change = visit("v", made)
    assert accepted(change) == set()
    assert "不能在这里新建" in held(change)["phone"]


def test_a_record_that_is_not_here_is_not_made_by_a_change_to_it() -> None:
    change = correction("c", patch({"phone": ("1", "2")}, entity_id=uid("gone"), base=4))
    assert "没有这条记录" in held(change)["phone"]


def test_a_record_without_what_it_needs_is_held_whole() -> None:
    change = correction("c", patch({"wage": (None, "1")}, list_name="incomes", entity_id=uid("i"), base=0))
    assert ruled(change).patches == []
    assert "不完整" in held(change)["wage"]


def test_a_new_record_may_say_what_it_would_be_anyway() -> None:
    """A lead's state is the county's to decide; that a new one is open decides nothing."""
    facts: dict[str, tuple[Value, Value]] = {"situation": (None, "大病"), "state": (None, "open")}
    lead = patch(facts, list_name="leads", entity_id=uid("lead"), base=0)
    assert held(visit("v", lead)) == {}
    settled = {**facts, "state": (None, "admitted")}
    change = visit("v", patch(settled, list_name="leads", entity_id=uid("lead"), base=0))
    assert set(held(change)) == {"state"}


def test_a_leads_state_is_not_a_laptops_to_change() -> None:
    present: dict[tuple[str, str], Entity] = {
        ("leads", uid("lead")): Lead(id=uid("lead"), household_id=HOUSEHOLD, state="accepted")
    }
    back = patch({"state": ("accepted", "open")}, list_name="leads", entity_id=uid("lead"), base=1)
    assert [one.name for one in rule_on(visit("v", back), present, SCHEMA).held] == ["state"]


def test_a_new_member_belongs_to_the_household_of_the_patch() -> None:
    stray = new_person("李四", household_id=uid("somebody else's"))
    [made] = ruled(visit("v", stray)).patches
    assert made.fields["household_id"].new == HOUSEHOLD


def test_a_form_may_end_a_member_but_not_a_household() -> None:
    def ended(list_name: str, entity_id: str) -> EntityPatch:
        return patch({}, list_name=list_name, entity_id=entity_id, base=2, status=("active", "left"))

    [left] = ruled(visit("v", ended("persons", PERSON))).patches
    assert left.status is not None
    assert set(held(visit("v", ended("households", HOUSEHOLD)))) == {"status"}
    assert held(correction("c", ended("households", HOUSEHOLD))) == {}


def test_a_visit_without_a_document_is_nobodys_to_make() -> None:
    change = correction(
        "c", patch({"visit_date": (None, "2026-01-01")}, list_name="visits", entity_id=uid("v"), base=0)
    )
    assert ruled(change).own_visit is None
    assert "不能在这里新建" in held(change)["visit_date"]


def test_an_unknown_list_is_held() -> None:
    assert (
        "没有这个名单" in held(correction("c", patch({"x": (None, "1")}, list_name="tractors", base=0)))["x"]
    )


def test_two_patches_of_a_record_become_one_from_the_first_old_to_the_last_new() -> None:
    first = patch({"phone": ("1", "2"), "door_no": (None, "8")})
    second = patch({"phone": ("2", "3")}, status=("active", "left"))
    [merged] = merged_patches((first, second))
    assert (merged.fields["phone"].old, merged.fields["phone"].new) == ("1", "3")
    assert merged.fields["door_no"].new == "8"
    assert merged.status is not None


values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.lists(st.text(max_size=3))
)
names = st.sampled_from([*SCHEMA.lists["households"].properties, "no_such"])


@given(
    st.dictionaries(names, values, max_size=6), st.sampled_from(["visit", "effect", "correction", "import"])
)
def test_every_fact_is_accepted_held_or_so_already_and_never_lost(asked: dict[str, Value], kind: str) -> None:
    change = correction("c", patch({name: (None, value) for name, value in asked.items()}), kind=kind)
    ruling = ruled(change)
    written = {name for patch in ruling.patches for name in patch.fields}
    kept = {one.name for one in ruling.held}
    assert not written & kept
    household = PRESENT["households", HOUSEHOLD]
    for name in set(asked) - written - kept:
        assert (asked[name] or None) == (household.get(name) or None) or asked[name] in ("", [], None)
