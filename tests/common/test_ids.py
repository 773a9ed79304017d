"""Ids sort by time, and derived ids are the same everywhere."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.clock import FixedClock
from fieldapp.common.ids import IdSource, derived_id, uuid7

MOMENTS = st.integers(min_value=0, max_value=2**48 - 1)
RANDOM = st.binary(min_size=10, max_size=10)


@given(MOMENTS, RANDOM)
def test_a_record_id_is_a_version_7_uuid(unix_ms: int, random: bytes) -> None:
    made = uuid.UUID(uuid7(unix_ms, random))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == unix_ms


@given(MOMENTS, MOMENTS, RANDOM, RANDOM)
def test_later_ids_sort_later(first: int, second: int, a: bytes, b: bytes) -> None:
    if first < second:
        assert uuid7(first, a) < uuid7(second, b)


def test_too_little_randomness_is_a_bug() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        uuid7(0, b"short")


def test_an_id_takes_its_time_from_the_injected_clock() -> None:
    clock = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))
    early = IdSource(clock).new()
    clock.advance(hours=1)
    assert early < IdSource(clock).new()


def test_derived_ids_depend_on_every_part_and_where_it_ends() -> None:
    assert derived_id("effect", "visit", "rule") == derived_id("effect", "visit", "rule")
    assert derived_id("a", "bc") != derived_id("ab", "c")


@given(st.lists(st.text(max_size=20), max_size=4))
def test_derived_ids_are_version_5_uuids_of_their_parts(parts: list[str]) -> None:
    namespace = uuid.UUID("6f1d5c1e-64a3-5f0b-9b3e-8f8f4c1d2a70")
    assert derived_id(*parts) == str(uuid.uuid5(namespace, "\x1f".join(parts)))
