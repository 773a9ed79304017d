"""Policy by year: data with a source, the newest row whose year has come."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.policy import load_policy, policy_for, read_policy, shipped_policy


def row(year: int, **rest: object) -> dict[str, object]:
    visits = {"per_year": 6, "interval_months": 2, "remote_counts": True}
    return {"from_year": year, "name_zh": f"{year}", "source": "A127", "visits": visits, **rest}


def test_six_visits_a_year_one_every_two_months_is_shipped() -> None:
    rule = policy_for(2026).visits
    assert (rule.per_year, rule.interval_months) == (6, 2)
    assert policy_for(2026).income_line is None
    assert policy_for(2022).income_line == 6700
    assert all(policy.source for policy in shipped_policy())


@given(st.sets(st.integers(2000, 2050), min_size=1, max_size=6), st.integers(1990, 2060))
def test_the_newest_row_whose_year_has_come_is_in_force(years: set[int], year: int) -> None:
    policies = read_policy([row(each) for each in years])
    begun = [each for each in years if each <= year]
    assert policy_for(year, policies).from_year == (max(begun) if begun else min(years))


def test_a_file_is_read_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "years.toml"
    text = '[[policy]]\nfrom_year = {}\nname_zh = "x"\nsource = ""\nvisits = {{ per_year = 4, interval_months = 3, remote_counts = false }}\n'
    path.write_text(text.format(2020) + text.format(2024), "utf-8")
    assert [policy.from_year for policy in load_policy(path)] == [2024, 2020]


@pytest.mark.parametrize("broken", [{"visits": 6}, {"visits": {}}, {"from_year": "next"}])
def test_a_broken_row_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_policy([{**row(2026), **broken}])
