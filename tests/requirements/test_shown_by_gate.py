"""Rows of the table about who keeps the village's data: the clerk decides what a helper's visit changes."""

from __future__ import annotations

import pytest

from fieldapp.services.workspace import Workspace
from tests.services.asking import finished, homes
from tests.services.world import World


@pytest.mark.requirement("A006", "A024")
def test_what_a_helper_found_is_a_fact_once_the_clerk_has_confirmed_it(
    world: World, helper: Workspace, clerk: Workspace
) -> None:
    here = set(homes(clerk))
    home = next(each for each in homes(helper) if each in here)
    was = helper.households.file(home).household.get("water_ok")
    assert was is True
    visit_id = finished(
        helper, home, state__water_ok="no", state__water_problem="supply", state__water_note="停水"
    )
    helper.sync.run()
    clerk.sync.run()
    assert clerk.households.file(home).household.get("water_ok") is was
    assert visit_id in {line.visit.id for line in clerk.households.file(home).visits}, (
        "the visit waits for nobody"
    )
    (line,) = [each for each in clerk.proposals.waiting() if each.household_id == home]
    clerk.proposals.confirm([line.id])
    clerk.sync.run()
    helper.sync.run()
    for laptop in (clerk, helper):
        assert laptop.households.file(home).household.get("water_ok") is False
    assert clerk.households.file(home).facts["households", home, "water_ok"].visit_id == visit_id
