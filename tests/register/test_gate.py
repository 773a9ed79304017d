"""The clerk's gate: which changes wait, and how a proposal stands to the register."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.entities import Proposal
from fieldapp.register.gate import kind_of, proposal_id, proposed, read_gate, standing_of, value_of
from fieldapp.register.values import Value
from tests.gates import GATE_OFF, GATE_ON, gate_text

VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=20), st.lists(st.text(max_size=5), max_size=3)
)


def proposal(old: Value, new: Value, *, creates: bool = False, name: str = "education") -> Proposal:
    told: dict[str, Value] = {
        "household_id": "h",
        "list": "persons",
        "entity_id": "p",
        "name": name,
        "old": proposed(old),
        "new": proposed(new),
        "creates": creates or None,
    }
    return Proposal.from_values("x", told)


def test_members_income_and_guarantees_of_a_helper_wait_and_a_phone_does_not() -> None:
    gate = read_gate(GATE_ON)
    kept = [("persons", "education"), ("persons", "status"), ("income_items", "amount")]
    kept += [("incomes", "wage"), ("households", "water_ok"), ("dwellings", "usage")]
    assert all(gate.keeps("helper", *fact) for fact in kept)
    free = [("households", "phone"), ("issues", "state"), ("measures", "item")]
    assert not any(gate.keeps("helper", *fact) for fact in free)
    assert gate.keeps_whole("helper", "persons")
    assert not gate.keeps_whole("helper", "households")


@pytest.mark.parametrize("role", ["clerk", "town", "county"])
def test_who_keeps_the_register_writes_it_at_once(role: str) -> None:
    assert not read_gate(GATE_ON).keeps(role, "persons", "education")


def test_a_gate_that_is_off_keeps_nothing() -> None:
    assert not read_gate(GATE_OFF).keeps("helper", "persons", "education")
    assert not read_gate(gate_text(on=False, approval=("visit",))).asks_approval("helper", "visit")


def test_approval_is_asked_of_helpers_for_the_named_forms_only() -> None:
    gate = read_gate(gate_text(on=True, approval=("visit",)))
    assert gate.asks_approval("helper", "visit")
    assert not gate.asks_approval("helper", "monthly")
    assert not gate.asks_approval("clerk", "visit")


@pytest.mark.parametrize(
    "text", ["", "on = 1\nroles=[]\n[facts]", 'on = true\nroles = "helper"\n[facts]', "on ="]
)
def test_a_broken_gate_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_gate(text)


@given(VALUES)
def test_a_proposal_carries_any_value_unchanged(value: Value) -> None:
    again = value_of(proposed(value))
    assert again == value
    assert type(again) is type(value)


@given(VALUES, VALUES, VALUES)
def test_a_proposal_fits_only_where_the_register_says_what_its_author_saw(
    old: Value, new: Value, now: Value
) -> None:
    blank: tuple[Value, ...] = (None, "", [])
    told = {"fits": False, "stale": False, "same": False, "ended": False}
    told[standing_of(proposal(old, new), now, "active")] = True
    same = now == new or (now in blank and new in blank)
    kept = now == old or (now in blank and old in blank)
    assert told == {"same": same, "fits": not same and kept, "stale": not same and not kept, "ended": False}


@given(VALUES, VALUES, VALUES)
def test_what_is_proposed_of_a_record_that_has_ended_never_fits(old: Value, new: Value, now: Value) -> None:
    assert standing_of(proposal(old, new), now, "left") == "ended"
    assert standing_of(proposal(old, new), None, None) == "ended"


def test_a_new_member_is_made_once_and_again_after_it_was_taken_back() -> None:
    born = proposal(None, "小宝", creates=True, name="name")
    assert standing_of(born, None, None) == "fits"
    assert standing_of(born, "小宝", "active") == "same"
    assert standing_of(born, "小宝", "removed") == "fits"


def test_leaving_is_measured_by_the_status() -> None:
    leaves = proposal("active", "left", name="status")
    assert standing_of(leaves, None, "active") == "fits"
    assert standing_of(leaves, None, "left") == "same"


def test_laptop_and_county_name_a_proposal_alike() -> None:
    assert proposal_id("c", "persons", "p", "sex") == proposal_id("c", "persons", "p", "sex")
    assert proposal_id("c", "persons", "p", "sex") != proposal_id("c", "persons", "p", "name")


def test_every_kind_has_its_word() -> None:
    kinds = [kind_of(*fact) for fact in [("persons", "sex"), ("incomes", "wage"), ("households", "water_ok")]]
    assert kinds == ["members", "income", "guarantees"]
    assert kind_of("households", "house_area") == "house"
    assert kind_of("visits", "approval") == "approval"
