"""The JSON that is hashed and signed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.wire.canonical import encode, parse, parse_object

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_written_reads_back_the_same(value: object) -> None:
    assert parse(encode(value)) == value


@given(st.dictionaries(texts, values, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert encode(dict(reversed(value.items()))) == encode(value)


@given(st.binary(max_size=60))
def test_any_bytes_parse_or_are_a_value_error(data: bytes) -> None:
    try:
        value = parse(data)
    except ValueError:
        return
    assert parse(encode(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b"1.5",
        b"1e3",
        b"NaN",
        b"-Infinity",
        b"99999999999999999999999",
        b"9223372036854775808",
        b'"\\ud800"',
        b'"\\u0000"',
        b"[" * 100_000,
        b'{"a":' * 3_000 + b"1" + b"}" * 3_000,
        b"\xff",
        b"",
    ],
)
def test_what_other_programs_read_differently_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        parse(data)


@pytest.mark.parametrize("value", [1.5, object(), {1: "a"}, "\ud800", "a\x00b", 2**63, {"a": {2.5}}, b"raw"])
def test_values_without_a_canonical_form_are_refused(value: object) -> None:
    with pytest.raises(ValueError):
        encode(value)


def test_a_list_is_not_an_object() -> None:
    with pytest.raises(ValueError):
        parse_object(b"[]")
