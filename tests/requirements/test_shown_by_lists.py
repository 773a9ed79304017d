"""Rows of the table that a cadre sees in lists: groups on their axes, ledgers, papers of a household and of a village."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.ids import derived_id
from fieldapp.common.resources import resources_dir
from fieldapp.county.facts import Pen, load_entity, write_fields
from fieldapp.county.feed import Touch, publish
from fieldapp.county.publishing import publish_policy
from fieldapp.county.setup import County
from fieldapp.register.values import Value
from fieldapp.services.worklist import GroupCount, WorkFilter, WorkRow
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import HouseholdRow
from tests.county.world import rows_of
from tests.services.world import World


def rows(clerk: Workspace, *groups: str, kinds: frozenset[str] = frozenset()) -> list[WorkRow]:
    """Return the households under some groups."""
    wanted = WorkFilter(groups=frozenset(groups), kinds=kinds)
    return clerk.worklist.rows(clerk.worklist.ids(wanted))


def count(clerk: Workspace, name: str) -> GroupCount:
    """Return a group with its numbers, as the filter shows it."""
    return next(group for axis in clerk.worklist.groups() for group in axis.groups if group.name == name)


def county_says(county: County, list_name: str, id: str, home: str, **facts: Value) -> None:
    """Write what the county decides, as its office does, and let laptops have it."""
    (row,) = rows_of(county, HouseholdRow, id=home)
    with county.database.write() as connection:
        entity = load_entity(connection, county.code, list_name, id)
        assert entity is not None
        pen = Pen(derived_id("office", id, *facts), "county", "county", "县专班", "2026-11-22")
        write_fields(county.database, connection, county.code, entity, home, facts, pen)
        publish(county.database, connection, county.code, [Touch(list_name, id, home, row.area_code)])


def correct(clerk: Workspace, home: str, name: str, text: str) -> None:
    clerk.households.correct(home, "households", home, name, text, "县里名单")


def ordinary(clerk: Workspace) -> list[WorkRow]:
    return rows(clerk, kinds=frozenset({"ordinary"}))


@pytest.mark.requirement("A030")
def test_a_household_helped_at_once_is_visited_like_one_out_of_poverty(clerk: Workspace) -> None:
    home = next(row for row in ordinary(clerk) if row.required == 0)
    before, held = count(clerk, "instant_help"), count(clerk, "policy_held")
    correct(clerk, home.household_id, "instant_help", "是")
    after = count(clerk, "instant_help")
    assert (after.households, after.persons) == (before.households + 1, before.persons + home.member_count)
    assert count(clerk, "policy_held").households == held.households + 1
    (row,) = rows(clerk, "instant_help")
    assert (row.household_id, row.required, row.household_type) == (home.household_id, 6, "一般农户")
    assert row.due_state != "unscheduled"


@pytest.mark.requirement("A032")
def test_households_in_the_allowance_are_watched_and_visited_where_the_county_says(
    world: World, clerk: Workspace
) -> None:
    home = next(row for row in ordinary(clerk) if row.required == 0).household_id
    years = (resources_dir() / "policy" / "years.toml").read_text("utf-8")
    rule = '[[policy.by]]\nfor = "low_income_allowance"\nper_year = 4\ninterval_months = 3\nremote_counts = false\n'
    head, tail = years.split("# 按类别另定次数", 1)
    publish_policy(world.county, [("years.toml", f"{head}{rule}# {tail}")])
    county_says(world.county, "households", home, home, low_income_allowance=True)
    clerk.sync.run()
    assert home in [row.household_id for row in rows(clerk, "watched")]
    row = next(row for row in rows(clerk, "low_income_allowance") if row.household_id == home)
    assert (row.required, row.monitor) == (4, "")


@pytest.mark.requirement("A033")
def test_low_income_is_a_layer_of_its_own_with_kinds_that_overlap(clerk: Workspace) -> None:
    homes = [row.household_id for row in ordinary(clerk)[:2]]
    correct(clerk, homes[0], "spending_hardship", "是")
    correct(clerk, homes[0], "other_low_income", "是")
    correct(clerk, homes[1], "other_low_income", "是")
    layer = next(axis for axis in clerk.worklist.groups() if axis.zh == "低收入人口")
    assert [group.zh for group in layer.groups] == [
        *("低收入人口（合计）", "低保对象", "特困人员", "易返贫致贫人口", "支出型困难", "其他低收入")
    ]
    total, *kinds = layer.groups
    assert {row.household_id for row in rows(clerk, "low_income")} >= set(homes)
    assert (
        len(rows(clerk, *(kind.name for kind in kinds)))
        == total.households
        < sum(k.households for k in kinds)
    )
    assert all(group.households == len(rows(clerk, group.name)) for group in layer.groups)


@pytest.mark.requirement("A034")
def test_residents_of_a_resettlement_area_stay_in_the_list_after_they_turned_urban(clerk: Workspace) -> None:
    home = ordinary(clerk)[0].household_id
    correct(clerk, home, "resettlement", "幸福家园安置区")
    correct(clerk, home, "turned_urban", "是")
    assert home in [row.household_id for row in rows(clerk, "resettlement")]
    assert count(clerk, "relocated").households == len(rows(clerk, "relocated"))


@pytest.mark.requirement("A037")
def test_the_four_groups_of_the_housing_patrol_are_found_each_and_together(clerk: Workspace) -> None:
    axis = next(axis for axis in clerk.worklist.groups() if axis.zh == "住房四类重点对象")
    total, *four = axis.groups
    assert [group.zh for group in four] == ["已脱贫户", "低保户", "农村分散供养特困人员", "困难残疾人家庭"]
    found = {row.household_id for group in four for row in rows(clerk, group.name)}
    assert found == {row.household_id for row in rows(clerk, total.name)}
    assert total.households == len(found) > 0
    assert {row.household_type for row in rows(clerk, "housing_out_of_poverty")} == {"脱贫户"}


@pytest.mark.requirement("A039")
def test_deep_hardship_is_flagged_person_by_person(clerk: Workspace) -> None:
    home = ordinary(clerk)[0].household_id
    person = clerk.households.file(home).members[0].id
    before = {name: count(clerk, name) for name in ("no_self_care", "nobody_supports", "deep_hardship")}
    clerk.households.correct(home, "persons", person, "self_care", "unable", "入户看到")
    correct(clerk, home, "nobody_supports", "是")
    care = count(clerk, "no_self_care")
    assert (care.households, care.persons) == (
        before["no_self_care"].households + 1,
        before["no_self_care"].persons + 1,
    )
    assert count(clerk, "nobody_supports").households == before["nobody_supports"].households + 1
    assert home in [row.household_id for row in rows(clerk, "deep_hardship", kinds=frozenset({"ordinary"}))]


@pytest.mark.requirement("A041")
def test_two_ledgers_by_the_countys_lines_of_the_year_of_the_income(
    world: World, clerk: Workspace, tmp_path: Path
) -> None:
    year = clerk.ledgers.years()[0]
    unset = clerk.ledgers.open("low_listed", year)
    assert unset.rows == ()
    assert "还没有定" in unset.note_zh
    rules = (resources_dir() / "policy" / "rules.toml").read_text("utf-8")
    lines = f'[[preset]]\nid = "own"\nzh = "本县"\nen = "own"\nfrom = "{year}-01-01"\nto = "{year}-12-31"\n[preset.values]\n'
    lines += "line_listed = 14000\nline_other = 26000.5\n"
    publish_policy(world.county, [("rules.toml", rules.replace('use = ["', 'use = ["own", "') + lines)])
    clerk.sync.run()
    listed, other = clerk.ledgers.open("low_listed", year), clerk.ledgers.open("below_line", year)
    for ledger, line, out in ((listed, 14000, True), (other, 26000.5, False)):
        assert ledger.rows
        wanted = {home for home, income in incomes(clerk, year).items() if income < line}
        kinds = {r.household_id: r.household_type for r in rows(clerk)}
        assert {row.household_id for row in ledger.rows} == {
            home for home in wanted if (kinds[home] == "脱贫户") == out
        }
        assert all(float(row.cells[8]) + float(row.cells[9]) == pytest.approx(line) for row in ledger.rows)
    path = tmp_path / "低收入脱贫户.xlsx"
    assert clerk.ledgers.save("low_listed", year, path, id_format="masked", purpose="报县专班") == len(
        listed.rows
    )
    assert path.read_bytes()[:2] == b"PK"


def incomes(clerk: Workspace, year: int) -> dict[str, float]:
    """Return the income a head of a year of every household that has one."""
    found = {}
    for row in rows(clerk):
        for income in clerk.households.file(row.household_id).incomes:
            if income.year == year and income.per_capita is not None:
                found[row.household_id] = float(income.per_capita)
    return found
