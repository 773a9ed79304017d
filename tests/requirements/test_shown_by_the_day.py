"""Rows of the table about a cadre's days: a self-check of everybody, and who goes along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fieldapp.county.publishing import publish_policy
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from tests.forms.conftest import published
from tests.services.asking import finished, homes
from tests.services.forms import fill_required
from tests.services.world import World


def check(workspace: Workspace, household_id: str, campaign: str, **answers: str) -> None:
    """Fill in the form of a self-check."""
    draft = workspace.visits.start_form(household_id, "check")
    draft.session.set("/data/which/campaign", campaign)
    for name, text in answers.items():
        draft.session.set(f"/data/which/items/{name}", text)
    hurry = {"signing": "paper", "conclusion": "problems" if answers else "passed", "inspectors": "周明"}
    fill_required(draft.session, hurry)
    workspace.visits.finish(draft)


@pytest.mark.requirement("A067")
def test_a_self_check_covers_every_household_out_of_poverty_and_says_who_is_left(
    world: World, clerk: Workspace
) -> None:
    today = clerk.today()
    publish_policy(
        world.county,
        [
            (
                "campaigns.toml",
                f'[[campaign]]\nid = "selfcheck"\nname = "全覆盖自查"\nkind = "self_check"\nform = "check"\n'
                f'from = "{today}"\ndeadline = "{today + timedelta(days=20)}"\n'
                'population = { kinds = ["out_of_poverty"] }\n',
            )
        ],
    )
    clerk.sync.run()
    clerk._store.put_form(published("check"))
    everybody = clerk.worklist.rows(clerk.worklist.ids(WorkFilter(kinds=frozenset({"out_of_poverty"}))))
    begun = clerk.campaigns.progress("selfcheck", today)
    assert sorted(begun.whole.rest) == sorted(row.household_id for row in everybody)
    sound, troubled, visited = begun.whole.rest[:3]
    check(clerk, sound, "全覆盖自查")
    check(clerk, troubled, "全覆盖自查", guarantees_ok="no", guarantees_note="屋顶漏雨")
    finished(clerk, visited)  # a visit is no self-check
    left = clerk.campaigns.progress("selfcheck", today).whole
    assert (left.done, left.total) == (2, len(everybody))
    assert sorted(left.rest) == sorted(set(begun.whole.rest) - {sound, troubled})
    (issue,) = clerk.households.file(troubled).issues
    assert (issue.description, issue.state) == ("屋顶漏雨", "open")
    assert not clerk.households.file(sound).issues
    assert today + timedelta(days=20) in clerk.calendar.month(
        (today + timedelta(days=20)).year, (today + timedelta(days=20)).month
    )


@pytest.mark.requirement("A013")
def test_progress_of_the_year_is_followed_down_level_by_level_to_the_households(clerk: Workspace) -> None:
    counts = clerk.worklist.counts()
    (line,) = top = clerk.progress.levels()
    while line.below:
        inside = clerk.progress.levels(line.code)
        for name in ("total", "fulfilled", "resting", "due", "overdue", "not_entered"):
            assert sum(getattr(each, name) for each in inside) == getattr(line, name)
        line = inside[0]
    assert line.level == "village"
    assert sum(each.total for each in top) == counts.total - counts.unscheduled
    assert (top[0].overdue, top[0].fulfilled) == (counts.overdue, counts.fulfilled)
    late = clerk.worklist.ids(WorkFilter(area_code=line.code, states=frozenset({"overdue"})))
    assert len(late) == line.overdue > 0
    home = clerk.worklist.rows(late)[0].household_id
    finished(clerk, home)
    assert clerk.progress.levels()[0].overdue == top[0].overdue - 1


@pytest.mark.requirement("A004")
def test_the_village_sees_all_its_households_and_who_went_along_with_the_helper(
    world: World, clerk: Workspace
) -> None:
    helper = world.unlocked("helper")
    assert set(homes(helper)) < set(homes(clerk))
    areas = {row.village_name for row in clerk.worklist.rows(clerk.worklist.ids(WorkFilter()))}
    assert len(areas) == 1
    home = homes(helper)[0]
    draft = helper.visits.start(home, "onsite")
    draft.session.set("/data/later/companions", "吴丹倩、李主任")
    fill_required(draft.session, {})
    visit = helper.visits.finish(draft)
    helper.sync.run()
    clerk.sync.run()
    (seen,) = [line.visit for line in clerk.households.file(home).visits if line.visit.id == visit]
    assert (seen.visitor_name, seen.get("companions")) == (helper.person.name, "吴丹倩、李主任")
    assert visit in {hit.id for hit in clerk.search.find(clerk.households.file(home).household.house_no).hits}
