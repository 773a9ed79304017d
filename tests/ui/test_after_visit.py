"""A visit that found nobody home offers a note for the door, in the banner, not over the page."""

from __future__ import annotations

import dataclasses

from fieldapp.register.entities import Visit
from fieldapp.services.tasks import AttemptLog
from fieldapp.ui.after_visit import SlipOffer, saved_sentence
from fieldapp.ui.main_window import MainWindow
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import press, texts


def _visit(id: str, **more: str) -> Visit:
    told = {"household_id": "h0001", "visit_date": "2026-11-22", "mode": "door", "outcome": "nobody", **more}
    return Visit.from_values(id, dict(told))


def _tried(workspace: FakeWorkspace, *visits: Visit) -> None:
    workspace.tasks.tried = AttemptLog(visits, 1, absent=False, another_way=False)


def _considered(main: MainWindow, visit_id: str) -> str:
    main.open_household("h0001")
    offer = main.findChild(SlipOffer)
    assert isinstance(offer, SlipOffer)
    offer.consider(visit_id, "h0001")
    return main.banner.message


def test_nobody_home_offers_a_note_and_it_is_for_that_household(
    main: MainWindow, workspace: FakeWorkspace
) -> None:
    _tried(workspace, _visit("v2"), _visit("v1"))
    assert "已去 2 次未遇" in _considered(main, "v2")
    press(main, "打印联系单")
    printing = main.pages.print_model
    assert (main.page_key, printing.kind) == ("print", "missed_slip")
    assert [chosen.household_id for chosen in printing.chosen] == ["h0001"]


def test_a_refusal_a_call_and_a_visit_that_met_somebody_offer_none(
    main: MainWindow, workspace: FakeWorkspace
) -> None:
    _tried(workspace, _visit("v1", outcome="refused"))
    assert _considered(main, "v1") == ""
    _tried(workspace, _visit("v1", mode="phone"))
    assert _considered(main, "v1") == ""
    _tried(workspace, _visit("v1"))
    assert _considered(main, "v9") == ""
    assert saved_sentence(visit=True) != saved_sentence(visit=False)


def test_blank_notes_are_made_without_choosing_anybody(main: MainWindow, workspace: FakeWorkspace) -> None:
    main.show_page("print")
    main.pages.print_model.set_kind("missed_slip")
    assert "空白联系单，一页两张" in texts(main)
    press(main, "生成预览")
    assert [dataclasses.astuple(order)[:2] for order in workspace.printing.orders] == [("missed_slip", ())]
