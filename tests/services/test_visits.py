"""Visiting with a real vault: what the form opens with, and what a finished one does to the register."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.publishing import publish_form
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from tests.services.asking import answer, finished, first, homes, nobody_home, value, visit_line
from tests.services.forms import fill_required
from tests.services.world import World, compiled_visit_form, form_version


@pytest.mark.requirement("A173")
def test_the_form_opens_filled_from_the_register_and_is_a_draft_at_once(clerk: Workspace) -> None:
    home = first(clerk)
    file = clerk.households.file(home)
    draft = clerk.visits.start(home, "onsite")
    assert value(draft, "/data/household") == home
    assert value(draft, "/data/how/visit_date") == "2026-11-22"
    assert value(draft, "/data/how/phone") == file.household.phone
    names = [value(draft, f"/data/members[{n}]/name") for n in range(1, len(file.members) + 1)]
    assert names == [member.name for member in file.members]
    (info,) = clerk.visits.drafts()
    assert (info.id, info.household_id, info.source) == (draft.id, home, "onsite")
    assert clerk.worklist.rows(clerk.worklist.ids(WorkFilter()))[0].has_draft


@pytest.mark.parametrize(("source", "mode"), [("onsite", "door"), ("remote", "phone"), ("paper", "door")])
def test_how_the_visit_is_recorded_presets_the_way(clerk: Workspace, source: str, mode: str) -> None:
    draft = clerk.visits.start(first(clerk), source, date(2026, 10, 3))  # type: ignore[arg-type]
    assert value(draft, "/data/how/mode") == mode
    assert value(draft, "/data/how/visit_date") == "2026-10-03"
    nobody_home(draft)
    visit_id = clerk.visits.finish(draft)
    visit = visit_line(clerk, draft.household_id, visit_id).visit
    assert (visit.source, visit.visit_date, visit.entered_at) == (
        source,
        "2026-10-03",
        "2026-11-22T02:00:00Z",
    )


def test_a_household_that_is_not_here_is_told(clerk: Workspace) -> None:
    with pytest.raises(KnownError) as caught:
        clerk.visits.start("00000000-0000-7000-8000-000000000000", "onsite")
    assert caught.value.code == "STORE-003"


def test_without_the_form_the_visit_cannot_begin_and_says_what_to_do(world: World) -> None:
    from tests.services.world import PASSWORD, cadres

    fresh = world.keep(
        world.laptop("new").enrol(world.code(cadres(world.county)["clerk"].id), world.url, PASSWORD)
    )
    fresh.sync.run()
    with fresh._store.vault.writer() as connection:  # a county that has published nothing yet
        connection.exec_driver_sql("DELETE FROM forms")
    with pytest.raises(KnownError) as caught:
        fresh.visits.start(first(fresh), "onsite")
    assert caught.value.code == "VISIT-003"


@pytest.mark.requirement("A171")
def test_a_form_that_is_not_complete_stays_a_draft_and_names_every_place(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    answer(draft, state__water_ok="no", state__changes="none income", how__visit_date="2026-12-24")
    with pytest.raises(KnownError) as caught:
        clerk.visits.finish(draft)
    assert caught.value.code == "VISIT-001"
    refs = {violation.ref for violation in draft.violations}
    assert {"/data/state/water_note", "/data/state/changes", "/data/how/visit_date"} <= refs
    assert str(len(draft.violations)) in caught.value.zh
    assert caught.value.details["violations"] == draft.violations
    assert [info.id for info in clerk.visits.drafts()] == [draft.id]
    assert clerk.sync.status().unsent == 0


def test_the_drafts_id_becomes_the_visits_and_the_draft_is_gone(clerk: Workspace) -> None:
    home = first(clerk)
    before = clerk.worklist.counts().unsent
    visit_id = finished(clerk, home)
    assert clerk.visits.drafts() == []
    line = clerk.households.file(home).visits[0]
    assert (line.visit.id, line.ladder) == (visit_id, "saved")
    assert clerk.worklist.counts().unsent > before
    with pytest.raises(KnownError) as caught:
        clerk.visits.resume(visit_id)
    assert caught.value.code == "VISIT-002"


def test_nobody_home_changes_nothing_in_the_register_whatever_it_holds(clerk: Workspace) -> None:
    some = homes(clerk)[::5]
    for home in some:
        before = clerk.households.file(home)
        draft = clerk.visits.start(home, "onsite")
        nobody_home(draft)
        visit_id = clerk.visits.finish(draft)
        after = clerk.households.file(home)
        assert (after.household, after.members, after.issues) == (
            before.household,
            before.members,
            before.issues,
        )
        assert visit_line(clerk, home, visit_id).facts_changed == 0
    assert clerk.sync.status().unsent == len(some)


@pytest.mark.requirement("A173")
def test_a_visit_that_finds_everything_as_it_was_changes_nothing(clerk: Workspace) -> None:
    """All households of a village, met: what the form was filled in with is accepted, and only new answers are facts."""
    for home in homes(clerk)[1::5]:
        before = clerk.households.file(home)
        draft = clerk.visits.start(home, "onsite")
        asked = {ref.rsplit("/", 1)[-1] for ref in fill_required(draft.session, {"food_ok": "yes"})}
        clerk.visits.finish(draft)
        after = clerk.households.file(home)
        changed = {
            name
            for name in {*after.household.values(), *before.household.values()}
            if after.household.get(name) != before.household.get(name)
        }
        assert changed <= asked, home
        assert after.members == before.members


def test_only_what_changed_is_sent_beside_the_visit(clerk: Workspace) -> None:
    home = first(clerk)
    finished(clerk, home)  # everything that was unknown is known now
    waiting = clerk.sync.status().unsent
    finished(clerk, home, how__phone="13911112222")
    assert clerk.sync.status().unsent == waiting + 2
    origin = clerk.households.file(home).facts["households", home, "phone"]
    assert (origin.since, origin.author_name) == ("2026-11-22", clerk.person.name)


def test_finishing_twice_makes_one_visit(clerk: Workspace) -> None:
    home = first(clerk)
    draft = clerk.visits.start(home, "onsite")
    nobody_home(draft)
    before = len(clerk.households.file(home).visits)
    assert clerk.visits.finish(draft) == clerk.visits.finish(draft)
    assert len(clerk.households.file(home).visits) == before + 1
    assert (clerk.sync.status().unsent, clerk.visits.drafts()) == (1, [])


def test_a_member_who_left_is_a_former_member_and_one_who_joined_a_present_one(clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if len(clerk.households.file(h).members) >= 3)
    before = clerk.households.file(home)
    draft = clerk.visits.start(home, "onsite")
    answer(draft, state__changes="members")
    draft.session.set("/data/members[2]/member_state", "left")
    draft.session.set("/data/members[2]/left_reason", "married_out")
    baby = draft.session.add_repeat("/data/members")
    facts = {"name": "张新生", "relationship": "grandson", "sex": "male", "birth_date": "2026-10-08"}
    for name, text in {**facts, "member_state": "joined", "joined_reason": "birth"}.items():
        draft.session.set(f"{baby}/{name}", text)
    fill_required(draft.session, {})
    clerk.visits.finish(draft)
    after = clerk.households.file(home)
    assert [p.id for p in after.former_members] == [
        *[p.id for p in before.former_members],
        before.members[1].id,
    ]
    assert after.former_members[-1].get("left_reason") == "married_out"
    (joined,) = [p for p in after.members if p.id not in {m.id for m in before.members}]
    assert {name: joined.get(name) for name in facts} == facts
    assert joined.household_id == home


def test_a_no_becomes_a_fact_and_a_problem_and_shows_on_the_list(clerk: Workspace) -> None:
    home = first(clerk)
    before = clerk.households.file(home)
    visit_id = finished(clerk, home, state__housing_ok="no", state__housing_note="西屋漏雨")
    after = clerk.households.file(home)
    assert after.household.get("housing_ok") is False
    new = [issue for issue in after.issues if issue.id not in {i.id for i in before.issues}]
    assert [(i.kind, i.description, i.found_on) for i in new] == [("housing", "西屋漏雨", "2026-11-22")]
    row = next(r for r in clerk.worklist.rows(clerk.worklist.ids(WorkFilter())) if r.household_id == home)
    assert row.open_issues == len([i for i in after.issues if i.state != "closed"])
    assert after.facts["households", home, "housing_ok"].visit_id == visit_id


def test_an_answer_the_register_cannot_take_is_held_and_the_visit_is_made(
    world: World, clerk: Workspace
) -> None:
    """A county's form saves a text where the register wants a number: the visit stands, a person decides."""
    odd = compiled_visit_form().replace(b'entities:saveto="moved_to"', b'entities:saveto="arable_mu"')
    odd = odd.replace(form_version().encode(), b"2026112299")
    publish_form(world.county, form_id="visit", version="2026112299", title="入户走访记录", xml=odd)
    clerk.sync.run()
    home = first(clerk)
    draft = clerk.visits.start(home, "onsite")
    answer(draft, how__outcome="away", how__moved_to="广东东莞")
    visit_id = clerk.visits.finish(draft)
    (held,) = clerk._store.held_answers(home)
    assert (held.name, held.text, bool(held.reason_zh)) == ("arable_mu", "广东东莞", True)
    assert clerk.households.file(home).visits[0].visit.id == visit_id


def test_what_the_county_changed_while_the_draft_lay_open_is_not_undone(world: World) -> None:
    clerk, helper = world.unlocked("clerk"), world.unlocked("helper")
    home = first(helper)
    draft = clerk.visits.start(home, "onsite")
    helper.households.correct(home, "households", home, "phone", "13900009999", "本人来电更正")
    helper.sync.run()
    clerk.sync.run()
    resumed = clerk.visits.resume(draft.id)
    fill_required(resumed.session, {})
    clerk.visits.finish(resumed)
    assert clerk.households.file(home).household.phone == "13900009999"
    clerk.sync.run()
    helper.sync.run()
    assert helper.households.file(home).household.phone == "13900009999"
