"""Policy values with their days: presets, the county's own rows, and what a broken file is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.rules import read_rules, shipped_rulebook

NAMES = '[names]\nline = { zh = "线", en = "line", type = "decimal" }\nage = { zh = "年龄", en = "age", type = "range" }\n'
TODAY = date(2026, 11, 22)


def book(use: str, *presets: str) -> str:
    return f"use = {use}\n{NAMES}" + "".join(presets)


def preset(id: str, first: str, values: str, last: str = "") -> str:
    return (
        f'[[preset]]\nid = "{id}"\nzh = "{id}"\nfrom = "{first}"\nto = "{last}"\n[preset.values]\n{values}\n'
    )


def test_the_shipped_preset_is_the_standing_help_of_2026_and_names_what_the_county_must_set() -> None:
    rules = shipped_rulebook()
    assert [each.id for each in rules.in_force(TODAY)] == ["standing-2026"]
    assert rules.pair("school_age", TODAY) == (6, 15)
    assert rules.whole("publicity_days", TODAY) == 5
    assert {"line_monitoring", "fixed_day"} <= {spec.name for spec in rules.unset(TODAY)}
    history = [each for each in rules.presets if each.history]
    assert len(history) >= 5
    assert all("历史" in each.zh and each.valid_to for each in history)
    assert not set(rules.use) & {each.id for each in history}


def test_a_new_year_is_a_new_preset_over_the_old_one() -> None:
    rules = read_rules(
        book(
            '["a", "b"]',
            preset("a", "2026-01-01", "line = 7000\nage = [6, 15]"),
            preset("b", "2027-01-01", "line = 7400"),
        )
    )
    assert rules.rule("line", date(2026, 12, 31)) == 7000
    assert rules.rule("line", date(2027, 1, 1)) == 7400
    assert rules.pair("age", date(2027, 1, 1)) == (6, 15)
    assert rules.rule("line", date(2025, 12, 31)) is None


@given(st.dates(date(2019, 1, 1), date(2029, 12, 31)))
def test_a_value_holds_from_its_first_day_to_its_last_and_no_day_longer(on: date) -> None:
    rules = read_rules(book('["a"]', preset("a", "2020-01-01", "line = 4000", "2020-12-31")))
    assert (rules.rule("line", on) == 4000) == (on.year == 2020)
    assert rules.unset(on + timedelta(days=0))[-1].name == "age"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (book("[]", preset("a", "2026-01-01", "")), "use"),
        (book('["x"]', preset("a", "2026-01-01", "")), "「x」"),
        (book('["a"]', preset("a", "2026-13-01", "")), "不是日期"),
        (book('["a"]', preset("a", "2026-02-01", "", "2026-01-01")), "早于"),
        (book('["a"]', preset("a", "2026-01-01", "line = -1")), "线（line）"),
        (book('["a"]', preset("a", "2026-01-01", "age = [15, 6]")), "[小, 大]"),
        (book('["a"]', preset("a", "2026-01-01", "lime = 1")), "lime"),
        (book('["a"]', preset("a", "2026-01-01", ""), preset("a", "2027-01-01", "")), "同一个 id"),
        ("use = []", "[names]"),
    ],
)
def test_a_broken_file_is_told_what_is_wrong_where(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=".*") as error:
        read_rules(text)
    assert told in str(error.value)
