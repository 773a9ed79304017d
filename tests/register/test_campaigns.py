"""Campaigns: whom they cover, rounds kept apart, samples that anybody draws the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.campaigns import Sample, draw_sample, read_campaigns
from fieldapp.register.entities import Household


def campaign(**parts: object) -> str:
    told = {
        "id": "all-2026",
        "name": "遍访",
        "kind": "all_visits",
        "from": "2026-11-01",
        "deadline": "2026-12-20",
        **parts,
    }
    lines = [
        f"{key} = {value if isinstance(value, int) else _text(str(value))}" for key, value in told.items()
    ]
    return "[[campaign]]\n" + "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return value if value.startswith("{") else f'"{value}"'


def test_a_campaign_covers_households_of_its_axes_and_places() -> None:
    (one,) = read_campaigns(
        campaign(population='{ kinds = ["monitored"], flags = ["elder_alone"], areas = ["411025101"] }')
    )
    home = Household(id="h", area_code="411025101201")
    assert not one.population.covers(home)
    assert one.population.covers(Household(id="h", area_code="411025101201", monitor_kind="marginal"))
    assert one.population.covers(
        Household(id="h", area_code="411025101201", properties={"elder_alone": True})
    )
    assert not one.population.covers(Household(id="h", area_code="411025102201", monitor_kind="marginal"))


def test_two_rounds_at_the_same_time_are_refused_and_two_after_each_other_are_not() -> None:
    second = campaign(id="two", name="第二轮", round=2, **{"from": "2026-12-01", "deadline": "2026-12-31"})
    with pytest.raises(ValueError, match="分不清"):
        read_campaigns(campaign() + second)
    apart = campaign(id="two", name="第二轮", round=2, **{"from": "2026-12-21", "deadline": "2026-12-31"})
    assert [each.round for each in read_campaigns(campaign() + apart)] == [1, 2]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"kind": "party"}, "kind"),
        ({"deadline": "20 Dec"}, "不是日期"),
        ({"deadline": "2026-10-01"}, "早于"),
        ({"id": "遍访"}, "小写字母"),
        ({"round": 0}, "round"),
        ({"population": '{ kinds = ["rich"] }'}, "rich"),
        ({"sample": "{ size = 3 }"}, "seed"),
    ],
)
def test_a_broken_campaign_is_told_what_is_wrong(parts: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=".*") as error:
        read_campaigns(campaign(**parts))
    assert told in str(error.value)


@given(
    st.sets(st.uuids().map(str), min_size=1, max_size=40),
    st.integers(1, 50),
    st.text(min_size=1),
    st.randoms(),
)
def test_whoever_draws_gets_the_same_households_in_whatever_order_they_lie(
    ids: set[str], size: int, seed: str, dice: random.Random
) -> None:
    homes = [(each, each[:1]) for each in sorted(ids)]
    mixed = list(homes)
    dice.shuffle(mixed)
    drawn = draw_sample(Sample(seed, size), homes)
    assert drawn == draw_sample(Sample(seed, size), mixed)
    assert len(drawn) == min(size, len(ids))
    assert set(drawn) <= ids
    each = draw_sample(Sample(seed, size, per_village=True), homes)
    villages = {village for _, village in homes}
    assert all(
        sum(id[:1] == village for id in each) == min(size, sum(v == village for _, v in homes))
        for village in villages
    )
