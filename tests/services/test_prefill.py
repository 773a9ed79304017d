"""What the form shows before the first key."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.common.clock import FixedClock
from fieldapp.register.entities import Household, Person
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Value, convert
from fieldapp.services.draft_content import SeenRecord, seen_records
from fieldapp.services.form_map import map_form
from fieldapp.services.prefill import answer_text, household_lists, last_values_of, prefill_of
from fieldapp.xform import QuestionView
from tests.services.forms import COUNTY_FORM, compiled, opened, session_of
from tests.services.strategies import SCHEMA, households, persons, values_of
from tests.services.world import MOMENT, compiled_visit_form

unhurried = settings(deadline=None, max_examples=30)
HOUSE = Household(
    id="h-1",
    house_no="4110000001",
    head_name="张三",
    phone="13800000000",
    version=4,
    properties={"water_ok": False, "food_ok": True},
)
WIFE = Person(id="p-2", household_id="h-1", name="王芳", sex="female", line_no=2, version=2)
HEAD = Person(id="p-1", household_id="h-1", name="张三", sex="male", line_no=1, properties={"work_months": 0})


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "yes"), (False, "no"), (["a", "b"], "a b"), (0, "0"), ("12.5", "12.5"), ([], "")],
)
def test_a_stored_value_reads_as_a_forms_answer(value: Value, text: str) -> None:
    assert answer_text(value) == text


@given(st.sampled_from([p for spec in SCHEMA.lists.values() for p in spec.properties.values()]), st.data())
@settings(deadline=None, max_examples=200)
def test_a_value_that_went_through_the_form_is_the_same_value(prop: object, data: st.DataObject) -> None:
    value = data.draw(values_of(prop))  # type: ignore[arg-type]  # sampled from properties
    assert convert(prop, answer_text(value), SCHEMA) == value  # type: ignore[arg-type]


def test_the_household_and_each_member_are_filled_in() -> None:
    answers = prefill_of(map_form(compiled_visit_form()), HOUSE, (HEAD, WIFE), register_schema())
    assert answers["/data/household"] == "h-1"
    assert answers["/data/how/phone"] == "13800000000"
    assert (answers["/data/state/water_ok"], answers["/data/state/food_ok"]) == ("no", "yes")
    assert "/data/state/housing_ok" not in answers
    assert [answers[f"/data/members[{n}]/known_id"] for n in (1, 2)] == ["p-1", "p-2"]
    assert answers["/data/members[2]/name"] == "王芳"
    assert answers["/data/members[1]/work_months"] == "0"


def test_why_somebody_left_is_never_filled_in() -> None:
    back = Person(id="p-3", household_id="h-1", name="张小", properties={"left_reason": "prison"})
    answers = prefill_of(map_form(compiled_visit_form()), HOUSE, (back,), register_schema())
    assert not [ref for ref in answers if ref.endswith("left_reason")]


def test_a_roster_that_only_adds_stays_empty() -> None:
    answers = prefill_of(map_form(compiled(COUNTY_FORM)), HOUSE, (HEAD, WIFE), register_schema())
    assert answers == {"/data/household": "h-1"}


def test_the_value_before_is_told_in_chinese_beside_each_question() -> None:
    form = opened(compiled_visit_form(), HOUSE, (HEAD, WIFE))
    session = session_of(form, HOUSE, (HEAD, WIFE), FixedClock(MOMENT))
    seen = seen_records(form.map, (HOUSE, HEAD, WIFE), register_schema())
    last = last_values_of(form.map, session, "h-1", seen, register_schema())
    assert last["/data/state/water_ok"] == "否"
    assert last["/data/members[2]/sex"] == "女"
    assert last["/data/members[1]/work_months"] == "0月"
    assert "/data/members[2]/work_months" not in last


def test_the_value_before_follows_the_member_not_the_row() -> None:
    """Somebody joined on another laptop while the draft lay open: the rows are still those of the draft."""
    form = opened(compiled_visit_form(), HOUSE, (HEAD, WIFE))
    session = session_of(form, HOUSE, (WIFE, HEAD), FixedClock(MOMENT))
    seen = seen_records(form.map, (HOUSE, HEAD, WIFE), register_schema())
    last = last_values_of(form.map, session, "h-1", seen, register_schema())
    assert (last["/data/members[1]/name"], last["/data/members[2]/name"]) == ("王芳", "张三")


def test_the_lists_name_this_household_alone_at_the_version_that_was_seen() -> None:
    lists = household_lists(HOUSE, (HEAD, WIFE), {"h-1": SeenRecord(2, {})})
    rows = list(csv.DictReader(io.StringIO(lists["jr://file-csv/households.csv"].decode())))
    assert [(row["name"], row["label"], row["__version"]) for row in rows] == [
        ("h-1", "张三 4110000001", "2")
    ]
    people = list(csv.DictReader(io.StringIO(lists["jr://file-csv/persons.csv"].decode())))
    assert [(row["name"], row["__version"]) for row in people] == [("p-1", "1"), ("p-2", "2")]


def test_a_name_with_commas_quotes_and_line_ends_stays_one_row() -> None:
    odd = Household(id="h-1", head_name='阿依"古丽,\n买买提')
    rows = list(
        csv.reader(io.StringIO(household_lists(odd, (), {})["jr://file-csv/households.csv"].decode()))
    )
    assert len(rows) == 2


@given(households(), st.lists(st.sampled_from(["p-1", "p-2", "p-3"]), unique=True), st.data())
@unhurried
def test_whatever_the_register_holds_the_form_opens_with_it(
    household: Household, ids: list[str], data: st.DataObject
) -> None:
    members = [data.draw(persons(id)) for id in ids]
    form = opened(compiled_visit_form(), household, members)
    session = session_of(form, household, members, FixedClock(MOMENT))
    for ref, text in prefill_of(form.map, household, members, register_schema()).items():
        view = session.view(ref)
        assert isinstance(view, QuestionView)
        assert view.value == text
