"""Merging household facts by field."""

from __future__ import annotations

import pytest

from fieldapp.county.setup import County
from fieldapp.county.tables import CaseRow
from fieldapp.tables.history import FactRow
from fieldapp.tables.register import HouseholdRow, IncomeRow, PersonRow
from fieldapp.wire.patches import Scalar
from tests.county.world import Laptop, household_id, person_id, rows_of


def phone_of(county: County) -> str:
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    return str(household.phone)


def test_a_change_is_applied_with_its_history(county: County, helper: Laptop) -> None:
    record = helper.patch(
        1, {"phone": ("13800000000", "13911111111"), "arable_mu": (None, "3.5")}, visit=household_id(9)
    )
    (outcome,) = helper.send(record)
    assert (outcome.status, outcome.detail) == ("applied", "")
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    assert (household.phone, household.properties["arable_mu"], household.version) == (
        "13911111111",
        "3.5",
        2,
    )
    facts = {row.name: row for row in rows_of(county, FactRow, entity_id=household_id(1))}
    assert (facts["phone"].before, facts["phone"].value) == ("13800000000", "13911111111")
    assert (facts["arable_mu"].before, facts["arable_mu"].value) == (None, "3.5")
    assert (facts["phone"].author_name, facts["phone"].version, facts["phone"].visit_id) == (
        "李帮扶",
        2,
        household_id(9),
    )


def test_a_laptop_does_not_conflict_with_itself(county: County, helper: Laptop) -> None:
    first = helper.patch(1, {"phone": ("13800000000", "13911111111")})
    second = helper.patch(1, {"phone": ("13911111111", "13922222222")})
    assert [outcome.status for outcome in helper.send(first, second)] == ["applied", "applied"]
    assert phone_of(county) == "13922222222"


def test_two_people_on_different_fields_are_merged(county: County, helper: Laptop, clerk: Laptop) -> None:
    clerk.send(clerk.patch(1, {"door_no": ("", "12号")}))
    (outcome,) = helper.send(helper.patch(1, {"phone": ("13800000000", "13911111111")}))
    assert outcome.status == "merged"
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    assert (household.door_no, household.phone) == ("12号", "13911111111")


def test_two_people_on_one_field_keep_both_values(county: County, helper: Laptop, clerk: Laptop) -> None:
    clerk.send(clerk.patch(1, {"phone": ("13800000000", "13700000000")}))
    record = helper.patch(1, {"phone": ("13800000000", "13911111111"), "arable_mu": (None, "2")})
    (outcome,) = helper.send(record)
    assert outcome.status == "conflict"
    (case,) = rows_of(county, CaseRow)
    assert outcome.detail == case.id
    assert (case.kept, case.offered, case.name, case.state) == ("13700000000", "13911111111", "phone", "open")
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    assert (household.phone, household.properties) == ("13700000000", {"arable_mu": "2"})


def test_the_same_value_from_two_people_is_no_conflict(county: County, helper: Laptop, clerk: Laptop) -> None:
    clerk.send(clerk.patch(1, {"phone": ("13800000000", "13911111111")}))
    (outcome,) = helper.send(helper.patch(1, {"phone": ("13800000000", "13911111111")}))
    assert outcome.status == "applied"
    assert not rows_of(county, CaseRow)


def test_who_has_seen_the_other_change_may_replace_it(county: County, helper: Laptop, clerk: Laptop) -> None:
    clerk.send(clerk.patch(1, {"phone": ("13800000000", "13700000000")}))
    (outcome,) = helper.send(helper.patch(1, {"phone": ("13700000000", "13911111111")}, base=2))
    assert outcome.status == "applied"
    assert phone_of(county) == "13911111111"


def test_a_new_member_can_be_edited_before_the_county_has_told_of_it(county: County, clerk: Laptop) -> None:
    newborn = person_id(1, 9)
    made: dict[str, tuple[Scalar, Scalar]] = {
        "name": (None, "新生儿"),
        "household_id": (None, household_id(1)),
    }
    outcomes = clerk.send(
        clerk.patch(1, made, list_name="persons", entity=newborn, base=0),
        clerk.patch(1, {"sex": (None, "female")}, list_name="persons", entity=newborn, base=0),
        clerk.patch(1, {"name": ("新生儿", "小妹")}, list_name="persons", entity=newborn, base=1),
    )
    assert [outcome.status for outcome in outcomes] == ["applied"] * 3
    (person,) = rows_of(county, PersonRow, id=newborn)
    assert (person.name, person.sex, person.household_id) == ("小妹", "female", household_id(1))


