"""The clerk's gate at the county: who proposes, who decides, and what a helper's bare change becomes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.ids import derived_id
from fieldapp.county.devices import revoke_device
from fieldapp.county.publishing import publish_policy
from fieldapp.county.setup import County
from fieldapp.county.tables import table_of
from fieldapp.register.gate import value_of
from fieldapp.tables.history import FactRow
from fieldapp.tables.register import TABLES, HouseholdRow, PairingRow, PersonRow, StaffRow
from fieldapp.wire.patches import Scalar
from fieldapp.wire.records import Record
from tests.county.world import CLERK, HELPER, OTHER, Laptop, enrolled, household_id, person_id, rows_of
from tests.gates import GATE_OFF, GATE_ON

PROPOSALS = TABLES["proposals"]
PROPOSAL = derived_id("test-proposal", "1")


@pytest.fixture(autouse=True)
def _gate(county: County) -> None:
    publish_policy(county, [("gate.toml", GATE_ON)])


def asking(
    laptop: Laptop, *, author: str = HELPER, number: int = 1, id: str = PROPOSAL, **more: Scalar
) -> Record:
    told: Mapping[str, Scalar] = {
        "household_id": household_id(number),
        "list": "persons",
        "entity_id": person_id(number, 1),
        "name": "education",
        "old": "null",
        "new": '"junior"',
        "author_id": author,
        "author_name": "李帮扶",
        "visit_id": household_id(9),
        **more,
    }
    fields: dict[str, tuple[Scalar, Scalar]] = {name: (None, value) for name, value in told.items()}
    return laptop.patch(number, fields, list_name="proposals", entity=id, base=0)


def deciding(laptop: Laptop, state: str, *, base: int = 1, was: str = "waiting", **more: Scalar) -> Record:
    fields: dict[str, tuple[Scalar, Scalar]] = {"state": (was, state)}
    fields |= {name: (None, value) for name, value in more.items()}
    return laptop.patch(1, fields, list_name="proposals", entity=PROPOSAL, base=base)


def outcome_of(laptop: Laptop, record: Record) -> tuple[str, str]:
    (outcome,) = laptop.send(record)
    return outcome.status, outcome.detail


def test_a_helper_proposes_and_the_clerk_decides(county: County, helper: Laptop, clerk: Laptop) -> None:
    assert outcome_of(helper, asking(helper)) == ("applied", "")
    (made,) = rows_of(county, PROPOSALS)
    assert made.state == "waiting"
    fact = clerk.patch(
        1,
        {"education": (None, "junior")},
        list_name="persons",
        entity=person_id(1, 1),
        visit=household_id(9),
        reason="信息员处理李帮扶的填报",
    )
    outcomes = clerk.send(deciding(clerk, "confirmed", decided_by="王文书"), fact)
    assert [each.status for each in outcomes] == ["applied", "applied"]
    assert rows_of(county, PROPOSALS)[0].state == "confirmed"
    (person,) = rows_of(county, PersonRow, id=person_id(1, 1))
    assert person.properties["education"] == "junior"
    (line,) = rows_of(county, FactRow, entity_id=person_id(1, 1), name="education")
    assert (line.visit_id, line.author_name) == (household_id(9), "王文书")


def test_nobody_proposes_in_anothers_name_or_decides_while_proposing(county: County, helper: Laptop) -> None:
    assert outcome_of(helper, asking(helper, author=CLERK)) == ("held", "not-writable")
    sly = asking(helper, id=derived_id("x", "2"), state="confirmed")
    assert outcome_of(helper, sly) == ("held", "not-writable")
    noted = asking(helper, id=derived_id("x", "3"), note="同意")
    assert outcome_of(helper, noted) == ("held", "not-writable")
    assert not rows_of(county, PROPOSALS)


def test_a_helper_decides_nothing_but_may_take_back_what_is_his(county: County, helper: Laptop) -> None:
    helper.send(asking(helper))
    assert outcome_of(helper, deciding(helper, "confirmed")) == ("held", "not-writable")
    rewritten = helper.patch(1, {"new": ('"junior"', '"senior"')}, list_name="proposals", entity=PROPOSAL)
    assert outcome_of(helper, rewritten) == ("held", "not-writable")
    assert outcome_of(helper, deciding(helper, "withdrawn")) == ("applied", "")
    assert rows_of(county, PROPOSALS)[0].state == "withdrawn"


def test_a_helper_of_other_households_may_not_propose_here(county: County) -> None:
    other = enrolled(county, OTHER)
    assert outcome_of(other, asking(other, author=OTHER)) == ("held", "out-of-scope")


def test_two_deciders_keep_both_words(county: County, helper: Laptop, clerk: Laptop) -> None:
    staff = {"id": "county-1", "name": "钱主任", "role": "county", "area_code": county.code}
    with county.database.write() as connection:
        county.database.insert_new(
            connection, StaffRow, [{**staff, "county_code": county.code, "unit_name": "", "phone": ""}]
        )
    second = enrolled(county, "county-1")
    helper.send(asking(helper))
    assert outcome_of(clerk, deciding(clerk, "confirmed")) == ("applied", "")
    (outcome,) = second.send(deciding(second, "returned", note="请核对毕业证"))
    assert outcome.status == "conflict"
    assert rows_of(county, PROPOSALS)[0].state == "confirmed"


def test_two_helpers_values_wait_side_by_side(county: County, helper: Laptop) -> None:
    pairing = {
        "county_code": county.code,
        "household_id": household_id(1),
        "staff_id": OTHER,
        "staff_name": "孙帮扶",
    }
    row = {
        **pairing,
        "id": derived_id("pairing", "other"),
        "status": "active",
        "version": 1,
        "properties": {},
    }
    with county.database.write() as connection:
        county.database.insert_new(connection, PairingRow, [row])
    other = enrolled(county, OTHER)
    helper.send(asking(helper))
    assert (
        other.send(asking(other, author=OTHER, id=derived_id("x", "9"), new='"senior"'))[0].status
        == "applied"
    )
    assert sorted(str(value_of(row.properties["new"])) for row in rows_of(county, PROPOSALS)) == [
        "junior",
        "senior",
    ]


def test_a_bare_change_of_an_older_laptop_becomes_a_proposal(county: County, helper: Laptop) -> None:
    record = helper.patch(
        1, {"education": (None, "junior")}, list_name="persons", entity=person_id(1, 1), visit=household_id(9)
    )
    assert outcome_of(helper, record) == ("held", "needs-clerk")
    (person,) = rows_of(county, PersonRow, id=person_id(1, 1))
    assert (person.properties, person.version) == ({}, 1)
    (made,) = rows_of(county, PROPOSALS)
    assert (made.state, made.author_id, made.visit_id, value_of(made.properties["new"])) == (
        "waiting",
        HELPER,
        household_id(9),
        "junior",
    )


def test_what_the_gate_does_not_keep_of_a_bare_change_is_applied(county: County, helper: Laptop) -> None:
    record = helper.patch(1, {"water_ok": (None, False), "phone": ("13800000000", "13911111111")})
    assert outcome_of(helper, record) == ("held", "needs-clerk")
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    assert (household.phone, household.properties) == ("13911111111", {})
    assert [row.name for row in rows_of(county, PROPOSALS)] == ["water_ok"]


def test_a_bare_new_member_and_one_who_left_wait_too(county: County, helper: Laptop) -> None:
    made = helper.patch(
        1,
        {"name": (None, "小宝"), "household_id": (None, household_id(1))},
        list_name="persons",
        entity=person_id(1, 9),
        base=0,
    )
    left = helper.patch(1, {}, list_name="persons", entity=person_id(1, 2), status=("active", "left"))
    assert [each.detail for each in helper.send(made, left)] == ["needs-clerk", "needs-clerk"]
    assert not rows_of(county, PersonRow, id=person_id(1, 9))
    assert rows_of(county, PersonRow, id=person_id(1, 2))[0].status == "active"
    assert {row.name for row in rows_of(county, PROPOSALS)} == {"name", "status"}


def test_a_clerk_writes_members_at_once(county: County, clerk: Laptop) -> None:
    record = clerk.patch(1, {"education": (None, "junior")}, list_name="persons", entity=person_id(1, 1))
    assert outcome_of(clerk, record) == ("applied", "")


def test_where_the_county_leaves_the_gate_open_a_bare_change_is_applied(
    county: County, helper: Laptop
) -> None:
    publish_policy(county, [("gate.toml", GATE_OFF)])
    record = helper.patch(1, {"education": (None, "junior")}, list_name="persons", entity=person_id(1, 1))
    assert outcome_of(helper, record) == ("applied", "")


def test_what_a_former_helper_saw_may_still_be_proposed(county: County, helper: Laptop) -> None:
    pairing = table_of(PairingRow)
    with county.database.write() as connection:
        connection.execute(
            pairing.update().where(pairing.c.household_id == household_id(1)).values(ended="2026-11-01")
        )
    assert outcome_of(helper, asking(helper)) == ("applied", "")


def test_a_revoked_laptops_proposal_waits_in_quarantine(county: County, helper: Laptop) -> None:
    revoke_device(county, helper.device_id)
    assert outcome_of(helper, asking(helper)) == ("held", "device-revoked")
    assert not rows_of(county, PROPOSALS)


def test_a_proposal_behind_a_gap_is_taken_when_the_gap_is_closed(county: County, helper: Laptop) -> None:
    first = helper.seal(helper.visit(1))
    second = helper.seal(asking(helper))
    (outcome,) = helper.deliver(*second).outcomes
    assert outcome.status == "held"
    assert not rows_of(county, PROPOSALS)
    helper.deliver(*first)
    assert [row.state for row in rows_of(county, PROPOSALS)] == ["waiting"]


def test_a_broken_gate_is_refused_where_it_is_published(county: County) -> None:
    with pytest.raises(KnownError, match=r"COUNTY-045"):
        publish_policy(county, [("gate.toml", 'on = "yes"\nroles = []\n[facts]\n')])
