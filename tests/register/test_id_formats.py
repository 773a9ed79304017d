"""The six forms of an identity number."""

from __future__ import annotations

import pytest

from fieldapp.register.id_formats import (
    FORMAT_WORDS,
    IdFormat,
    format_id_number,
    format_of_word,
    split_id_number,
)

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("plain", NUMBER),
        ("quoted", "'" + NUMBER),
        ("masked", "110***********002X"),
        ("last4", "002X"),
        ("split", " ".join(NUMBER)),
        ("upper", NUMBER),
    ],
)
def test_each_office_gets_the_form_it_asks_for(form: IdFormat, shown: str) -> None:
    assert format_id_number(NUMBER, form) == shown
    assert format_id_number("", form) == ""


def test_the_upper_form_of_a_disability_certificate_is_the_identity_number() -> None:
    assert format_id_number(NUMBER.lower() + "43", "upper") == NUMBER
    assert len(split_id_number(NUMBER + "43")) == 18


def test_every_form_has_a_word_for_placeholders() -> None:
    assert {format_of_word(zh) for zh, _ in FORMAT_WORDS.values()} == set(FORMAT_WORDS)
    assert format_of_word("没有的") is None
