"""Beginning a visit."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.viewmodels.visit_start import VISIT_STARTS, VisitStartViewModel, start_label
from tests.ui.fakes import FakeWorkspace
from tests.ui.runners import HeldRunner


@pytest.mark.parametrize("way", VISIT_STARTS)
def test_a_visit_begins_in_one_of_three_ways(workspace: FakeWorkspace, way: str) -> None:
    model = VisitStartViewModel(workspace.visits, InlineRunner())
    model.start("h0001", way)
    assert workspace.visits.started == [("h0001", way)]
    assert all(start_label(way))  # type: ignore[arg-type]


def test_what_keeps_a_visit_from_beginning_is_told(workspace: FakeWorkspace, qtbot: QtBot) -> None:
    model = VisitStartViewModel(workspace.visits, InlineRunner())
    with qtbot.waitSignal(model.failed):
        model.start("h0001", "onsite")
    with qtbot.waitSignal(model.failed):
        model.resume("d1")


def test_an_impatient_double_click_begins_one_visit(workspace: FakeWorkspace) -> None:
    runner = HeldRunner()
    model = VisitStartViewModel(workspace.visits, runner)
    model.start("h0001", "onsite")
    model.start("h0001", "onsite")
    assert len(runner) == 1
