"""Today: what is due, drafts, what waits."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.viewmodels.today import TodayViewModel
from tests.ui.fakes import FakeWorkspace, empty_county


@pytest.fixture
def model(workspace: FakeWorkspace) -> TodayViewModel:
    made = TodayViewModel(workspace, InlineRunner())
    made.load()
    return made


def test_the_route_goes_place_by_place(model: TodayViewModel) -> None:
    places = [stop.place for stop in model.stops]
    assert len(places) == len(set(places))
    assert all(row.due_state in ("overdue", "due") for stop in model.stops for row in stop.rows)
    assert sum(len(stop.rows) for stop in model.stops) == model.due_total
    assert len(model.due_ids()) == model.due_total


def test_what_lies_here_unsent_is_told_with_its_age(model: TodayViewModel) -> None:
    assert model.counts is not None
    assert model.counts.unsent > 0
    assert model.hours_unsent == 48


def test_nothing_unsent_has_no_age() -> None:
    workspace = FakeWorkspace(empty_county())
    model = TodayViewModel(workspace, InlineRunner())
    model.load()
    assert model.hours_unsent == 0
    assert not model.stops


def test_a_draft_says_how_it_was_begun_and_when_it_was_saved(model: TodayViewModel) -> None:
    assert [(draft.head_name, draft.detail) for draft in model.drafts] == [
        ("王秀英", "据纸质记录补录 · 保存于11月21日 20:10")
    ]


def test_a_discarded_draft_can_be_taken_back(model: TodayViewModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.draft_discarded) as told:
        model.discard("d1")
    assert told.args == ["d1"]
    assert not model.drafts
    model.restore("d1")
    assert [draft.id for draft in model.drafts] == ["d1"]
