"""Rows of the table that a cadre sees in a visit: how it was made, what it found, what was solved, what follows."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from fieldapp.county.tables import LineRow
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import LeadRow
from tests.county.world import rows_of
from tests.services.asking import answer, finished, first, row_of, visit_line
from tests.services.forms import fill_required
from tests.services.world import World


def told(world: World, visit_id: str) -> dict[str, list[str]]:
    """Return the answers that arrived at the county with a visit, by question."""
    (line,) = [row for row in rows_of(world.county, LineRow) if row.record_id == visit_id]
    answers: dict[str, list[str]] = {}
    for leaf in etree.fromstring(json.loads(line.raw)["body"]["xml"].encode()).iter("*"):
        if leaf.text and leaf.text.strip():
            answers.setdefault(etree.QName(leaf).localname, []).append(leaf.text)
    return answers


@pytest.mark.requirement("A064", "A065")
@pytest.mark.parametrize("mode", ["door", "phone", "wechat", "sms"])
def test_a_visit_counts_whichever_way_it_was_made(clerk: Workspace, mode: str) -> None:
    home = first(clerk)
    before = row_of(clerk, home)
    visit_id = finished(clerk, home, how__mode=mode)
    after = row_of(clerk, home)
    assert visit_line(clerk, home, visit_id).visit.mode == mode
    assert (after.done, after.last_visit) == (before.done + 1, "2026-11-22")


@pytest.mark.requirement("A063", "A075")
def test_what_was_mended_on_the_spot_is_told_and_leaves_no_problem(world: World, clerk: Workspace) -> None:
    home = first(clerk)
    issues = clerk.households.file(home).issues
    visit_id = finished(
        clerk, home, help__requests="水龙头漏水", help__request_open="no", help__solved="当场换了水龙头"
    )
    visit = visit_line(clerk, home, visit_id).visit
    assert (visit.get("requests"), visit.get("solved")) == ("水龙头漏水", "当场换了水龙头")
    assert clerk.households.file(home).issues == issues
    clerk.sync.run()
    assert told(world, visit_id)["solved"] == ["当场换了水龙头"]


@pytest.mark.requirement("A062", "A081")
def test_a_visit_finds_causes_counts_income_and_expenses_and_looks_at_the_guarantees(
    world: World, clerk: Workspace
) -> None:
    home = first(clerk)
    draft = clerk.visits.start(home, "onsite")
    answer(draft, state__changes="health income", state__change_note="户主住院，停工两个月")
    for name in ("food", "clothes", "housing", "schooling", "medical"):
        answer(draft, **{f"state__{name}_ok": "yes"})
    answer(draft, state__water_ok="no", state__water_problem="supply", state__water_note="隔天停水")
    answer(draft, state__income_trend="down", help__requests="想找份零工", help__request_open="yes")
    expense = draft.session.add_repeat("/data/expenses")
    draft.session.set(f"{expense}/expense_item", "住院")
    draft.session.set(f"{expense}/expense_amount", "3260.50")
    fill_required(draft.session, {})
    visit_id = clerk.visits.finish(draft)
    file = clerk.households.file(home)
    known = {name: file.household.get(f"{name}_ok") for name in ("food", "clothes", "housing", "water")}
    assert known == {"food": True, "clothes": True, "housing": True, "water": False}
    assert (file.household.get("schooling_ok"), file.household.get("medical_ok")) == (True, True)
    assert file.household.get("income_trend") == "down"
    assert {"隔天停水", "想找份零工"} <= {issue.description for issue in file.issues}
    assert visit_line(clerk, home, visit_id).visit.get("changes") == ["health", "income"]
    clerk.sync.run()
    answers = told(world, visit_id)
    assert (answers["expense_item"], answers["expense_amount"]) == (["住院"], ["3260.50"])


@pytest.mark.requirement("A144")
@pytest.mark.parametrize("trouble", ["quality", "quantity", "distance", "supply"])
def test_water_is_told_by_quality_quantity_distance_and_supply(
    world: World, clerk: Workspace, trouble: str
) -> None:
    home = first(clerk)
    visit_id = finished(
        clerk, home, state__water_ok="no", state__water_problem=trouble, state__water_note="见说明"
    )
    (issue,) = [one for one in clerk.households.file(home).issues if one.description == "见说明"]
    assert issue.kind == "water"
    clerk.sync.run()
    assert told(world, visit_id)["water_problem"] == [trouble]


@pytest.mark.requirement("A049")
def test_a_risk_that_a_visit_finds_is_a_lead_with_its_source_and_state(
    world: World, clerk: Workspace
) -> None:
    home = first(clerk)
    finished(clerk, home, help__lead_needed="yes", help__lead_situation="大病，自付三万多")
    (lead,) = [one for one in clerk.households.file(home).leads if one.situation == "大病，自付三万多"]
    assert (lead.source, lead.state, lead.found_on) == ("visit", "open", "2026-11-22")
    clerk.sync.run()
    (row,) = rows_of(world.county, LeadRow, household_id=home, situation="大病，自付三万多")
    assert (row.id, row.source, row.state) == (lead.id, "visit", "open")
