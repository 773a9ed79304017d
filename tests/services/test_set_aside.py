"""Answers that are no fact of the register, and what the county did not take up: seen, put away, brought back."""

from __future__ import annotations

from fieldapp.county.publishing import publish_form
from fieldapp.services.workspace import Workspace
from tests.services.asking import answer, first
from tests.services.world import World, compiled_visit_form, form_version


def odd_visit(world: World, clerk: Workspace) -> str:
    """Visit with a county's form that saves a text where the register wants a number; return the household."""
    odd = compiled_visit_form().replace(b'entities:saveto="moved_to"', b'entities:saveto="arable_mu"')
    odd = odd.replace(form_version().encode(), b"2026112299")
    publish_form(world.county, form_id="visit", version="2026112299", title="入户走访记录", xml=odd)
    clerk.sync.run()
    home = first(clerk)
    draft = clerk.visits.start(home, "onsite")
    answer(draft, how__outcome="away", how__moved_to="广东东莞")
    clerk.visits.finish(draft)
    return home


def test_an_answer_that_does_not_fit_waits_with_its_household_and_its_reason(
    world: World, clerk: Workspace
) -> None:
    assert clerk.set_aside.lines() == []
    home = odd_visit(world, clerk)
    (line,) = clerk.set_aside.lines()
    assert (line.here, line.household_id, line.text) == (True, home, "广东东莞")
    assert line.head_name == clerk.households.file(home).household.head_name
    assert (line.fact_zh, line.place) == ("耕地面积", ("households", home, "arable_mu"))
    assert line.reason_zh
    assert line.reason_en


def test_putting_a_line_away_can_be_taken_back(world: World, clerk: Workspace) -> None:
    odd_visit(world, clerk)
    (line,) = clerk.set_aside.lines()
    clerk.set_aside.put_away([line.id])
    assert clerk.set_aside.lines() == []
    clerk.set_aside.take_back([line.id])
    assert clerk.set_aside.lines() == [line]


def test_what_the_county_keeps_for_a_decision_is_told_in_words(world: World) -> None:
    clerk, helper = world.unlocked("clerk"), world.unlocked("helper")
    home = first(helper)
    for workspace, phone in ((clerk, "13900001111"), (helper, "13900002222")):
        workspace.households.correct(home, "households", home, "phone", phone, "本人来电更正")
    clerk.sync.run()
    helper.sync.run()
    (line,) = [line for line in helper.set_aside.lines() if not line.here]
    assert (line.household_id, line.fact_zh) == (home, "农户改动")
    assert line.reason_zh.startswith("和别人的改动不一致")
    helper.set_aside.put_away([line.id])
    assert line in helper.set_aside.lines(), "only the county settles what waits there"
