"""Families make sense: what an inspector, and the checkers of the national exports, would look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.demo.generate.people import PeopleMaker
from fieldapp.demo.generate.shapes import Role, family
from fieldapp.exchange import HouseholdRecord, PersonRecord
from fieldapp.register.identity import IdFacts, age_on, read_id_number
from tests.demo.small_county import TODAY, county, households, people, register

CHILDREN, GRANDCHILDREN = ("son", "daughter"), ("grandson", "granddaughter")
FEMALE = {"daughter", "daughter_in_law", "granddaughter", "mother"}
MALE = {"son", "grandson", "father"}


def age(person: PersonRecord) -> int:
    return age_on(date.fromisoformat(str(person.facts["birth_date"])), TODAY)


def by_relation(house: HouseholdRecord) -> dict[str, list[PersonRecord]]:
    found = defaultdict(list)
    for person in house.persons:
        found[str(person.facts["relationship"])].append(person)
    return found


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_any_family_has_its_size_one_head_and_ages_that_can_be(rng: object, size: int) -> None:
    roles = family(rng, size)  # type: ignore[arg-type]  # hypothesis gives a Random
    relations: defaultdict[str, list[Role]] = defaultdict(list)
    for role in roles:
        relations[role.relationship].append(role)
    (head,) = relations["head"]
    assert (len(roles), roles[0]) == (size, head)
    assert len(relations["spouse"]) <= 1
    for spouse in relations["spouse"]:
        assert spouse.sex != head.sex
        assert abs(spouse.age - head.age) <= 7
    couple = [head, *relations["spouse"]]
    for child in (role for name in CHILDREN for role in relations[name]):
        assert all(parent.age - child.age >= 16 for parent in couple)
    for child in (role for name in GRANDCHILDREN for role in relations[name]):
        assert all(grandparent.age - child.age >= 36 for grandparent in couple)
        assert all(20 <= mother.age - child.age <= 45 for mother in relations["daughter_in_law"])
    assert all(parent.age - head.age >= 20 for parent in (*relations["father"], *relations["mother"]))


def test_every_household_has_one_head_and_relations_of_the_right_sex() -> None:
    for house in households():
        relations = Counter(person.facts["relationship"] for person in house.persons)
        assert relations["head"] == 1
        assert relations["spouse"] <= 1
        for person in house.persons:
            if person.facts["relationship"] in FEMALE:
                assert person.facts["sex"] == "female"
            if person.facts["relationship"] in MALE:
                assert person.facts["sex"] == "male"


def test_parents_are_older_than_their_children_in_the_books_too() -> None:
    for house in households():
        relations = by_relation(house)
        for child in (person for name in CHILDREN for person in relations[name]):
            assert age(relations["head"][0]) - age(child) >= 16


def test_every_number_is_right_unassigned_and_used_once() -> None:
    numbers = [str(person.facts["id_number"]) for person in people() if "id_number" in person.facts]
    assert len(set(numbers)) == len(numbers) > 200
    for person in people():
        number = str(person.facts.get("id_number", ""))
        if not number:
            assert (person.facts["id_type"], age(person)) == ("none", 0)
            continue
        facts = read_id_number(number, TODAY)
        assert isinstance(facts, IdFacts)
        assert number.startswith("4199")
        assert (facts.sex, facts.birth_date.isoformat()) == (person.facts["sex"], person.facts["birth_date"])
        assert (len(number) == 20) == (person.facts["id_type"] == "disability_card")


def test_telephones_are_of_the_unassigned_network_and_nobodys_twice() -> None:
    phones = [str(person.facts["phone"]) for person in people() if "phone" in person.facts]
    cadres = [cadre.phone for cadre in register().staff]
    assert len(set(phones + cadres)) == len(phones) + len(cadres)
    assert all(phone.startswith("169") and len(phone) == 11 for phone in phones + cadres)


def test_school_and_education_exclude_each_other_and_fit_the_age() -> None:
    for person in people():
        at_school, learned = person.facts.get("school_state"), person.facts.get("education")
        assert (at_school is None) != (learned is None)
        if 7 <= age(person) <= 14:
            assert at_school is not None
        if at_school == "primary":
            assert 6 <= age(person) <= 12


def test_labour_and_work_fit_age_and_health() -> None:
    for person in people():
        labour = person.facts["labour"]
        if age(person) < 16 or person.facts.get("school_state"):
            assert labour == "none"
        if age(person) >= 60:
            assert labour not in ("ordinary", "skilled")
        if person.facts.get("disability_level") in ("1", "2"):
            assert labour in ("lost", "none")
        assert (person.facts.get("work_place") is None) == (person.facts.get("work_months") is None)
        if person.facts.get("work_place"):
            assert labour in ("ordinary", "skilled", "weak")
        assert ("disabled" in person.facts["health"]) == ("disability_kind" in person.facts)  # type: ignore[operator]


def test_rare_characters_and_a_long_name_are_among_the_people() -> None:
    names = [str(person.facts["name"]) for person in people()]
    assert {character for name in names for character in name} >= {"𬱖", "䶮", "㛃"}
    (long_name,) = [person for person in people() if "·" in str(person.facts["name"])]
    assert (long_name.facts["ethnicity"], len(str(long_name.facts["name"]))) == ("uyghur", 19)


def test_children_bear_the_name_of_their_father() -> None:
    for house in households():
        relations = by_relation(house)
        head = relations["head"][0]
        if head.facts["sex"] == "male":
            for child in (person for name in CHILDREN for person in relations[name]):
                assert str(child.facts["name"])[0] == str(head.facts["name"])[0]


def test_a_birth_gives_exactly_the_age_whatever_the_day() -> None:
    from random import Random

    for today in (date(2026, 2, 28), date(2024, 2, 29), date(2026, 3, 1), date(2026, 12, 31)):
        maker = PeopleMaker(today)
        rng = Random(7)
        for years in range(96):
            born = maker._birth(rng, years)
            assert age_on(born, today) == years
            assert born <= today


def test_villages_are_those_of_the_county() -> None:
    codes = {str(house.facts["area_code"]) for house in households()}
    assert all(code.startswith("411025100") and len(code) == 12 for code in codes)
    assert county().manifest.full_village_code in codes
