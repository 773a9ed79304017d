"""Correcting one fact of many households with one reason, and taking corrections back by a change of their own."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.services.workspace import Workspace
from tests.requirements.test_shown_by_checks import put
from tests.services.asking import homes
from tests.services.world import World


def group(workspace: Workspace, home: str) -> object:
    return workspace.households.file(home).household.get("group_name")


def test_one_reason_corrects_a_fact_of_many_households_and_one_act_takes_it_back(clerk: Workspace) -> None:
    some = homes(clerk)[:4]
    before = {home: group(clerk, home) for home in some}
    done = clerk.corrections.batch("group_name", dict.fromkeys(some, "九组"), "村里并组")
    assert (done.facts, done.proposed) == (sum(value != "九组" for value in before.values()), 0)
    assert {group(clerk, home) for home in some} == {"九组"}
    (line,) = clerk.corrections.of_household(some[0])
    assert (line.reason, line.households, line.can_be_undone) == ("村里并组", 4, True)
    assert [(fact.label_zh, fact.after) for fact in line.facts] == [("村民小组", "九组")]
    back = clerk.corrections.undo(done.change_id)
    assert (back.facts, back.kept) == (done.facts, 0)
    assert {home: group(clerk, home) for home in some} == before
    undone, first = clerk.corrections.of_household(some[0])
    assert undone.reason == "撤销更正：村里并组"
    assert not first.can_be_undone, "the first act stays in the history, and does not stand any more"
    again = clerk.corrections.undo(undone.change_id)
    assert again.facts == done.facts, "an undo is a correction like any other"


def test_what_somebody_changed_since_is_left_as_it_is(clerk: Workspace) -> None:
    first, second = homes(clerk)[:2]
    done = clerk.corrections.batch("group_name", {first: "九组", second: "九组"}, "村里并组")
    clerk.households.correct(first, "households", first, "group_name", "十组", "又核对过")
    back = clerk.corrections.undo(done.change_id)
    assert (back.facts, back.kept) == (1, 1)
    assert group(clerk, first) == "十组"
    with pytest.raises(KnownError) as told:
        clerk.corrections.undo(done.change_id)
    assert told.value.code == "CORR-002"
    assert "村民小组" in told.value.zh


def test_a_value_that_does_not_fit_changes_nothing_at_all(clerk: Workspace) -> None:
    first, second = homes(clerk)[:2]
    before = clerk.households.file(first).household.get("arable_mu")
    assert clerk.corrections.refusal("arable_mu", "三亩多") is not None
    assert clerk.corrections.refusal("arable_mu", "3.2") is None
    with pytest.raises(KnownError) as told:
        clerk.corrections.batch("arable_mu", {first: "3.2", second: "三亩多"}, "实测")
    assert told.value.code == "REG-002"
    assert clerk.households.file(first).household.get("arable_mu") == before


def test_a_batch_wants_a_reason_and_a_fact_that_is_ones_own(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    with pytest.raises(KnownError) as told:
        clerk.corrections.batch("arable_mu", {home: "3"}, "  ")
    assert told.value.code == "CORR-003"
    with pytest.raises(KnownError) as told:
        clerk.corrections.batch("household_type", {home: "ordinary"}, "改")
    assert told.value.code == "REG-003"
    names = {prop.name for prop in clerk.corrections.properties()}
    assert "arable_mu" in names
    assert not {"household_type", "house_no", "area_code"} & names


def test_the_grid_shows_each_household_with_its_value_as_it_is_typed(clerk: Workspace) -> None:
    some = homes(clerk)[:3]
    rows = clerk.corrections.rows("electricity", [*some, "no-such-household"])
    assert [row.household_id for row in rows] == some
    assert all(row.head_name and row.place for row in rows)
    assert {row.raw for row in rows} <= {"", "是", "否"}


def test_nothing_different_is_no_change(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    same = clerk.corrections.rows("group_name", [home])[0].raw
    assert clerk.corrections.batch("group_name", {home: same}, "核对").facts == 0
    assert clerk.corrections.of_household(home) == []


def test_a_helpers_batch_waits_for_the_clerk_where_the_gate_says_so_and_can_be_taken_back(
    world: World,
) -> None:
    helper = world.unlocked("helper")
    some = homes(helper)[:2]
    now = {home: helper.households.file(home).household.get("housing_ok") for home in some}
    done = helper.corrections.batch(
        "housing_ok", {home: "否" if now[home] is not False else "是" for home in some}, "雨后又看过"
    )
    assert (done.facts, done.proposed) == (0, 2)
    assert [line.state for line in helper.proposals.of_household(some[0])] == ["waiting"]
    helper.corrections.take_back(done, "看错了")
    assert "waiting" not in {line.state for line in helper.proposals.of_household(some[0])}
    assert {home: helper.households.file(home).household.get("housing_ok") for home in some} == now


def test_a_correction_that_is_not_here_cannot_be_undone(clerk: Workspace) -> None:
    with pytest.raises(KnownError) as told:
        clerk.corrections.undo("no-such-change")
    assert told.value.code == "CORR-001"


def test_the_years_incomes_are_offered_by_their_items_and_never_written_by_themselves(world: World) -> None:
    clerk, helper = world.unlocked("clerk"), world.unlocked("helper")
    home = homes(helper)[0]
    year = clerk.today().year
    assert clerk.corrections.income_offer(home) is None
    facts: dict[str, str | int] = {"household_id": home, "year": year, "period": "year", "source": "said"}
    put(clerk, home, "income_items", "one", **facts, kind="wage", item="务工", amount="12000")
    put(clerk, home, "income_items", "two", **facts, kind="expense", item="农资", amount="500.5")
    offer = clerk.corrections.income_offer(home)
    assert offer is not None
    assert (offer.items, offer.facts["net"]) == (2, "11499.5")
    before = clerk.households.file(home).incomes
    assert year not in [income.year for income in before]
    done = clerk.corrections.take_sums(home)
    (now,) = [income for income in clerk.households.file(home).incomes if income.year == year]
    assert (now.wage, now.expense, now.net) == ("12000", "500.5", "11499.5")
    assert clerk.corrections.income_offer(home) is None
    assert clerk.corrections.of_household(home)[0].reason == f"按 {year} 年 2 条收入明细合计"
    assert done.facts >= 7
    with pytest.raises(KnownError) as told:
        helper.corrections.take_sums(home)
    assert told.value.code == "REG-003"
