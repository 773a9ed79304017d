"""The one-time code, typed and as a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.wire.code import EnrolmentCode, EnrolmentFile, read_code
from fieldapp.wire.problems import WireError
from fieldapp.wire.typed import read_typed, typed_text

codes = st.builds(EnrolmentCode, st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32))


@given(codes)
def test_a_typed_code_reads_back_however_it_is_spaced(code: EnrolmentCode) -> None:
    text = code.text()
    assert len(text.split("-")) == 20
    assert (
        read_code(text)
        == read_code(text.lower().replace("-", " "))
        == read_code(text.replace("-", ""))
        == code
    )
    assert read_code(text.replace("0", "O").replace("1", "l")) == code


@given(codes, st.integers(0, 99), st.integers(1, 31))
def test_every_single_wrong_character_is_told_by_its_group(
    code: EnrolmentCode, place: int, shift: int
) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    letters = list(code.text().replace("-", ""))
    letters[place] = alphabet[(alphabet.index(letters[place]) + shift) % 32]
    with pytest.raises(WireError) as caught:
        read_code("".join(letters))
    assert f"第 {place // 5 + 1} 组" in caught.value.zh


@given(codes, st.integers(0, 18))
def test_two_groups_in_the_wrong_order_are_noticed(code: EnrolmentCode, first: int) -> None:
    groups = code.text().split("-")
    groups[first], groups[first + 1] = groups[first + 1], groups[first]
    with pytest.raises(WireError):
        read_code("-".join(groups))


@given(st.text(max_size=120))
def test_any_text_is_a_code_or_a_known_error(text: str) -> None:
    with pytest.raises(WireError) as caught:
        read_code(text)
    assert caught.value.slug == "bad-enrolment"


def test_a_short_code_says_how_many_characters_there_are() -> None:
    with pytest.raises(WireError) as caught:
        read_code("ABCDE-12")
    assert "现在是 7 位" in caught.value.zh


def test_the_secret_is_in_no_text_of_the_object() -> None:
    code = EnrolmentCode(b"S" * 16, b"R" * 32)
    assert "S" * 16 not in repr(code)
    assert code.secret.hex() not in code.code_id


def test_the_file_reads_back_and_a_broken_one_is_told() -> None:
    file = EnrolmentFile(
        EnrolmentCode(b"S" * 16, b"R" * 32),
        "411025",
        "襄城县",
        "https://10.0.0.1:8443",
        "",
        "p1",
        "2026-11-25T00:00:00Z",
    )
    assert EnrolmentFile.read(file.to_bytes()) == file
    for broken in (
        b"",
        b"{}",
        file.to_bytes()[:-1],
        b"x" * 100_000,
        file.to_bytes().replace(b'"v":1', b'"v":1.0'),
    ):
        with pytest.raises(WireError) as caught:
            EnrolmentFile.read(broken)
        assert caught.value.slug == "bad-enrolment"


@pytest.mark.parametrize("length", [1, 16, 32, 33, 34, 35, 49])
def test_secrets_of_any_length_can_be_typed(length: int) -> None:
    body = bytes(range(length))
    text = typed_text(body, "recovery")
    assert {len(group) for group in text.split("-")} == {5}
    assert read_typed(text, "recovery", length) == body


def test_a_recovery_key_is_no_enrolment_code() -> None:
    text = typed_text(bytes(49), "recovery")
    with pytest.raises(WireError) as caught:
        read_code(text)
    assert "校验不符" in caught.value.zh
