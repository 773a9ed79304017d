"""Cadres: what is missing stands first, a line opens its household, nothing is said with a reason."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.pages.cadres import CadresPage
from fieldapp.ui.viewmodels.cadres import SHOWN, CadresViewModel
from fieldapp.ui.widgets.table import CardTable
from tests.ui.fakes import empty_county, small_county
from tests.ui.fakes_cadres import FakeCadres


def page_of(cadres: FakeCadres, qtbot: QtBot) -> CadresPage:
    page = CadresPage(CadresViewModel(cadres, InlineRunner()))
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.entered()
    return page


def table(page: CadresPage, name: str) -> CardTable:
    return next(found for found in page.findChildren(CardTable) if found.accessibleName() == name)


def test_a_household_without_a_helper_is_listed_and_opens(qtbot: QtBot) -> None:
    cadres = FakeCadres(small_county())
    page = page_of(cadres, qtbot)
    gaps = table(page, "没有帮扶责任人的户")
    assert gaps.model().rowCount() == len(cadres.sheet().unpaired)
    with qtbot.waitSignal(page.household_opened) as opened:
        gaps.opened.emit(0)
    assert opened.args == [cadres.sheet().unpaired[0].household_id]
    assert "1 名帮扶责任人" in page.subtitle()


def test_a_long_list_is_cut_and_says_how_many_are_left(qtbot: QtBot) -> None:
    lines = small_county() * 300
    model = CadresViewModel(FakeCadres(lines), InlineRunner())
    model.load()
    assert len(model.gaps()["unpaired"]) == SHOWN
    assert model.left_out("unpaired") == f"还有 {len(lines[::10]) - SHOWN} 户没有列出。"
    assert model.left_out("unguarded") == ""


def test_an_empty_register_says_so(qtbot: QtBot) -> None:
    page = page_of(FakeCadres(empty_county()), qtbot)
    assert all(found.model().rowCount() == 0 for found in page.findChildren(CardTable))
    assert not any(found.isVisible() for found in page.findChildren(CardTable))


def test_units_and_departments_stand_with_whom_to_call(qtbot: QtBot) -> None:
    model = CadresViewModel(FakeCadres(small_county()), InlineRunner())
    model.load()
    told = [[cell.text for cell in row] for row in model.units()]
    assert [row[:2] for row in told] == [
        ["县农业农村局", "周科长 0374-3561234"],
        ["县住房和城乡建设局", "13800000009"],
    ]
    assert told[1][2:] == ["", ""], "a department has no households of its own"
