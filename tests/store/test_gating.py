"""The clerk's gate on a laptop: a helper's changes become proposals, and the register stays as it was."""

from __future__ import annotations

import dataclasses

import pytest

from fieldapp.register.change import Change
from fieldapp.register.entities import Proposal
from fieldapp.register.gate import value_of
from fieldapp.store import Store
from tests.gates import GATE_OFF, GATE_ON, gate_text
from tests.store.change_samples import (
    HOUSEHOLD,
    PERSON,
    correction,
    new_person,
    one_household,
    patch,
    person_row,
    uid,
    visit,
)
from tests.store.feed_samples import COUNTY, feed_row


@pytest.fixture
def gated(store: Store) -> Store:
    """A laptop with one household, a helper and a clerk it knows of, and the gate on."""
    one_household(store)
    staff = [("staff-1", "王芳", "helper"), ("clerk-1", "李娜", "clerk")]
    rows = [
        feed_row("staff", id, {"name": name, "role": role, "area_code": COUNTY, "unit_name": "", "phone": ""})
        for id, name, role in staff
    ]
    store.apply_feed(rows, "cursor-2")
    store.put_policy("gate.toml", GATE_ON)
    return store


def education(old: str | None, new: str, name: str = "visit-1") -> Change:
    return visit(name, patch({"education": (old, new)}, list_name="persons", entity_id=PERSON, base=2))


def waiting(store: Store) -> dict[str, Proposal]:
    return {each.name: each for each in store.proposals(("waiting",))}


def test_a_helpers_change_waits_and_the_register_stays(gated: Store) -> None:
    applied = gated.apply(education(None, "junior"))
    _, (member,) = gated.household_with_members(HOUSEHOLD)
    assert member.get("education") is None
    assert not gated.fact_history("persons", PERSON, "education")
    asked = waiting(gated)["education"]
    assert (value_of(asked.get("old")), value_of(asked.get("new"))) == (None, "junior")
    assert (asked.list, asked.entity_id, asked.visit_id) == ("persons", PERSON, uid("visit-1"))
    assert (asked.author_id, asked.get("author_name")) == ("staff-1", "王芳")
    assert len(applied.record_ids) == 2  # the visit itself and the proposal
    assert gated.waiting_count() == 1


def test_what_the_gate_does_not_keep_is_a_fact_at_once(gated: Store) -> None:
    both = patch({"phone": ("13800001234", "13900001234"), "water_ok": (None, False)})
    gated.apply(visit("visit-1", both))
    household, _ = gated.household_with_members(HOUSEHOLD)
    assert (household.phone, household.get("water_ok")) == ("13900001234", None)
    assert set(waiting(gated)) == {"water_ok"}


def test_a_clerk_writes_at_once(gated: Store) -> None:
    change = patch({"education": (None, "junior")}, list_name="persons", entity_id=PERSON, base=2)
    gated.apply(correction("c", change))
    _, (member,) = gated.household_with_members(HOUSEHOLD)
    assert member.get("education") == "junior"
    assert not waiting(gated)


def test_a_county_may_leave_the_gate_open(gated: Store) -> None:
    gated.put_policy("gate.toml", GATE_OFF)
    gated.apply(education(None, "junior"))
    _, (member,) = gated.household_with_members(HOUSEHOLD)
    assert member.get("education") == "junior"


def test_a_new_member_waits_fact_by_fact(gated: Store) -> None:
    gated.apply(visit("visit-1", new_person("小宝", sex="male", household_id=HOUSEHOLD)))
    _, members = gated.household_with_members(HOUSEHOLD)
    assert [member.name for member in members] == ["张三"]
    asked = waiting(gated)
    assert set(asked) == {"name", "sex"}
    assert all(each.get("creates") is True and each.entity_id == uid("小宝") for each in asked.values())


def test_a_member_who_left_waits_with_the_reason(gated: Store) -> None:
    left = patch(
        {"left_reason": (None, "moved_out")},
        list_name="persons",
        entity_id=PERSON,
        base=2,
        status=("active", "left"),
    )
    gated.apply(visit("visit-1", left))
    _, members = gated.household_with_members(HOUSEHOLD)
    assert len(members) == 1
    assert value_of(waiting(gated)["status"].get("new")) == "left"
    assert set(waiting(gated)) == {"left_reason", "status"}


def test_changing_it_again_takes_the_former_proposal_back(gated: Store) -> None:
    gated.apply(education(None, "junior"))
    first = waiting(gated)["education"].id
    gated.apply(education("junior", "senior", "visit-2"))
    (now,) = waiting(gated).values()
    assert (value_of(now.get("old")), value_of(now.get("new"))) == (None, "senior")
    (former,) = gated.proposals(("withdrawn",))
    assert former.id == first


def test_typing_what_the_register_says_takes_it_back_and_proposes_nothing(gated: Store) -> None:
    gated.apply_feed([person_row(version=3, education="primary")], "cursor-3")
    gated.apply(education("primary", "junior"))
    gated.apply(education("junior", "primary", "visit-2"))
    assert not waiting(gated)
    assert [each.state for each in gated.proposals()] == ["withdrawn"]


def test_another_helpers_proposal_is_left_alone(gated: Store) -> None:
    other = feed_row(
        "staff",
        "staff-2",
        {"name": "孙", "role": "helper", "area_code": COUNTY, "unit_name": "", "phone": ""},
    )
    gated.apply_feed([other], "cursor-3")
    gated.apply(education(None, "junior"))
    theirs = dataclasses.replace(education(None, "senior", "visit-2"), author="staff-2")
    gated.apply(theirs)
    values = sorted(str(value_of(each.get("new"))) for each in gated.proposals(("waiting",)))
    assert values == ["junior", "senior"]


def test_an_answer_that_does_not_fit_is_held_and_not_proposed(gated: Store) -> None:
    applied = gated.apply(education(None, "no-such-code"))
    assert [each.name for each in applied.held] == ["education"]
    assert not waiting(gated)


def test_a_form_that_needs_approval_asks_for_it(gated: Store) -> None:
    gated.put_policy("gate.toml", gate_text(on=True, approval=("visit",)))
    gated.apply(visit("visit-1"))
    asked = waiting(gated)["approval"]
    assert (asked.list, asked.entity_id) == ("visits", uid("visit-1"))


def test_applying_a_change_twice_proposes_once(gated: Store) -> None:
    gated.apply(education(None, "junior"))
    assert gated.apply(education(None, "junior")).repeated
    assert gated.waiting_count() == 1


def test_a_broken_gate_of_the_county_does_not_stop_the_feed(gated: Store) -> None:
    gated.apply_feed([feed_row("policy", "gate.toml", {"text": "on = 3", "published_at": ""})], "cursor-9")
    assert gated.cursor() == "cursor-9"
    assert gated.gate().on