def test_a_member_who_left_stays_in_the_register_with_a_status(county: County, clerk: Laptop) -> None:
    patch = clerk.patch(
        1,
        {"left_reason": (None, "moved_out")},
        list_name="persons",
        entity=person_id(1, 2),
        status=("active", "left"),
    )
    (outcome,) = clerk.send(patch)
    assert (outcome.status, outcome.detail) == ("applied", "")
    (person,) = rows_of(county, PersonRow, id=person_id(1, 2))
    assert (person.status, person.properties["left_reason"]) == ("left", "moved_out")
    back = clerk.patch(1, {}, list_name="persons", entity=person_id(1, 2), status=("left", "active"))
    assert clerk.send(back)[0].status == "applied"
    (person,) = rows_of(county, PersonRow, id=person_id(1, 2))
    assert person.status == "active"
    odd = clerk.patch(1, {}, list_name="persons", entity=person_id(1, 2), status=("active", "vanished"))
    assert clerk.send(odd)[0].detail == "bad-value"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"household_type": ("ordinary", "out_of_poverty")}, "not-writable"),
        ({"head_name": ("户主1", "别人")}, "not-writable"),
        ({"shoe_size": (None, "42")}, "unknown-property"),
        ({"house_structure": (None, "marble-palace")}, "bad-value"),
        ({"elder_alone": (None, "yes")}, "bad-value"),
        ({"arable_mu": (None, "3.50")}, "bad-value"),
        ({"arable_mu": (None, 3)}, "bad-value"),
        ({"household_id": (None, household_id(2))}, "unknown-property"),
    ],
)
def test_what_may_not_be_written_is_held_whole(
    county: County, helper: Laptop, fields: dict[str, tuple[Scalar, Scalar]], reason: str
) -> None:
    (outcome,) = helper.send(helper.patch(1, {**fields, "phone": ("13800000000", "13911111111")}))
    assert (outcome.status, outcome.detail) == ("held", reason)
    assert phone_of(county) == "13800000000"


def test_a_clerk_may_correct_what_a_form_may_not(county: County, clerk: Laptop) -> None:
    (outcome,) = clerk.send(clerk.patch(1, {"head_name": ("户主1", "户主一")}))
    assert outcome.status == "applied"


def test_a_member_of_another_household_is_not_changed_through_mine(county: County, helper: Laptop) -> None:
    (outcome,) = helper.send(
        helper.patch(1, {"name": ("成员21", "改")}, list_name="persons", entity=person_id(2, 1))
    )
    assert (outcome.status, outcome.detail) == ("held", "other-household")


def test_an_unknown_record_is_held_and_a_strange_list_rejected(county: County, helper: Laptop) -> None:
    outcomes = helper.send(
        helper.patch(1, {"name": (None, "谁")}, list_name="persons", entity=person_id(1, 77)),
        helper.patch(1, {"wage": (None, "100")}, list_name="incomes", entity=person_id(1, 78), base=0),
        helper.patch(1, {"staff_id": (None, "x")}, list_name="pairings"),
        helper.patch(1, {"summary": (None, "x")}, list_name="visits"),
    )
    assert [(o.status, o.detail) for o in outcomes] == [
        ("held", "unknown-entity"),
        ("held", "bad-value"),
        ("rejected", "WIRE-006"),
        ("rejected", "WIRE-006"),
    ]


def test_money_travels_as_yuan_and_is_stored_in_fen(county: County, clerk: Laptop) -> None:
    fields: dict[str, tuple[Scalar, Scalar]] = {"year": (None, 2025), "wage": (None, "12345.6")}
    (outcome,) = clerk.send(clerk.patch(1, fields, list_name="incomes", entity=person_id(1, 50), base=0))
    assert outcome.status == "applied"
    (income,) = rows_of(county, IncomeRow)
    assert (income.year, income.wage) == (2025, 1234560)
