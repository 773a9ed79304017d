"""Two cadres, one household: facts merge one by one, conflicts keep both, and everybody sees only the own part."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fieldapp.common.clock import FixedClock
from fieldapp.county.tables import CaseRow
from fieldapp.demo.visits import SCRIPTS, run_visit
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from fieldapp.sync import pulling
from fieldapp.tables.register import HouseholdRow, PersonRow
from tests.county.world import rows_of
from tests.exchange.foreign.test_foreign import book
from tests.journeys.comparing import difference
from tests.services.asking import finished, first, homes, nobody_home, visit_line
from tests.services.forms import fill_required
from tests.services.test_foreign_sheets import accept_all, order_of
from tests.services.world import PASSWORD, World, allotted, cadres

pytestmark = pytest.mark.journey


def synced(*workspaces: Workspace) -> None:
    for workspace in workspaces:
        workspace.sync.run()


def fact(workspace: Workspace, home: str, name: str) -> object:
    return workspace.households.file(home).household.get(name)


def origin(workspace: Workspace, home: str, name: str) -> tuple[str, str | None, str]:
    told = workspace.households.file(home).facts["households", home, name]
    return told.since[:10], told.visit_id, told.author_name


def outcomes(workspace: Workspace) -> set[str]:
    return {status for batch in workspace.sync.batches() for status in batch.outcomes}


def confirmed(clerk: Workspace, *others: Workspace) -> None:
    """The clerk confirms everything that waits, and all laptops hear of it."""
    waiting = clerk.proposals.waiting()
    assert waiting, "something waits for the clerk"
    assert clerk.proposals.confirm([line.id for line in waiting]).left == ()
    synced(clerk, *others)


def test_different_facts_of_one_household_merge(world: World, clerk: Workspace, helper: Workspace) -> None:
    home = first(helper)
    helper.households.correct(home, "households", home, "phone", "13900000001", "换号")
    clerk.households.correct(home, "households", home, "door_no", "12 号", "门牌更换")
    synced(helper, clerk, helper)
    for workspace in (helper, clerk):
        assert fact(workspace, home, "phone") == "13900000001"
        assert fact(workspace, home, "door_no") == "12 号"
        assert difference(world.county, workspace) == []
    assert outcomes(clerk) == {"merged"}
    assert rows_of(world.county, CaseRow) == []


def test_the_same_fact_changed_twice_is_a_case_that_keeps_both_values(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    home = first(helper)
    was = fact(helper, home, "phone")
    helper.households.correct(home, "households", home, "phone", "13900000001", "换号")
    clerk.households.correct(home, "households", home, "phone", "13900000002", "换号")
    synced(helper, clerk, helper)
    (case,) = rows_of(world.county, CaseRow)
    assert (case.kept, case.offered, case.state, case.name) == ("13900000001", "13900000002", "open", "phone")
    assert fact(clerk, home, "phone") == fact(helper, home, "phone") == "13900000001"
    told = [line.value for line in clerk.households.history("households", home, "phone")]
    assert told[:2] == ["13900000001", "13900000002"]
    assert clerk.households.history("households", home, "phone")[-1].before == was
    assert difference(world.county, clerk) == []


def test_both_saying_the_same_is_no_conflict(world: World, clerk: Workspace, helper: Workspace) -> None:
    home = first(helper)
    for workspace in (helper, clerk):
        workspace.households.correct(home, "households", home, "phone", "13900000001", "换号")
    synced(helper, clerk)
    assert rows_of(world.county, CaseRow) == []
    assert outcomes(clerk) == {"applied"}


def test_a_visit_over_stale_facts_disputes_only_what_the_visitor_changed(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    """The clerk's draft was opened before the helper's visit arrived; the visit stands, untouched answers say nothing."""
    home = first(helper)
    draft = clerk.visits.start(home, "onsite")
    finished(helper, home, how__phone="13900000001", state__income_trend="up", state__food_ok="yes")
    synced(helper, clerk)
    resumed = clerk.visits.resume(draft.id)
    resumed.session.set("/data/how/phone", "13900000002")
    resumed.session.set("/data/state/income_trend", "up")
    fill_required(resumed.session, {"food_ok": "yes"})
    visit_id = clerk.visits.finish(resumed)
    synced(clerk, helper)
    assert visit_line(clerk, home, visit_id).ladder == "received"
    assert [(case.name, case.kept, case.offered) for case in rows_of(world.county, CaseRow)] == [
        ("phone", "13900000001", "13900000002")
    ]
    assert {visit.visit.id for visit in helper.households.file(home).visits} >= {visit_id}
    assert difference(world.county, clerk) == difference(world.county, helper) == []


def test_a_laptop_never_conflicts_with_itself(world: World, clerk: Workspace) -> None:
    home = first(clerk)
    for number in range(4):
        clerk.households.correct(home, "households", home, "phone", f"1390000000{number}", "换号")
        if number % 2:
            synced(clerk)
    assert outcomes(clerk) == {"applied"}
    assert fact(clerk, home, "phone") == "13900000003"
    assert difference(world.county, clerk) == []


def test_a_member_added_offline_on_one_laptop_is_on_the_other_after_both_synced(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    home = first(helper)
    draft = helper.visits.start(home, "onsite")
    row = draft.session.add_repeat("/data/members")
    facts = {"name": "张新生", "relationship": "grandson", "sex": "male", "birth_date": "2026-10-08"}
    for name, text in {**facts, "member_state": "joined", "joined_reason": "birth"}.items():
        draft.session.set(f"{row}/{name}", text)
    fill_required(draft.session, {"changes": "members"})
    helper.visits.finish(draft)
    synced(helper, clerk)
    assert "张新生" not in {p.name for p in clerk.households.file(home).members}, "it waits for the clerk"
    confirmed(clerk, helper)
    (mine,) = [p for p in helper.households.file(home).members if p.name == "张新生"]
    (theirs,) = [p for p in clerk.households.file(home).members if p.name == "张新生"]
    assert {name: theirs.get(name) for name in facts} == facts
    assert mine.id == theirs.id
    found = clerk.worklist.rows(clerk.worklist.ids(WorkFilter(text="zxs")))
    assert home in {line.household_id for line in found}


def test_a_member_who_left_on_one_laptop_is_gone_from_the_next_form_on_the_other(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    home = next(h for h in homes(helper) if len(helper.households.file(h).members) >= 2)
    gone = helper.households.file(home).members[-1]
    draft = helper.visits.start(home, "onsite")
    number = len(draft.members)
    draft.session.set(f"/data/members[{number}]/member_state", "left")
    draft.session.set(f"/data/members[{number}]/left_reason", "married_out")
    fill_required(draft.session, {})
    helper.visits.finish(draft)
    synced(helper, clerk)
    (row,) = rows_of(world.county, PersonRow, id=gone.id)
    assert row.status == "active", "it waits for the clerk"
    confirmed(clerk, helper)
    (row,) = rows_of(world.county, PersonRow, id=gone.id)
    assert row.status == "left"
    fresh = clerk.visits.start(home, "onsite")
    assert gone.id not in {member.id for member in fresh.members}
    assert gone.id in {person.id for person in clerk.households.file(home).former_members}


def test_a_helper_gets_the_paired_households_and_nobody_elses(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    person = cadres(world.county)["helper"]
    assert helper.count() == allotted(world.county, person)
    assert set(homes(helper)) < set(homes(clerk))
    with helper._store.vault.reader() as connection:
        people = connection.exec_driver_sql("SELECT DISTINCT household_id FROM persons").scalars().all()
        staff = connection.exec_driver_sql("SELECT id FROM staff").scalars().all()
    assert set(people) == set(homes(helper))
    assert staff == [person.id]


def test_what_happens_in_other_households_never_reaches_the_helper(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    (other,) = [h for h in homes(clerk) if h not in homes(helper)][:1]
    finished(clerk, other, state__water_ok="no", state__water_problem="supply", state__water_note="停水")
    synced(clerk, helper)
    assert other not in homes(helper)
    with helper._store.vault.reader() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM issues WHERE household_id = ?", (other,))
        assert rows.scalar_one() == 0


def test_a_second_laptop_of_the_same_person_gets_the_visits_of_the_first(
    world: World, clerk: Workspace
) -> None:
    home = first(clerk)
    visit_id = finished(clerk, home, how__phone="13900000001")
    synced(clerk)
    again = world.enrolled("second", clerk.person.id)
    assert visit_line(again, home, visit_id).ladder == "received"
    assert fact(again, home, "phone") == "13900000001"
    assert difference(world.county, again) == []
    again.households.correct(home, "households", home, "phone", "13900000005", "又换号")
    synced(again, clerk)
    assert fact(clerk, home, "phone") == "13900000005"
    assert rows_of(world.county, CaseRow) == []


def test_every_laptop_says_from_which_visit_and_by_whom_a_fact_is(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    home, other = homes(helper)[:2]
    visit_id = finished(helper, home, how__phone="13900000001")
    clerk.households.correct(other, "households", other, "door_no", "12 号", "门牌更换")
    synced(helper, clerk, helper)
    visited = origin(helper, home, "phone")
    assert visited == (helper.today().isoformat(), visit_id, helper.person.name)
    fresh = world.enrolled("second", clerk.person.id)
    for workspace in (clerk, fresh):
        assert origin(workspace, home, "phone") == visited
        assert visit_line(workspace, home, visit_id).facts_changed == 1
    for workspace in (helper, fresh):
        assert origin(workspace, other, "door_no") == (clerk.today().isoformat(), None, clerk.person.name)
        assert workspace.households.history("households", other, "door_no")[0].reason == "门牌更换"


def test_what_a_new_laptop_fetches_in_many_pages_is_nothing_to_type_again(
    world: World, clerk: Workspace, helper: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = first(helper)
    finished(helper, home, how__phone="13900000001", state__food_ok="yes")
    synced(helper, clerk)
    assert "phone" in {line.name for line in clerk.typing.lines()}
    monkeypatch.setattr(
        pulling.pull, "__kwdefaults__", {**(pulling.pull.__kwdefaults__ or {}), "page_rows": 7}
    )
    fresh = world.enrolled("second", clerk.person.id)
    assert not [line for line in fresh.typing.lines() if line.household_id == home]
    finished(helper, home, how__phone="13900000003")
    synced(helper, fresh)
    assert [line.value for line in fresh.typing.lines() if line.household_id == home] == ["13900000003"]


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_years_wrong_changes_no_order(world: World, helper: Workspace, years: int) -> None:
    wrong = FixedClock(datetime(2026, 11, 22, 2, tzinfo=UTC) + timedelta(days=365 * years))
    clerk = world.unlocked("clerk", wrong)
    home = first(helper)
    clerk.households.correct(home, "households", home, "phone", "13900000001", "先改")
    synced(clerk, helper)
    helper.households.correct(home, "households", home, "phone", "13900000002", "后改")
    synced(helper, clerk)
    (row,) = rows_of(world.county, HouseholdRow, id=home)
    assert row.phone == "13900000002"
    assert fact(clerk, home, "phone") == fact(helper, home, "phone") == "13900000002"
    assert rows_of(world.county, CaseRow) == []


def test_back_entry_keeps_its_day_its_moment_and_its_source_on_every_laptop(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    home = next(h for h in homes(helper) if len(helper.households.file(h).members) >= 2)
    paper = next(script for script in SCRIPTS if script.source == "paper")
    visit_id = run_visit(helper.visits, home, paper, helper.today())
    world.clock.advance(days=3)
    synced(helper, clerk)
    for workspace in (helper, clerk):
        visit = visit_line(workspace, home, visit_id).visit
        assert (visit.visit_date, visit.entered_at, visit.source) == (
            "2026-11-10",
            "2026-11-22T02:00:00Z",
            "paper",
        )


def test_a_laptop_that_was_away_while_others_worked_catches_up_in_one_sync(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    away = world.unlocked("other")
    for home in homes(helper)[:3]:
        draft = helper.visits.start(home, "remote")
        nobody_home(draft)
        helper.visits.finish(draft)
    synced(helper)
    for home in homes(clerk)[:3]:
        clerk.households.correct(home, "households", home, "phone", "13900000001", "换号")
    synced(clerk, away)
    assert difference(world.county, away) == []
    synced(helper)
    assert difference(world.county, helper) == difference(world.county, clerk) == []


def test_two_people_of_one_laptop_send_under_their_own_names(world: World) -> None:
    helper = cadres(world.county)["helper"]
    laptop = world.laptop("clerk")
    (card,) = laptop.people()
    second = world.keep(laptop.enrol(world.code(helper.id), world.url, PASSWORD))
    synced(second)
    clerk = world.keep(laptop.unlock(card.id, PASSWORD))
    home = first(second)
    visits = {w.person.name: finished(w, home) for w in (clerk, second)}
    synced(clerk, second, clerk)
    told = {line.visit.id: line.visit.visitor_name for line in clerk.households.file(home).visits}
    assert {told[visit_id]: visit_id for visit_id in visits.values()} == visits


def test_an_income_year_that_was_made_taken_back_and_made_again_is_the_same_everywhere(
    world: World, clerk: Workspace, helper: Workspace, tmp_path: Path
) -> None:
    home = first(helper)
    number = clerk.households.file(home).household.house_no
    path = book(
        tmp_path / "省平台.xlsx", ("户编号", "年度", "工资性收入", "家庭纯收入"), (number, 2019, 100, 300)
    )
    order = order_of(clerk, path, "facts")
    for years in (True, False, True):
        if years:
            accept_all(clerk, clerk.foreign_sheets.check(order))
        else:
            clerk.foreign_sheets.take_back(clerk.foreign_sheets.imports()[0].id)
        synced(clerk, helper)
        for workspace in (clerk, helper):
            told = [one for one in workspace.households.file(home).incomes if one.year == 2019]
            assert [one.get("wage") for one in told] == (["100"] if years else [])
        assert outcomes(clerk) <= {"applied"}
        assert difference(world.county, clerk) == difference(world.county, helper) == []


def test_looking_for_the_same_elsewhere_tells_a_helper_what_and_not_where_it_was_found(
    world: World, clerk: Workspace, helper: Workspace
) -> None:
    origin = next(home for home in homes(clerk) if home not in homes(helper))
    finished(
        clerk, origin, state__water_ok="no", state__water_problem="supply", state__water_note="张三家水管冻裂"
    )
    (issue,) = [one for one in clerk.households.file(origin).issues if "冻裂" in one.description]
    mine = homes(helper)[:2]
    clerk.elsewhere.make(issue.id, mine, None, "看水管和水缸")
    synced(clerk, helper)
    tasks = [task for task in helper.tasks.open() if task.kind == "同类排查"]
    assert {task.household_id for task in tasks} == set(mine)
    assert {task.title for task in tasks} == {"同类排查（饮水）：看水管和水缸"}
    with helper._store.vault.reader() as connection:
        told = connection.exec_driver_sql(
            "SELECT ifnull(reason, '') || ifnull(value, '') || ifnull(before, '') FROM facts"
        )
        assert [row[0] for row in told if "冻裂" in str(row[0])] == []
    helper.tasks.done(
        mine[0], next(task.id for task in tasks if task.household_id == mine[0]), "看过，没有问题"
    )
    synced(helper, clerk)
    source = clerk.elsewhere.source(issue.id)
    assert (source.done, source.total) == (1, 2)
