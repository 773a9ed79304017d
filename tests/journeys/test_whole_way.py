"""Four visits go the whole way: form, vault, batch, county, receipt, and back into the register of every laptop."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from fieldapp.county.publishing import publish_policy
from fieldapp.county.tables import BatchRow, CounterRow, LineRow, RecordRow
from fieldapp.demo.visits import PLANTED_NAME, SCRIPTS, run_visit
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import IssueRow, PersonRow, VisitRow
from tests.county.world import rows_of
from tests.journeys.comparing import difference, holdings_of_county, holdings_of_laptop
from tests.services.asking import finished, first, homes, visit_line
from tests.services.world import World

pytestmark = pytest.mark.journey


def four_visits(workspace: Workspace) -> dict[str, tuple[str, str]]:
    """Make the scripted visits, each to another household of two or more; return (household, visit) by title."""
    some = [home for home in homes(workspace) if len(workspace.households.file(home).members) >= 2]
    return {
        script.title: (home, run_visit(workspace.visits, home, script, workspace.today()))
        for script, home in zip(SCRIPTS, some, strict=False)
    }


def test_before_anything_is_written_laptops_and_county_hold_the_same(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    assert difference(world.county, clerk) == []
    assert difference(world.county, helper) == []
    assert sum(h.count for (_, name), h in holdings_of_laptop(clerk).items() if name == "persons") >= 100


def test_the_comparison_notices_a_single_fact(world: World, clerk: Workspace) -> None:
    home = first(clerk)
    clerk.households.correct(home, "households", home, "phone", "13812345678", "更正")
    (told,) = difference(world.county, clerk)
    assert "households" in told
    clerk.sync.run()
    assert difference(world.county, clerk) == []


def test_four_visits_reach_the_county_and_their_receipts_come_back(world: World, clerk: Workspace) -> None:
    visits = four_visits(clerk)
    assert {visit_line(clerk, *ids).ladder for ids in visits.values()} == {"saved"}
    report = clerk.sync.run()
    for home, visit_id in visits.values():
        line = visit_line(clerk, home, visit_id)
        assert (line.ladder, bool(line.receipt_at)) == ("received", True)
    outcomes: Counter[str] = Counter()
    for batch in report.batches:
        outcomes.update(batch.outcomes)
    assert outcomes["stored"] == 4
    assert set(outcomes) == {"stored", "applied"}
    assert clerk.sync.status().unsent == 0
    assert difference(world.county, clerk) == []


def test_the_county_has_each_visit_as_it_was_told(world: World, clerk: Workspace) -> None:
    visits = four_visits(clerk)
    clerk.sync.run()
    told = {row.id: row for row in rows_of(world.county, VisitRow)}
    door, phone, nobody, paper = (told[visits[t][1]] for t in ("door", "phone", "nobody", "paper"))
    assert (door.mode, door.outcome, door.source) == ("door", "met", "onsite")
    assert (phone.mode, phone.outcome, phone.source) == ("phone", "met", "remote")
    assert (nobody.outcome, nobody.source) == ("nobody", "onsite")
    assert (paper.source, paper.visit_date, paper.entered_at) == (
        "paper",
        "2026-11-10",
        "2026-11-22T02:00:00Z",
    )
    assert {row.visitor_name for row in (door, phone, nobody, paper)} == {clerk.person.name}
    kinds = {row.id: row.kind for row in rows_of(world.county, RecordRow)}
    assert all(kinds[visit_id] == "visit" for _, visit_id in visits.values())


def test_what_follows_from_an_answer_is_there_once_whoever_made_it_first(
    world: World, clerk: Workspace
) -> None:
    home, visit_id = four_visits(clerk)["door"]
    mine = {issue.id for issue in clerk.households.file(home).issues if issue.found_on == "2026-11-22"}
    assert len(mine) == 2  # no water, and a request to be followed up
    clerk.sync.run()
    county = [
        row.id for row in rows_of(world.county, IssueRow, household_id=home) if row.found_on == "2026-11-22"
    ]
    assert sorted(county) == sorted(mine)
    assert {
        issue.id for issue in clerk.households.file(home).issues if issue.found_on == "2026-11-22"
    } == mine
    assert visit_line(clerk, home, visit_id).facts_changed > 2


def test_the_countys_own_rules_hold_on_the_laptop_too(world: World, clerk: Workspace) -> None:
    """A county that publishes other effect rules: both sides derive the same records from them."""
    rule = '[[rule]]\nid = "county-moved"\nform = "visit"\nwhen = "changes"\nequals = "disaster"\nlist = "leads"\n'
    rule += 'set = { source = "visit", situation = "$change_note", found_on = "$visit_date" }\n'
    publish_policy(world.county, [("effects/visit.toml", rule)])
    clerk.sync.run()
    home = first(clerk)
    finished(
        clerk,
        home,
        state__changes="disaster",
        state__change_note="大风掀了屋顶",
        state__housing_ok="no",
        state__housing_note="漏",
    )
    leads = [lead for lead in clerk.households.file(home).leads if lead.situation == "大风掀了屋顶"]
    assert len(leads) == 1
    assert not [i for i in clerk.households.file(home).issues if i.description == "漏"]
    clerk.sync.run()
    assert difference(world.county, clerk) == []


def test_the_child_that_was_born_is_in_the_register_of_both(world: World, clerk: Workspace) -> None:
    home, _ = four_visits(clerk)["door"]
    clerk.sync.run()
    (child,) = rows_of(world.county, PersonRow, name=PLANTED_NAME)
    assert (child.household_id, child.relationship, child.birth_date) == (home, "granddaughter", "2026-10-08")
    assert child.id in {person.id for person in clerk.households.file(home).members}


def test_a_second_sync_changes_nothing_anywhere(world: World, clerk: Workspace) -> None:
    four_visits(clerk)
    clerk.sync.run()
    laptop, county = holdings_of_laptop(clerk), holdings_of_county(world.county, homes(clerk))
    counters = rows_of(world.county, CounterRow)
    report = clerk.sync.run()
    assert (report.batches, report.pulled) == ((), 0)
    assert holdings_of_laptop(clerk) == laptop
    assert holdings_of_county(world.county, homes(clerk)) == county
    assert rows_of(world.county, CounterRow) == counters
    assert len(rows_of(world.county, BatchRow)) == 1


def test_every_line_the_county_keeps_is_one_record_of_the_laptop(world: World, clerk: Workspace) -> None:
    four_visits(clerk)
    report = clerk.sync.run()
    lines = [row.record_id for row in rows_of(world.county, LineRow)]
    (batch,) = report.batches
    records = clerk._store.records_of_batch(batch.id)
    assert sorted(lines) == sorted(record.id for record in records)
    assert len(set(lines)) == len(lines) == batch.records


def test_a_year_typed_in_from_paper_is_a_year_of_visits(world: World, clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if len(clerk.households.file(h).members) >= 2)
    before = len(clerk.households.file(home).visits)
    days = [date(2026, month, 15) for month in (9, 3, 7, 1, 5, 10)]
    for day in days:
        draft = clerk.visits.start(home, "paper", day)
        draft.session.set("/data/how/outcome", "nobody")
        clerk.visits.finish(draft)
    clerk.sync.run()
    lines = clerk.households.file(home).visits
    assert len(lines) == before + 6
    back = [
        line.visit
        for line in lines
        if line.visit.source == "paper" and line.visit.entered_at.startswith("2026-11-22")
    ]
    assert [visit.visit_date for visit in back] == sorted((day.isoformat() for day in days), reverse=True)
    assert difference(world.county, clerk) == []
