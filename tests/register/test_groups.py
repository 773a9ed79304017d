"""Groups of households: what the file may say, what holds of whom, what is refused with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.register.entities import Household, Person
from fieldapp.register.groups import read_groups, shipped_groups
from fieldapp.register.policy_files import check_policy_file

_HEAD = '[axes]\na = { zh = "一", en = "one" }\n[[group]]\nname = "g"\naxis = "a"\nzh = "组"\nen = "g"\n'


def home(**facts: object) -> Household:
    own = {
        name: facts.pop(name) for name in ("household_type", "monitor_kind", "risk_cleared") if name in facts
    }
    return Household(id="h", properties=facts, **own)  # type: ignore[arg-type]


def person(**facts: str | list[str] | bool) -> Person:
    return Person(id="p", household_id="h", properties=facts)


def of(household: Household, *members: Person) -> set[str]:
    return {group.name for group in shipped_groups().groups if group.holds(household, members)}


def test_a_household_may_be_of_groups_on_several_axes_at_once() -> None:
    found = of(home(household_type="out_of_poverty", low_income_allowance=True, relocated=True))
    assert {"policy_held", "low_income", "low_income_allowance", "relocated", "housing_focus"} <= found


def test_a_household_about_which_nothing_is_known_is_of_no_group() -> None:
    assert of(home(), person()) == set()


def test_a_risk_that_was_cleared_is_no_low_income_any_more_but_goes_on_being_watched() -> None:
    assert "falling_back" in of(home(monitor_kind="marginal"))
    cleared = of(home(monitor_kind="marginal", risk_cleared=True))
    assert "watched" in cleared
    assert "falling_back" not in cleared


def test_who_is_cared_for_in_an_institution_has_no_house_to_look_at() -> None:
    assert "housing_hardship" in of(home(extreme_hardship=True))
    assert "housing_hardship" not in of(home(extreme_hardship=True, hardship_care="institution"))


def test_conditions_on_a_person_are_about_one_and_the_same_person() -> None:
    both = of(home(), person(low_income_allowance=True, health=["disabled"]))
    apart = of(home(), person(low_income_allowance=True), person(health=["disabled"]))
    assert "housing_disabled" in both
    assert "housing_disabled" not in apart


def test_a_group_of_persons_counts_those_who_fit() -> None:
    severe = shipped_groups().by_name["severely_disabled"]
    grave, slight = person(disability_level="1"), person(disability_level="4")
    assert severe.persons(home(), [grave, slight]) == [grave]
    relocated = shipped_groups().by_name["relocated"]
    assert len(relocated.persons(home(relocated=True), [grave, slight])) == 2
    assert relocated.persons(home(), [grave]) == []


def test_a_group_holds_on_its_days_only() -> None:
    text = _HEAD + 'any = ["household.relocated"]\nfrom = "2026-01-01"\nto = "2026-06-30"\n'
    book = read_groups(text)
    assert [
        len(book.in_force(date.fromisoformat(day))) for day in ("2025-12-31", "2026-06-30", "2026-07-01")
    ] == [
        0,
        1,
        0,
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("household.unknown_fact", "没有"),
        ("household.relocated is yes", "不能用"),
        ("household.household_type is", "取值"),
        ("household.household_type is 'x') OR 1=1 --", "看不懂"),
        ("person.health is disabled", "不能用"),
        ("household.relocated; drop table households", "看不懂"),
    ],
)
def test_a_slip_in_the_file_is_refused_with_its_place(asked: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        check_policy_file("groups.toml", f'{_HEAD}any = ["{asked}"]\n')


def test_an_axis_nobody_named_and_a_group_named_twice_are_refused() -> None:
    part = 'any = ["household.relocated"]\n'
    with pytest.raises(ValueError, match="axis"):
        read_groups((_HEAD + part).replace('axis = "a"', 'axis = "b"'))
    with pytest.raises(ValueError, match="两次"):
        read_groups(_HEAD + part + _HEAD.split("\n", 2)[2] + part)
