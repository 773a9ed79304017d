"""Numbers that name a person: what is right, what is wrong with the others, in the words of a colleague."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.identity import (
    IdFacts,
    IdProblem,
    age_on,
    check_digit,
    mask_id_number,
    mask_phone,
    normalise_id_number,
    normalise_phone,
    person_key,
    read_id_number,
)

TODAY = date(2026, 11, 22)

born = st.dates(date(1900, 1, 1), TODAY)
serials = st.integers(0, 999)
provinces = st.sampled_from(["11", "23", "37", "41", "54", "65", "71", "83"])
good = st.builds(
    lambda province, county, day, serial: (
        (first := f"{province}{county:04d}{day:%Y%m%d}{serial:03d}") + check_digit(first)
    ),
    provinces,
    st.integers(0, 9999),
    born,
    serials,
)


def problem(text: str) -> IdProblem:
    found = read_id_number(text, TODAY)
    assert isinstance(found, IdProblem)
    return found


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_have_the_right_check_digit(number: str) -> None:
    """GB 11643-1999 gives these two; the second was born in 1880, which is no living person."""
    assert check_digit(number[:17]) == number[17]


@given(good)
def test_a_right_number_says_birth_and_sex(number: str) -> None:
    facts = read_id_number(number, TODAY)
    assert isinstance(facts, IdFacts)
    assert facts.birth_date == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert facts.sex == ("male" if int(number[16]) % 2 else "female")
    assert (facts.person_key, facts.kind) == (number, "id_card")


@given(good, st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: str, place: int, shift: int) -> None:
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert isinstance(read_id_number(wrong, TODAY), IdProblem)


@given(good, st.integers(0, 15))
def test_two_neighbouring_digits_changed_over_are_found(number: str, place: int) -> None:
    first, second = number[place], number[place + 1]
    wrong = number[:place] + second + first + number[place + 2 :]
    if first != second:
        assert isinstance(read_id_number(wrong, TODAY), IdProblem)


@given(good, st.sampled_from(["", "1", "44", "B1"]), st.integers(1, 7), st.integers(1, 4))
def test_a_disability_certificate_names_the_same_person(
    number: str, tail: str, kind: int, level: int
) -> None:
    certificate = f"{number}{kind}{level}{'' if tail == '' else 'B1' if tail == 'B1' else ''}"
    facts = read_id_number(certificate, TODAY)
    assert isinstance(facts, IdFacts)
    assert (facts.person_key, facts.kind) == (number, "disability_card")
    assert (facts.disability_kind, facts.disability_level) == (str(kind), str(level))
    assert person_key(certificate) == person_key(number)


@pytest.mark.parametrize(
    ("text", "slug", "words"),
    [
        ("41990019700307123", "length", "少了 1 位"),
        ("4199001970030712312", "length", "是 19 位"),
        ("", "length", "少了 18 位"),
        ("419900700307123", "old", "15 位旧"),
        ("4199001970030712A1", "digits", "不该出现"),
        ("41990019700307X231", "digits", "不该出现"),
        ("419900197002301231", "date", "不存在"),
        ("419900197013071231", "date", "不存在"),
        ("419900209901011231", "date", "不合理"),
        ("419900189901011231", "date", "不合理"),
        ("419900197003071239", "checksum", "校验位"),
        ("41990019700307123931", "checksum", "校验位"),
        ("410105194912310020" + "95", "tail", "类别、等级"),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_a_colleague(text: str, slug: str, words: str) -> None:
    found = problem(text)
    assert (found.slug, words in found.zh) == (slug, True), found
    assert found.en


def test_a_number_of_no_province_is_refused_last() -> None:
    first = "00990019700307123"
    assert problem(first + check_digit(first)).slug == "province"


@given(good)
def test_a_number_is_read_however_it_is_written(number: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in number)
    for text in (
        wide,
        f"'{number}",
        f" {number[:6]} {number[6:14]} {number[14:]} ",
        number.lower(),
        f"\ufeff{number}",
    ):
        assert normalise_id_number(text) == number


@given(st.text(max_size=30))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise_id_number(normalise_id_number(text)) == normalise_id_number(text)
    assert normalise_phone(normalise_phone(text)) == normalise_phone(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(read_id_number(text, TODAY), (IdFacts, IdProblem))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0000 1234", "13800001234"),
        ("+86 13800001234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("0374-3512345", "03743512345"),
        ("１３８００００１２３４", "13800001234"),
        ("无", ""),
        ("86123", "86123"),
    ],
)
def test_a_phone_is_its_digits(text: str, number: str) -> None:
    assert normalise_phone(text) == number


@pytest.mark.parametrize(
    ("day_of_birth", "day", "age"),
    [
        (date(2008, 9, 1), date(2026, 8, 31), 17),
        (date(2008, 9, 1), date(2026, 9, 1), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
    ],
)
def test_age_is_in_completed_years(day_of_birth: date, day: date, age: int) -> None:
    assert age_on(day_of_birth, day) == age


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 36_000))
def test_nobody_grows_younger(day_of_birth: date, days: int) -> None:
    day = day_of_birth + timedelta(days=days)
    assert 0 <= age_on(day_of_birth, day) <= age_on(day_of_birth, day + timedelta(days=1))


def test_masked_numbers_show_the_first_three_and_the_last_four() -> None:
    assert mask_id_number("41990019700307123X") == "419***********123X"
    assert mask_phone("13800001234") == "138****1234"
    assert (mask_phone("110"), mask_id_number("")) == ("110", "")
