"""Rows of the table that the county sets as values with days: what they find in the register, before and after they are set."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.county.import_checks import checked_lines
from fieldapp.county.publishing import publish_policy, publish_shipped_forms
from fieldapp.register.entities import Household
from fieldapp.services.workspace import Workspace
from tests.requirements.test_shown_by_checks import income, put, said
from tests.services.asking import homes, value
from tests.services.world import World

_RULES = Path(__file__).parents[2] / "resources" / "policy" / "rules.toml"


def set_values(world: World, clerk: Workspace, **values: object) -> None:
    """Publish values of the county that hold from the middle of the year on; a new day is a new preset."""
    lines = "\n".join(
        f"{name} = {value if not isinstance(value, str) else f'{value!r}'}" for name, value in values.items()
    )
    own = f'[[preset]]\nid = "own"\nzh = "本县"\nen = "Ours"\nfrom = "2026-06-01"\nsource = ""\n[preset.values]\n{lines}\n'
    text = _RULES.read_text("utf-8").replace('use = ["', 'use = ["own", "')
    publish_policy(world.county, [("rules.toml", text + own)])
    clerk.sync.run()


def home_of(clerk: Workspace, household_type: str) -> str:
    """Return a household of a type that is not at risk now."""
    for id in homes(clerk):
        household = clerk.households.file(id).household
        if household.household_type == household_type and not household.monitor_kind:
            return id
    raise AssertionError(household_type)


@pytest.mark.requirement("A120", "A121", "A122")
def test_incomes_are_held_against_the_lines_of_the_county_by_kind_of_household(
    world: World, clerk: Workspace
) -> None:
    listed, other = home_of(clerk, "out_of_poverty"), home_of(clerk, "ordinary")
    for home in (listed, other):
        income(clerk, home, per_capita="4200")
    assert not {"listed-below-its-line", "ordinary-below-its-line"} & (
        said(clerk, listed) | said(clerk, other)
    )
    set_values(world, clerk, line_listed=4000, line_other=5000, line_stable=4500, line_stable_day="06-30")
    assert "listed-below-its-line" not in said(clerk, listed)
    assert "ordinary-below-its-line" in said(clerk, other)
    put(clerk, listed, "incomes", "income-now", year=clerk.today().year, per_capita="3900")
    assert {"listed-below-its-line", "below-the-stable-line-after-its-day"} <= said(clerk, listed)


@pytest.mark.requirement("A123", "A143")
def test_who_is_below_the_monitoring_line_or_the_allowance_is_told_once_the_county_has_set_them(
    world: World, clerk: Workspace
) -> None:
    home = home_of(clerk, "ordinary")
    put(clerk, home, Household.LIST, home, low_income_allowance=False, extreme_hardship=False)
    income(clerk, home, per_capita="5100")
    assert not {"below-the-monitoring-line", "below-the-allowance-standard"} & said(clerk, home)
    set_values(world, clerk, line_monitoring=6700, allowance_standard=5160)
    assert {"below-the-monitoring-line", "below-the-allowance-standard"} <= said(clerk, home)
    put(clerk, home, Household.LIST, home, monitor_kind="marginal", low_income_allowance=True)
    assert not {"below-the-monitoring-line", "below-the-allowance-standard"} & said(clerk, home)


@pytest.mark.requirement("A130", "A139")
def test_school_age_and_the_share_of_a_hospital_bill_are_the_countys(world: World, clerk: Workspace) -> None:
    home = home_of(clerk, "out_of_poverty")
    person = clerk.households.file(home).members[0]
    put(
        clerk,
        home,
        "persons",
        person.id,
        birth_date=f"{clerk.today().year - 16}-01-05",
        school_state=None,
        dropout_reason=None,
        education="primary",
        reimbursed="75",
    )
    assert not {"school-age-not-at-school", "reimbursed-less-than-promised"} & said(clerk, home)
    set_values(world, clerk, school_age=[6, 16], hospital_share=90)
    assert {"school-age-not-at-school", "reimbursed-less-than-promised"} <= said(clerk, home)


@pytest.mark.requirement("A137", "A142", "A145")
def test_work_for_each_household_renewal_by_its_day_and_a_skill_for_each_labourer(
    world: World, clerk: Workspace
) -> None:
    home = home_of(clerk, "out_of_poverty")
    for person in clerk.households.file(home).members:
        put(clerk, home, "persons", person.id, birth_date="1985-03-01", labour="none", work_months=None)
    for number, months in enumerate((6, None)):
        facts: dict[str, str | int | None] = {
            "name": "张三",
            "birth_date": "1985-03-01",
            "labour": "ordinary",
        }
        put(clerk, home, "persons", f"able-{number}", **facts, education="junior", work_months=months)
    put(clerk, home, "dwellings", "old", name="老屋", grade="D", usage="lived_in", renewal_stage="begun")
    wanted = {"fewer-at-work-than-wanted", "unsafe-house-after-the-day-priority", "no-skill-written-down"}
    assert not wanted & said(clerk, home)
    set_values(world, clerk, employed_each=2, housing_day_listed="10-31", skills_each=[1, 2])
    assert wanted <= said(clerk, home)


def test_the_report_of_an_import_stands_on_what_the_county_has_published(
    world: World, clerk: Workspace
) -> None:
    county, everyone, line = world.county, homes(clerk), "低于年度监测线"
    assert not [row for row in checked_lines(county, everyone) if line in row[5]]
    set_values(world, clerk, line_monitoring=999_999)
    assert [row for row in checked_lines(county, everyone) if line in row[5]]


@pytest.mark.requirement("A012")
def test_a_problem_and_its_task_name_the_unit_that_the_county_lets_lead_in_its_kind(
    world: World, clerk: Workspace
) -> None:
    publish_shipped_forms(world.county)
    set_values(world, clerk, lead_unit_water="县水利局", lead_unit_housing="县住建局")
    home = homes(clerk)[0]
    draft = clerk.visits.start_form(home, "issue")
    for question, answer in (
        ("description", "一直缺水"),
        ("kind", "housing"),
        ("owner_unit", "双庙乡供水站"),
    ):
        draft.session.set(f"/data/issues[1]/{question}", answer)
    assert value(draft, "/data/issues[1]/lead_unit") == "县住建局"
    draft.session.set("/data/issues[1]/kind", "water")
    assert value(draft, "/data/issues[1]/lead_unit") == "县水利局"
    put(
        clerk,
        home,
        "issues",
        "told-by-a-visit",
        description="管道坏了",
        kind="water",
        state="open",
        deadline="2026-12-31",
    )
    units = {task.title: task.lead_unit for task in clerk.tasks.open() if task.is_issue}
    assert units["管道坏了"] == "县水利局"
