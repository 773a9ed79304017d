"""Households in the order in which people go."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.store.places import place_of


def test_groups_go_by_number_whichever_way_it_is_written() -> None:
    groups = ["1组", "二组", "第三组", "4组", "九组", "十组", "十一组", "二十组", "二十一组", "一百零二组"]
    keys = [place_of("411025101201", group.replace("第", ""), "1") for group in groups]
    assert all(first < second for first, second in pairwise(keys))


def test_house_numbers_go_by_size() -> None:
    keys = [place_of("411025101201", "二组", number) for number in ("9", "10", "11-2", "11-10", "100")]
    assert keys == sorted(keys)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_any_text_has_a_place_that_begins_with_its_village(area: str, group: str, house: str) -> None:
    assert place_of(area, group, house).startswith(area)
