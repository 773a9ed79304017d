"""Tasks and campaigns on Today: counted by when, told with where they come from, each number with its households."""

from __future__ import annotations

import dataclasses

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.viewmodels.today_due import TodayDueViewModel
from tests.ui.fakes import FakeWorkspace


def _loaded(workspace: FakeWorkspace) -> TodayDueViewModel:
    model = TodayDueViewModel(workspace, InlineRunner())
    model.load(workspace.worklist.counts())
    return model


def test_tasks_are_counted_by_when_and_every_number_has_its_households(workspace: FakeWorkspace) -> None:
    model = _loaded(workspace)
    told = [(number.text, number.wanted.within) for number in model.numbers if number.wanted.within]
    assert told == [
        ("过期 1 项", ("h0001",)),
        ("7 天内 1 项", ("h0002",)),
        ("以后和没定日子 1 项", ("h0003",)),
    ]


def test_a_household_with_two_tasks_is_listed_once(workspace: FakeWorkspace) -> None:
    late = workspace.tasks.lines[0]
    workspace.tasks.lines = [late, dataclasses.replace(late, id="t9")]
    (number,) = [each for each in _loaded(workspace).numbers if each.wanted.within]
    assert (number.text, number.wanted.within) == ("过期 2 项", ("h0001",))


def test_a_task_says_where_it_comes_from(workspace: FakeWorkspace) -> None:
    task = workspace.tasks.lines[1]
    for told, words in (
        (dataclasses.replace(task, visit_on="2026-11-03"), "来自11月3日的走访"),
        (dataclasses.replace(task, issue="屋面漏雨", visit_on="2026-11-03"), "来自问题「屋面漏雨」"),
        (dataclasses.replace(task, campaign="第二轮自查"), "来自活动「第二轮自查」"),
    ):
        workspace.tasks.lines = [told]
        (note,) = _loaded(workspace).next
        assert note.detail == f"11月28日 · 约定再访 · {words}"
        assert not note.overdue


def test_a_campaign_tells_how_far_and_until_when_and_who_is_left(workspace: FakeWorkspace) -> None:
    (campaign,) = _loaded(workspace).campaigns
    assert (campaign.done, campaign.total, len(campaign.rest)) == (40, 60, 20)
    assert campaign.detail == "12月20日截止，还有 28 天"
