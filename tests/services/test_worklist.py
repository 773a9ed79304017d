"""Who is due, found by whatever a cadre remembers of a household."""

from __future__ import annotations

import pytest

from fieldapp.register.plan import DueState
from fieldapp.services.worklist import WorkFilter, WorkRow
from fieldapp.services.workspace import Workspace
from fieldapp.store.readings import readings_of
from tests.services.asking import finished, first, homes, nobody_home, row_of

_STATES: tuple[DueState, ...] = ("overdue", "due", "not_entered", "resting", "fulfilled", "unscheduled")
_URGENCY = {state: number for number, state in enumerate(_STATES)}


def rows(workspace: Workspace, **wanted: object) -> list[WorkRow]:
    return workspace.worklist.rows(workspace.worklist.ids(WorkFilter(**wanted)))  # type: ignore[arg-type]


@pytest.mark.requirement("A172")
def test_the_list_goes_by_urgency_then_place(clerk: Workspace) -> None:
    lines = rows(clerk)
    assert len(lines) == clerk.count()[0]
    states = [_URGENCY[line.due_state] for line in lines]
    assert states == sorted(states)
    for state in set(states):
        groups = [line.group_name for line in lines if _URGENCY[line.due_state] == state]
        assert len([g for n, g in enumerate(groups) if n == 0 or g != groups[n - 1]]) == len(set(groups))


def test_the_counts_are_those_of_the_list(clerk: Workspace) -> None:
    lines, counts = rows(clerk), clerk.worklist.counts()
    by_state = {state: sum(line.due_state == state for line in lines) for state in _URGENCY}
    assert counts.total == len(lines)
    assert counts.listed == sum(bool(line.monitor) or line.household_type == "脱贫户" for line in lines)
    told = (counts.not_entered, counts.due, counts.overdue, counts.fulfilled, counts.unscheduled)
    assert told == tuple(by_state[s] for s in ("not_entered", "due", "overdue", "fulfilled", "unscheduled"))


@pytest.mark.requirement("A035")
def test_ordinary_households_are_not_asked_to_be_visited_six_times(clerk: Workspace) -> None:
    ordinary = rows(clerk, kinds=frozenset({"ordinary"}))
    assert ordinary
    assert {(line.due_state, line.required, line.due_on) for line in ordinary} == {("unscheduled", 0, None)}


def test_a_line_says_what_the_household_page_says(clerk: Workspace) -> None:
    for line in rows(clerk)[::7]:
        file = clerk.households.file(line.household_id)
        assert (line.head_name, line.house_no) == (file.household.head_name, file.household.house_no)
        assert (line.done, line.due_state) == (file.due.done, file.due.state)
        assert line.due_on == (file.due.due_on.isoformat() if file.due.due_on else None)
        assert line.village_name == file.village_name
        assert line.open_issues == sum(issue.state != "closed" for issue in file.issues)
        helper = next((p for p in file.pairings if not p.ended), None)
        assert line.helper_name == (helper.staff_name if helper else "")


@pytest.mark.parametrize("state", _STATES)
def test_filters_by_state_give_that_state_and_all_of_it(clerk: Workspace, state: DueState) -> None:
    chosen = rows(clerk, states=frozenset({state}))
    assert {line.due_state for line in chosen} <= {state}
    assert len(chosen) == sum(line.due_state == state for line in rows(clerk))


def test_filters_by_kind_and_group_divide_the_list(clerk: Workspace) -> None:
    kinds = {
        kind: rows(clerk, kinds=frozenset({kind})) for kind in ("out_of_poverty", "monitored", "ordinary")
    }
    assert all(line.household_type == "脱贫户" for line in kinds["out_of_poverty"])
    assert all(line.monitor for line in kinds["monitored"])
    union = {line.household_id for some in kinds.values() for line in some}
    assert len(union) == clerk.count()[0]
    groups = {line.group_name for line in rows(clerk)}
    assert sum(len(rows(clerk, group=group)) for group in groups) == clerk.count()[0]


@pytest.mark.requirement("A001", "A002")
def test_a_helper_finds_the_own_households_in_a_clerks_village(clerk: Workspace, helper: Workspace) -> None:
    assert len(rows(helper, mine=True)) == helper.count()[0] > 0
    assert rows(clerk, mine=True) == []


def test_a_household_is_found_by_whatever_one_remembers(clerk: Workspace) -> None:
    for home in homes(clerk)[::9]:
        file = clerk.households.file(home)
        head = file.household.head_name
        member = file.members[-1]
        syllables = next(readings_of(head))
        asked = [
            head,
            "".join(syllables),
            "".join(s[0] for s in syllables),
            member.name,
            file.household.house_no,
            file.household.phone,
            f"{head} {file.household.phone}",
        ]
        asked += [member.id_number[:18][-4:]] if member.id_number else []
        for text in asked:
            assert home in {line.household_id for line in rows(clerk, text=text)}, text


@pytest.mark.parametrize(
    "text", ["没有这个人名", "zzzzzz", "%", '"', "*", "' OR 1=1 --", "AND", "NEAR(", "\x00", "   "]
)
def test_odd_searches_find_nothing_wrong(clerk: Workspace, text: str) -> None:
    found = rows(clerk, text=text)
    assert len(found) == (clerk.count()[0] if not text.strip() else 0)


def test_places_count_their_households(clerk: Workspace) -> None:
    areas = {area.code: area for area in clerk.worklist.areas()}
    assert {area.level for area in areas.values()} == {"county", "town", "village"}
    assert {area.households for area in areas.values()} == {clerk.count()[0]}
    for code in areas:
        assert len(rows(clerk, area_code=code)) == clerk.count()[0]
    assert rows(clerk, area_code="999999") == []


def test_a_visit_moves_the_household_down_the_list_and_counts_as_unsent(clerk: Workspace) -> None:
    home = next(line.household_id for line in rows(clerk) if line.due_state in ("due", "overdue"))
    before = row_of(clerk, home)
    finished(clerk, home)
    after = row_of(clerk, home)
    assert after.done == before.done + 1
    assert after.due_state in ("resting", "fulfilled")
    assert (after.last_visit, after.unsent > 0) == ("2026-11-22", True)


def test_nobody_home_is_no_visit_of_the_six(clerk: Workspace) -> None:
    home = first(clerk)
    before = row_of(clerk, home)
    draft = clerk.visits.start(home, "onsite")
    nobody_home(draft)
    clerk.visits.finish(draft)
    after = row_of(clerk, home)
    assert (after.done, after.last_visit) == (before.done, before.last_visit)
