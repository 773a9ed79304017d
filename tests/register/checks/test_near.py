"""Records that may be one person: what a slip of the hand or an ear makes of a name, a number or a date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.checks import PersonRow, near_duplicates
from fieldapp.store.readings import readings_of

NUMBER = "411023195212080619"


def read_aloud(name: str) -> list[str]:
    return ["".join(syllables) for syllables in readings_of(name)]


def person(id: str, name: str = "张伟", birth: str = "1952-12-08", number: str = "") -> PersonRow:
    return PersonRow(id, f"h{id}", name, birth, number)


def reasons(*rows: PersonRow) -> list[str]:
    return [pair.reason for pair in near_duplicates(rows, read_aloud)]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (person("b", "李四", "1990-01-01", NUMBER + "43"), "number"),
        (person("b", number="411023195212080618"), "near_number"),
        (person("b", "章玮", number="411023195212080691"), "near_number"),
        (person("b", number="41102319521208619"), "near_number"),
        (person("b"), "name_and_birth"),
        (person("b", "张 伟"), "name_and_birth"),
        (person("b", "章玮"), "homophone"),
        (person("b", birth="1952-08-12"), "near_birth"),
        (person("b", birth="1953-12-08"), "near_birth"),
    ],
)
def test_each_way_of_being_one_person_is_named(other: PersonRow, reason: str) -> None:
    assert reasons(person("a", number=NUMBER), other) == [reason]


@pytest.mark.parametrize(
    "other",
    [
        person("b", number="411023196001011234"),
        person("b", "王芳"),
        person("b", birth="1971-03-25"),
        person("b", "章玮", birth="1953-12-08"),
        person("b", birth=""),
        person("b", "", ""),
        person("b", number="411023195213090628"),
    ],
)
def test_what_keeps_two_persons_apart(other: PersonRow) -> None:
    assert reasons(person("a", number=NUMBER), other) == []


def test_a_name_of_an_ethnic_group_is_the_same_with_any_dot() -> None:
    assert reasons(person("a", "阿依古丽•买买提"), person("b", "阿依古丽·买买提")) == ["name_and_birth"]


def test_placeholder_numbers_make_nobody_one_person() -> None:
    alike = [person(id, name, number="999999190001010000") for id, name in (("a", "张伟"), ("b", "李芳"))]
    assert reasons(*alike) == []


rows = st.lists(
    st.builds(
        PersonRow,
        st.uuids().map(str),
        st.sampled_from(["h1", "h2"]),
        st.sampled_from(["张伟", "章玮", "张 伟", "李芳", ""]),
        st.sampled_from(["1952-12-08", "1952-08-12", "1953-12-08", ""]),
        st.sampled_from([NUMBER, NUMBER[:-1] + "8", "", "999999"]),
    ),
    max_size=8,
    unique_by=lambda row: row.person_id,
)


@given(rows)
def test_each_pair_is_named_once_and_the_order_of_the_rows_does_not_matter(some: list[PersonRow]) -> None:
    found = near_duplicates(some, read_aloud)
    assert found == near_duplicates(reversed(some), read_aloud)
    named = [(pair.first, pair.second) for pair in found]
    assert len(named) == len(set(named))
    assert all(first < second for first, second in named)
