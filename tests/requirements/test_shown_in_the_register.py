"""Rows of the table that a cadre sees in the register: categories, flags, risks, and the county's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.county.importing import import_register_book
from fieldapp.county.publishing import publish_policy
from fieldapp.services.printing import PrintOrder
from fieldapp.services.worklist import WorkFilter, WorkRow
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import HouseholdRow, PersonRow
from tests.county.test_importing import workbook
from tests.county.world import rows_of
from tests.services.asking import finished, first, homes, row_of
from tests.services.world import World
from tests.sheets.reading import all_text

_COLUMNS = (
    *("县", "乡", "村", "户编号", "人口编号", "姓名", "证件号码", "与户主关系", "户类型"),
    *("监测对象类别", "识别监测时间", "风险是否已消除", "致贫返贫风险1"),
)


def rows(workspace: Workspace, *kinds: str) -> list[WorkRow]:
    return workspace.worklist.rows(workspace.worklist.ids(WorkFilter(kinds=frozenset(kinds))))


@pytest.mark.requirement("A025")
def test_households_and_persons_out_of_poverty_are_as_many_as_the_county_has(
    offline: World, clerk: Workspace
) -> None:
    mine = rows(clerk, "out_of_poverty")
    theirs = rows_of(
        offline.county,
        HouseholdRow,
        household_type="out_of_poverty",
        area_code=clerk.person.area_code,
        status="active",
    )
    persons = [
        row
        for home in theirs
        for row in rows_of(offline.county, PersonRow, household_id=home.id, status="active")
    ]
    assert {row.household_type for row in mine} == {"脱贫户"}
    assert (len(mine), sum(row.member_count for row in mine)) == (len(theirs), len(persons))
    assert len(mine) >= 10


@pytest.mark.requirement("A035")
def test_an_ordinary_household_is_in_the_register_and_is_visited_like_any_other(clerk: Workspace) -> None:
    ordinary = rows(clerk, "ordinary")
    assert len(ordinary) >= 10
    home = ordinary[0].household_id
    assert clerk.households.file(home).members
    visit_id = finished(clerk, home)
    assert clerk.households.file(home).visits[0].visit.id == visit_id
    assert row_of(clerk, home).due_state == "unscheduled"


@pytest.mark.requirement("A036")
def test_allowance_and_hardship_are_flags_of_the_household_and_of_its_members(clerk: Workspace) -> None:
    for flag in ("low_income_allowance", "extreme_hardship"):
        files = [clerk.households.file(home) for home in homes(clerk)]
        flagged = [file for file in files if file.household.get(flag)]
        assert flagged, flag
        for file in files:
            assert bool(file.household.get(flag)) == any(person.get(flag) for person in file.members)


@pytest.mark.requirement("A061")
def test_whoever_left_poverty_has_the_year_of_it_on_the_page_and_on_paper(clerk: Workspace) -> None:
    some = [row.household_id for row in rows(clerk, "out_of_poverty")]
    years = {home: clerk.households.file(home).household.get("out_of_poverty_year") for home in some}
    assert all(isinstance(year, int) and 2014 <= year <= 2020 for year in years.values())
    (sheet,) = clerk.printing.make(PrintOrder("file", (some[0],)))
    assert f"脱贫年度{years[some[0]]}" in all_text(sheet.pdf)


@pytest.mark.requirement("A028", "A029", "A040")
def test_the_three_kinds_of_monitored_household_and_their_risks_come_with_an_import(
    world: World, clerk: Workspace, tmp_path: Path
) -> None:
    told = {
        "H901": ("脱贫户", "脱贫不稳定户", "因病"),
        "H902": ("一般农户", "边缘易致贫户", "因学"),
        "H903": ("一般农户", "突发严重困难户", "因自然灾害"),
    }
    file = clerk.households.file(first(clerk))
    place = (clerk.county_name.removesuffix("（测试）"), file.town_name, file.village_name)
    people = [
        (*place, house, f"{house}1", "赵某", "", "户主", kind, monitored, "202605", "否", risk)
        for house, (kind, monitored, risk) in told.items()
    ]
    book = workbook(tmp_path / "监测.xlsx", {"（自定义）监测对象信息": [_COLUMNS, *people]})
    report = import_register_book(world.county, book)
    assert report.lists["households"].new == 3
    clerk.sync.run()
    listed = {row.house_no: row for row in rows(clerk, "monitored") if row.house_no in told}
    assert {house: row.monitor for house, row in listed.items()} == {h: m for h, (_, m, _) in told.items()}
    assert {row.house_no for row in rows(clerk, "out_of_poverty")} & set(told) == {"H901"}
    risks = {h: clerk.households.file(row.household_id).household.get("risks") for h, row in listed.items()}
    assert risks == {"H901": ["illness"], "H902": ["study"], "H903": ["disaster"]}


@pytest.mark.requirement("A123", "A127")
def test_a_county_sets_line_and_visits_by_year_without_a_new_program(world: World, clerk: Workspace) -> None:
    years = """
[[policy]]
from_year = 2026
name_zh = "本县 2026"
source = "县里定的"
visits = { per_year = 4, interval_months = 3, remote_counts = true }
[[policy]]
from_year = 2025
name_zh = "本县 2025"
source = "县里定的"
income_line = 7855
visits = { per_year = 6, interval_months = 2, remote_counts = true }
"""
    home = next(row.household_id for row in rows(clerk, "out_of_poverty") if not row.absent)
    before = clerk.households.file(home).due
    publish_policy(world.county, [("years.toml", years)])
    clerk.sync.run()
    assert (before.required, clerk.households.file(home).due.required) == (6, 4)
    (sheet,) = clerk.printing.make(PrintOrder("file", (home,)))
    assert "7,855" in all_text(sheet.pdf)
