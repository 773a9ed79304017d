"""Rows of the table about offices: the town checks and hands up lists, the county reviews, sets parameters and reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.resources import resources_dir
from fieldapp.county.feed import Touch, publish
from fieldapp.county.publishing import publish_policy
from fieldapp.county.setup import County
from fieldapp.county.tables import table_of
from fieldapp.services.printing import PrintOrder
from fieldapp.services.workspace import Workspace
from fieldapp.tables.proceedings import InspectionRow
from fieldapp.tables.register import StaffRow
from tests.county.world import rows_of
from tests.services.asking import homes
from tests.services.world import CODE, World
from tests.sheets.reading import all_text

_NAME = "2026年11月低收入脱贫户名单"


def office(world: World, role: str, area_code: str, name: str) -> Workspace:
    """Employ somebody in an office and enrol a laptop for him or her."""
    employ(world.county, role, area_code, name)
    return world.enrolled(role, f"{role}-1")


def employ(county: County, role: str, area_code: str, name: str) -> None:
    row = {"county_code": county.code, "id": f"{role}-1", "name": name, "role": role, "area_code": area_code}
    with county.database.write() as connection:
        connection.execute(table_of(StaffRow).insert().values(unit_name="", phone="", post="", **row))
        publish(county.database, connection, county.code, [Touch("staff", f"{role}-1")])


def publish_lines(world: World, year: int) -> None:
    """Set the county's lines of a year."""
    rules = (resources_dir() / "policy" / "rules.toml").read_text("utf-8")
    own = f'[[preset]]\nid = "own"\nzh = "本县"\nen = "own"\nfrom = "{year}-01-01"\nto = "{year}-12-31"\n'
    lines = "[preset.values]\nline_listed = 14000\nline_other = 26000\n"
    publish_policy(world.county, [("rules.toml", rules.replace('use = ["', 'use = ["own", "') + own + lines)])


@pytest.mark.requirement("A008")
def test_the_town_checks_a_list_by_itself_and_hands_it_up_to_the_county(world: World) -> None:
    town = office(world, "town", f"{CODE}100", "赵镇长")
    seen = homes(town)
    assert len({town.households.file(home).household.area_code for home in seen}) > 1, "several villages"
    some = seen[:6]
    town.households.correct(some[0], "households", some[0], "house_year", "2090", "录入试错")
    done = town.submissions.submit(_NAME, some)
    assert (done.round, done.clean + done.faulty) == (1, 6)
    ledger = town.ledgers.open("submitted")
    heads = [column.zh for column in ledger.columns]
    lines = {
        row.household_id: dict(zip(heads, row.cells, strict=True))
        for row in ledger.rows
        if _NAME in row.cells
    }
    assert set(lines) == set(some)
    assert {line["级别"] for line in lines.values()} == {"乡级自查评估"}
    faulty = [line for line in lines.values() if line["自查结论"] == "有问题待整改"]
    assert len(faulty) == done.faulty
    assert all(line["发现的问题"] for line in faulty)
    town.sync.run()
    rows = [row for row in rows_of(world.county, InspectionRow) if row.campaign == _NAME]
    assert {row.household_id for row in rows} == set(some)
    assert town.sync.status().unsent == 0
    again = town.submissions.submit(_NAME, some[:2])
    assert again.round == 2
    assert town.submissions.withdraw(again) == 2
    assert len([row for row in town.ledgers.open("submitted").rows if _NAME in row.cells]) == 6


@pytest.mark.requirement("A009")
def test_the_county_sets_the_lines_reviews_what_was_handed_up_and_reports(
    world: World, tmp_path: Path
) -> None:
    town = office(world, "town", f"{CODE}100", "赵镇长")
    year = town.ledgers.years()[0]
    publish_lines(world, year)
    town.sync.run()
    low = [row.household_id for row in town.ledgers.open("low_listed", year).rows]
    assert low
    town.submissions.submit(_NAME, low)
    town.sync.run()
    county = office(world, "county", CODE, "李主任")
    handed = {row.household_id for row in county.ledgers.open("submitted").rows if _NAME in row.cells}
    assert handed == set(low)
    assert county.submissions.submit(f"县级复核：{_NAME}", low[:1]).round == 1
    county.sync.run()
    (review,) = [row for row in rows_of(world.county, InspectionRow) if row.campaign.startswith("县级复核")]
    assert (review.household_id, review.properties["level"]) == (low[0], "county")
    path = tmp_path / "报表.xlsx"
    assert county.ledgers.save("submitted", None, path, id_format="masked", purpose="月报") >= len(low)
    (sheet,) = county.printing.make(PrintOrder("figures", tuple(homes(county))))
    text = all_text(sheet.pdf)
    assert f"{len(low)}户（线14,000元）" in text
    assert "一口清" in text


def test_a_helper_hands_up_no_list(helper: Workspace) -> None:
    assert not helper.submissions.allowed()
    with pytest.raises(KnownError) as refused:
        helper.submissions.submit(_NAME, homes(helper)[:1])
    assert refused.value.code == "SUBMIT-001"


def test_a_list_needs_a_name_and_somebody_on_it(clerk: Workspace) -> None:
    for name, some in (("  ", homes(clerk)[:1]), (_NAME, [])):
        with pytest.raises(KnownError) as refused:
            clerk.submissions.submit(name, some)
        assert refused.value.code == "SUBMIT-002"
