"""Looking for the same elsewhere on the page 计划 and from a household, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.elsewhere import ElsewherePanel
from fieldapp.ui.pages.plan import PlanPage
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import button, press, texts, type_into

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(main: MainWindow, qtbot: QtBot) -> ElsewherePanel:
    main.show_page("plan")
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    page = main.pages.page("plan")
    assert isinstance(page, PlanPage)
    QTest.keyClick(main, K.Key_I, CTRL)
    qtbot.waitUntil(page.elsewhere.sources.hasFocus, timeout=2000)
    return page.elsewhere


def test_households_are_chosen_and_get_a_task_by_keyboard_alone(
    main: MainWindow, workspace: FakeWorkspace, panel: ElsewherePanel, qtbot: QtBot
) -> None:
    QTest.keyClick(panel.sources, K.Key_Return)
    qtbot.waitUntil(panel.homes.isVisible, timeout=2000)
    suggested = panel.homes.positions()
    assert suggested[:3] == [0, 3, 6], "what the register suggests is chosen beforehand"
    panel.take_focus()
    QTest.keyClick(panel.homes, K.Key_Down)
    QTest.keyClick(panel.homes, K.Key_Space)
    chosen = panel.homes.positions()
    assert set(chosen) ^ set(suggested) == {panel.homes.currentIndex().row()}
    panel.what.setText("看水龙头和水缸")
    panel.days.setCurrentIndex(1)
    QTest.keyClick(main, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(workspace.elsewhere.told), timeout=2000)
    ((homes, due, what),) = workspace.elsewhere.told
    assert (len(homes), due, what) == (len(chosen), workspace.today() + timedelta(days=15), "看水龙头和水缸")
    assert any("安排同类排查" in text for text in texts(main))
    press(main, "撤回")
    assert workspace.elsewhere.tasked == set()
    QTest.keyClick(panel, K.Key_Backspace)
    qtbot.waitUntil(panel.sources.isVisible, timeout=2000)


def test_a_village_narrows_and_what_is_left_out_is_told(
    workspace: FakeWorkspace, panel: ElsewherePanel, qtbot: QtBot
) -> None:
    workspace.elsewhere.left_out = 9_000
    panel.begin("i1")
    everyone = panel.homes.model().rowCount()
    assert any("另有 9,000 户没有列出" in text for text in texts(panel))
    panel.area.setCurrentIndex(1)
    panel.area.activated.emit(1)
    assert 0 < panel.homes.model().rowCount() < everyone


def test_nothing_chosen_makes_nothing(workspace: FakeWorkspace, panel: ElsewherePanel) -> None:
    panel.begin("i1")
    panel.homes.clearSelection()
    assert not button(panel, "先选要看的户（空格）").isEnabled()
    panel.what.returnPressed.emit()
    assert workspace.elsewhere.told == [((), workspace.today() + timedelta(days=7), "")]


def test_who_may_not_is_not_offered_it(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.elsewhere.may = False
    main.show_page("plan")
    assert "同类排查" not in texts(main)
    page = main.pages.page("plan")
    assert isinstance(page, PlanPage)
    assert not page._as_elsewhere.isVisible()


def test_a_problem_of_a_household_leads_to_the_others(
    main: MainWindow, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    workspace.person = replace(workspace.person, role="clerk")
    main.open_household("h0001")
    issue = main.pages.household.model.issue_at(0)
    assert issue
    told: list[str] = []
    main.pages.household.elsewhere_asked.connect(told.append)
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    QTest.keyClick(main, K.Key_I, CTRL)
    qtbot.waitUntil(lambda: told == [issue], timeout=2000)
    assert main.page_key == "plan"


def test_backspace_in_what_to_look_at_mends_the_text_and_leaves_nothing(
    panel: ElsewherePanel, qtbot: QtBot
) -> None:
    panel.begin("i1")
    panel.what.setFocus()
    type_into(panel.what, "看水缸a")
    QTest.keyClick(panel.what, K.Key_Backspace)
    qtbot.wait(150)
    assert panel.what.text() == "看水缸"
    assert panel.homes.isVisible()
