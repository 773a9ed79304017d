"""One household, everything of it, in the order in which people read it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.store import Store
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
from tests.store.feed_samples import feed_row


@pytest.fixture
def known(store: Store) -> Store:
    one_household(store)
    return store


def of_house(list_name: str, name: str, *, status: str = "active", **values: object) -> dict[str, object]:
    return feed_row(list_name, uid(name), {"household_id": HOUSEHOLD, **values}, status=status)


def test_a_household_that_is_not_here_is_said_so_in_plain_words(store: Store) -> None:
    for ask in (store.household_file, store.household_with_members):
        with pytest.raises(KnownError) as caught:
            ask(uid("nobody"))
        assert caught.value.code == "STORE-003"
    with pytest.raises(KnownError):
        store.household_id(99)
    assert store.household_key(uid("nobody")) is None


def test_everything_of_a_household_is_in_reading_order(known: Store) -> None:
    known.apply_feed(
        [
            person_row(uid("second"), line_no=2, name="王小妹"),
            person_row(uid("former"), line_no=3, name="张老大", status="left"),
            of_house("incomes", "i23", year=2023, per_capita="8000"),
            of_house("incomes", "i25", year=2025, per_capita="9800.5"),
            of_house("measures", "m", item="公益岗", group="job"),
            of_house("measures", "m old", item="旧", status="removed"),
            of_house("issues", "p", kind="water", state="open"),
            of_house("leads", "l", situation="大病"),
            of_house("pairings", "pair", staff_id="staff-1", staff_name="王芳"),
            of_house("visits", "v1", visit_date="2026-03-01", outcome="met"),
            of_house("visits", "v2", visit_date="2026-09-01", outcome="met", summary="后来"),
        ],
        "cursor-2",
    )
    records = known.household_file(HOUSEHOLD)
    assert [person.name for person in records.members] == ["张三", "王小妹"]
    assert [person.name for person in records.former_members] == ["张老大"]
    assert [(income.year, income.per_capita) for income in records.incomes] == [
        (2025, "9800.5"),
        (2023, "8000"),
    ]
    assert [measure.item for measure in records.measures] == ["公益岗"]
    assert [(issue.kind, issue.state) for issue in records.issues] == [("water", "open")]
    assert [lead.situation for lead in records.leads] == ["大病"]
    assert [pairing.staff_name for pairing in records.pairings] == ["王芳"]
    assert [line.visit.visit_date for line in records.visits] == ["2026-09-01", "2026-03-01"]
    assert {line.ladder for line in records.visits} == {"received"}
    assert [area.level for area in records.areas] == ["county", "town", "village"]
    assert (records.due.state, records.due.due_on) == ("overdue", date(2026, 11, 1))
    assert records.facts == {}


def test_members_that_a_visit_added_come_last_until_the_county_numbers_them(known: Store) -> None:
    known.apply(visit("visit-1", new_person("新生儿")))
    _, members = known.household_with_members(HOUSEHOLD)
    assert [member.name for member in members] == ["张三", "新生儿"]


def test_the_history_of_a_fact_names_visit_author_and_reason_newest_first(known: Store) -> None:
    known.apply(visit("visit-1", patch({"phone": ("13800001234", "1")}), visit_date="2026-03-05"))
    known.apply(correction("c", patch({"phone": ("1", "13800002222")}), reason="电话打错了"))
    latest, first = known.fact_history("households", HOUSEHOLD, "phone")
    assert (latest.value, latest.before, latest.visit_id, latest.author_name, latest.reason) == (
        "13800002222",
        "1",
        None,
        "李娜",
        "电话打错了",
    )
    assert latest.since == "2026-11-22"
    assert (first.value, first.before, first.since, first.visit_id) == (
        "1",
        "13800001234",
        "2026-03-05",
        uid("visit-1"),
    )
    origin = known.household_file(HOUSEHOLD).facts["households", HOUSEHOLD, "phone"]
    assert (origin.since, origin.author_name, origin.value_before) == ("2026-11-22", "李娜", "1")


def test_a_correction_is_undone_by_another_and_both_stay_on_record(known: Store) -> None:
    known.apply(correction("c", patch({"door_no": (None, "8号")})))
    known.apply(correction("d", patch({"door_no": ("8号", None)}), reason="改回"))
    assert known.household_file(HOUSEHOLD).household.door_no == ""
    assert [line.value for line in known.fact_history("households", HOUSEHOLD, "door_no")] == [None, "8号"]


def test_a_day_in_china_is_the_day_a_fact_is_known_from(known: Store) -> None:
    late = dataclasses.replace(correction("c", patch({"door_no": (None, "8号")})), at="2026-11-21T16:30:00Z")
    known.apply(late)
    assert known.fact_history("households", HOUSEHOLD, "door_no")[0].since == "2026-11-22"


def test_codes_lists_and_decimals_come_back_as_they_were_written(known: Store) -> None:
    facts = patch(
        {"health": (None, ["chronic", "disabled"]), "work_months": (None, 3)},
        list_name="persons",
        entity_id=PERSON,
        base=2,
    )
    known.apply(visit("visit-1", facts, patch({"arable_mu": (None, "3.25")})))
    records = known.household_file(HOUSEHOLD)
    assert records.members[0].get("health") == ["chronic", "disabled"]
    assert records.members[0].get("work_months") == 3
    assert records.household.get("arable_mu") == "3.25"
    lines = known.fact_history("persons", PERSON, "work_months")
    assert [line.value for line in lines] == [3]
