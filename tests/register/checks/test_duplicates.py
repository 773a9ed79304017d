"""Doubles over the whole register: numbers, names with birth dates, phones."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.checks import (
    Duplicate,
    PersonRow,
    normalised_name,
    same_name_and_birth,
    same_number,
    same_phone,
)

NUMBER = "411025198003150110"


def test_a_number_is_the_same_in_either_certificate() -> None:
    rows = [
        PersonRow("1", "a", id_number=NUMBER),
        PersonRow("2", "b", id_number=NUMBER + "41B1"),
        PersonRow("3", "c"),
    ]
    assert same_number(rows) == (Duplicate("number", ("1", "2"), ("a", "b")),)


def test_a_number_is_the_same_however_it_is_written() -> None:
    rows = [
        PersonRow("1", "a", id_number="41102519800315001x"),
        PersonRow("2", "a", id_number=" 41102519800315001Ｘ"),
    ]
    assert same_number(rows) == (Duplicate("number", ("1", "2"), ("a",)),)


def test_placeholders_and_scraps_are_no_doubles() -> None:
    rows = [
        PersonRow(str(n), "a", id_number=number)
        for n, number in enumerate(["999999198003150110", "999999198003150110", "无", "无"])
    ]
    assert same_number(rows) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [("买买提·艾山", "买买提．艾山"), ("买买提·艾山", "买买提•艾山"), ("张 三", "张三"), ("ＡＢ", "ab")],
)
def test_names_are_the_same_whatever_dot_and_blank_they_have(first: str, second: str) -> None:
    assert normalised_name(first) == normalised_name(second)


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (("", NUMBER), True),
        ((NUMBER, "411025198003150171"), True),
        ((NUMBER, "411025198003150110"), False),
        ((NUMBER, "410102198003159237"), False),
        (("999999198003150110", NUMBER), True),
    ],
    ids=["one without", "two digits apart", "same number", "two persons", "placeholder"],
)
def test_a_name_and_birth_date_are_a_double_unless_the_numbers_tell_two_persons(
    numbers: tuple[str, str], found: bool
) -> None:
    rows = [PersonRow(str(n), str(n), "张三", "1980-03-15", number) for n, number in enumerate(numbers)]
    assert bool(same_name_and_birth(rows)) is found


def test_a_phone_counts_only_across_households() -> None:
    rows = [
        PersonRow("1", "a", phone="138 0000 0001"),
        PersonRow("2", "a", phone="13800000001"),
        PersonRow("3", "b", phone="13800000002"),
        PersonRow("4", "c", phone="+8613800000002"),
    ]
    assert same_phone(rows) == (Duplicate("phone", ("3", "4"), ("b", "c")),)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["张三", "李四", ""]), st.sampled_from(["", NUMBER])), max_size=12), st.integers())  # fmt: skip
def test_the_order_of_rows_changes_no_double(facts: list[tuple[str, str, str]], seed: int) -> None:
    rows = [
        PersonRow(f"{n:02d}", house, name, "1980-03-15", number, "13800000001")
        for n, (house, name, number) in enumerate(facts)
    ]
    shuffled = rows[:]
    random.Random(seed).shuffle(shuffled)
    for doubles in (same_number, same_name_and_birth, same_phone):
        assert doubles(rows) == doubles(shuffled)
