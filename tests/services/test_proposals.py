"""The clerk decides what a helper proposed: two laptops, offline between their syncs."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.publishing import publish_policy
from fieldapp.register.entities import Person
from fieldapp.services.proposals import ProposalLine
from fieldapp.services.visits import VisitDraft
from fieldapp.services.workspace import Workspace
from tests.forms.conftest import published
from tests.gates import GATE_ON, gate_text
from tests.services.asking import answer, homes, value
from tests.services.forms import fill_required
from tests.services.world import World


@pytest.fixture
def gated(world: World, helper: Workspace, clerk: Workspace) -> World:
    publish_policy(world.county, [("gate.toml", GATE_ON)])
    both(helper, clerk)
    return world


def both(*laptops: Workspace) -> None:
    for laptop in laptops:
        laptop.sync.run()


def home_of(helper: Workspace, clerk: Workspace) -> str:
    """Return a household of the helper's in the clerk's village."""
    mine = set(homes(clerk))
    return next(
        home for home in homes(helper) if home in mine and len(helper.households.file(home).members) > 1
    )


def member(workspace: Workspace, home: str, place: int = 0) -> Person:
    return workspace.households.file(home).members[place]


def proposes(helper: Workspace, home: str, text: str, place: int = 0, name: str = "education") -> None:
    helper.households.correct(home, "persons", member(helper, home, place).id, name, text, "入户看了毕业证")


def other_education(workspace: Workspace, home: str) -> str:
    return "senior" if member(workspace, home).get("education") != "senior" else "junior"


def test_from_the_helpers_door_to_the_register_by_way_of_the_clerk(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    home = home_of(helper, clerk)
    was, new = member(helper, home).get("education"), other_education(helper, home)
    proposes(helper, home, new)
    assert member(helper, home).get("education") == was
    (mine,) = helper.proposals.of_household(home)
    assert (mine.state, mine.standing, mine.author_name) == ("waiting", "fits", helper.person.name)
    both(helper, clerk)
    (line,) = clerk.proposals.waiting()
    assert (line.household_id, line.item, line.subject) == (home, "文化程度", member(clerk, home).name)
    assert clerk.proposals.confirm([line.id]).done == 1
    assert member(clerk, home).get("education") == new
    assert clerk.proposals.count() == 0
    both(clerk, helper)
    assert member(helper, home).get("education") == new
    assert not helper.proposals.of_household(home)


def test_what_came_back_is_told_with_the_comment_and_may_be_proposed_again(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    home = home_of(helper, clerk)
    proposes(helper, home, other_education(helper, home))
    both(helper, clerk)
    clerk.proposals.give_back([line.id for line in clerk.proposals.waiting()], "请核对毕业证")
    both(clerk, helper)
    (line,) = helper.proposals.returned()
    assert (line.state, line.note, line.decided_by) == ("returned", "请核对毕业证", clerk.person.name)
    helper.proposals.put_away([line.id])
    assert not helper.proposals.returned()
    proposes(helper, home, other_education(helper, home))
    both(helper, clerk)
    assert clerk.proposals.count() == 1


def test_a_corrected_value_is_the_fact_and_the_helper_sees_it(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    home = home_of(helper, clerk)
    proposes(helper, home, other_education(helper, home))
    both(helper, clerk)
    (line,) = clerk.proposals.waiting()
    with pytest.raises(KnownError) as caught:
        clerk.proposals.correct(line.id, "没有这个学历", "看错了")
    assert caught.value.code == "REG-002"
    clerk.proposals.correct(line.id, "primary", "毕业证是小学")
    both(clerk, helper)
    assert member(helper, home).get("education") == "primary"
    (told,) = helper.proposals.of_household(home)
    assert (told.state, told.decided_text, told.note) == ("corrected", "小学", "毕业证是小学")


def test_what_the_register_has_overtaken_is_left_until_the_clerk_says_so(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    home = home_of(helper, clerk)
    proposes(helper, home, "senior" if member(helper, home).get("education") != "senior" else "junior")
    both(helper, clerk)
    (line,) = clerk.proposals.waiting()
    clerk.households.correct(home, "persons", line.entity_id, "education", "college", "户口簿")
    (line,) = clerk.proposals.waiting()
    assert line.standing == "stale"
    decided = clerk.proposals.confirm([line.id])
    assert (decided.done, [each.id for each in decided.left]) == (0, [line.id])
    assert member(clerk, home).get("education") == "college"
    assert clerk.proposals.confirm([line.id], overtaken_too=True).done == 1
    assert member(clerk, home).get("education") != "college"


def test_what_is_proposed_of_a_member_who_has_left_can_only_go_back(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    home = home_of(helper, clerk)
    proposes(helper, home, other_education(helper, home), place=1)
    both(helper, clerk)
    (line,) = clerk.proposals.waiting()
    store = clerk.proposals._store
    from fieldapp.register.change import Change, EntityPatch, FieldChange

    gone = EntityPatch("persons", line.entity_id, home, 9, {}, FieldChange("active", "left"))
    store.apply(
        Change(clerk.proposals._ids.new(), "2026-11-22T03:00:00Z", clerk.person.id, "", "correction", (gone,))
    )
    (line,) = clerk.proposals.waiting()
    assert line.standing == "ended"
    assert clerk.proposals.confirm([line.id], overtaken_too=True).done == 0
    assert clerk.proposals.give_back([line.id], "已不在户").done == 1


def test_a_new_members_facts_are_confirmed_together_and_taken_back_together(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    home = home_of(helper, clerk)
    count = len(helper.households.file(home).members)
    with_newborn(helper, home, "小宝")
    assert len(helper.households.file(home).members) == count
    both(helper, clerk)
    lines = [line for line in clerk.proposals.waiting() if line.creates]
    assert len(lines) > 1
    assert {line.subject for line in lines} == {"新增：小宝"}
    decided = clerk.proposals.confirm([lines[0].id])
    assert decided.done == len(lines)
    assert "小宝" in [each.name for each in clerk.households.file(home).members]
    clerk.proposals.undo(decided)
    assert "小宝" not in [each.name for each in clerk.households.file(home).members]
    assert len([line for line in clerk.proposals.waiting() if line.creates]) == len(lines)
    clerk.proposals.confirm([lines[0].id])
    both(clerk, helper)
    assert "小宝" in [each.name for each in helper.households.file(home).members]


def with_newborn(helper: Workspace, home: str, name: str) -> VisitDraft:
    draft = helper.visits.start(home, "onsite")
    fill_required(draft.session, {})
    draft.session.add_repeat("/data/members")
    place = len(draft.members) + 1
    answer(draft, **{f"members[{place}]__name": name, f"members[{place}]__joined_reason": "birth"})
    fill_required(draft.session, {})
    helper.visits.finish(draft)
    return draft


def test_the_next_form_of_the_same_helper_need_not_be_told_again(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    home = home_of(helper, clerk)
    with_newborn(helper, home, "小宝")
    waiting = helper.proposals.count()
    draft = helper.visits.start(home, "onsite")
    place = len(helper.households.file(home).members) + 1
    assert value(draft, f"/data/members[{place}]/name") == "小宝"
    fill_required(draft.session, {})
    helper.visits.finish(draft)
    assert helper.proposals.count() == waiting


def test_undoing_a_decision_is_a_new_change_and_it_waits_again(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    home = home_of(helper, clerk)
    was = member(helper, home).get("education")
    proposes(helper, home, other_education(helper, home))
    both(helper, clerk)
    (line,) = clerk.proposals.waiting()
    clerk.proposals.undo(clerk.proposals.confirm([line.id]))
    assert member(clerk, home).get("education") == was
    assert [each.id for each in clerk.proposals.waiting()] == [line.id]
    history = clerk.households.history("persons", line.entity_id, "education")
    assert len(history) == 2


def test_a_helper_decides_nothing(gated: World, helper: Workspace, clerk: Workspace) -> None:
    home = home_of(helper, clerk)
    proposes(helper, home, other_education(helper, home))
    (line,) = helper.proposals.of_household(home)
    assert not helper.proposals.decides()
    with pytest.raises(KnownError) as caught:
        helper.proposals.confirm([line.id])
    assert caught.value.code == "GATE-001"


def test_going_back_and_correcting_need_a_word(gated: World, helper: Workspace, clerk: Workspace) -> None:
    home = home_of(helper, clerk)
    proposes(helper, home, other_education(helper, home))
    both(helper, clerk)
    (line,) = clerk.proposals.waiting()
    with pytest.raises(KnownError) as returning:
        clerk.proposals.give_back([line.id], " ")
    with pytest.raises(KnownError) as correcting:
        clerk.proposals.correct(line.id, "primary", "")
    assert (returning.value.code, correcting.value.code) == ("GATE-003", "GATE-003")


def test_a_form_that_needs_approval_waits_as_a_whole(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    publish_policy(gated.county, [("gate.toml", gate_text(on=True, approval=("visit",)))])
    both(helper)
    home = home_of(helper, clerk)
    draft = helper.visits.start(home, "onsite")
    fill_required(draft.session, {})
    visit_id = helper.visits.finish(draft)
    both(helper, clerk)
    asked: list[ProposalLine] = [line for line in clerk.proposals.waiting() if line.kind == "approval"]
    assert [line.visit_id for line in asked] == [visit_id]
    assert clerk.proposals.confirm([asked[0].id]).done == 1


def test_a_member_that_was_chosen_is_read_by_name_and_never_by_id(
    gated: World, helper: Workspace, clerk: Workspace
) -> None:
    helper._store.put_form(published("income"))
    home = home_of(helper, clerk)
    earner = member(helper, home, 1)
    draft = helper.visits.start_form(home, "income")
    row = draft.session.add_repeat("/data/items")
    for name, text in {"kind": "wage", "code": "migrant_work", "lump": "1200", "member": earner.id}.items():
        draft.session.set(f"{row}/{name}", text)
    fill_required(draft.session, {"signing": "paper"})
    helper.visits.finish(draft)
    told = {line.item: line.new_text for line in helper.proposals.of_household(home) if line.new_text}
    assert told["所属成员"] == earner.name
    assert earner.id not in told.values()
