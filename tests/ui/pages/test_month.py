"""The month on the page 计划, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.month import MonthPanel
from fieldapp.ui.pages.plan import PlanPage
from fieldapp.ui.viewmodels.month import day_marks
from tests.ui.seeing import press, texts

K = Qt.Key


@pytest.fixture
def month(main: MainWindow, qtbot: QtBot) -> MonthPanel:
    main.show_page("plan")
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    QTest.keyClick(main, K.Key_M, Qt.KeyboardModifier.ControlModifier)
    page = main.pages.page("plan")
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(page.month.grid.hasFocus, timeout=2000)
    return page.month


def _press(month: MonthPanel, *keys: Qt.Key) -> str:
    """Press keys in the grid; return what a screen reader says of the day."""
    for key in keys:
        QTest.keyClick(month.grid, key)
    return month.grid.accessibleDescription()


def test_today_is_told_with_what_falls_on_it(main: MainWindow, month: MonthPanel) -> None:
    assert month.grid.accessibleDescription() == "11月22日 周日：约定 1，到期 1，走访 1"
    assert "2026年11月" in texts(main)


def test_the_arrows_go_by_days_and_weeks_the_pages_by_months(month: MonthPanel) -> None:
    assert _press(month, K.Key_Left).startswith("11月21日")
    assert _press(month, K.Key_Up).startswith("11月14日")
    assert _press(month, K.Key_Right, K.Key_Down).startswith("11月22日")
    assert _press(month, K.Key_Down, K.Key_Down) == "12月6日 周日"
    assert _press(month, K.Key_Left) == "12月5日 周六：待办 1"
    assert _press(month, K.Key_PageUp).startswith("11月5日")
    assert _press(month, K.Key_Home).startswith("11月22日")


def test_a_day_goes_into_its_list_and_on_to_the_household(main: MainWindow, month: MonthPanel) -> None:
    _press(month, K.Key_Return)
    assert month.table.hasFocus()
    QTest.keyClick(month.table, K.Key_Down)
    QTest.keyClick(month.table, K.Key_Return)
    assert (main.page_key, main.pages.household.household_id) == ("household", "h0003")
    main.back()
    assert month.isVisible(), "one comes back to the month"


def test_a_day_without_anything_says_what_stands_here(main: MainWindow, month: MonthPanel) -> None:
    _press(month, K.Key_Left)
    assert "这一天没有事" in texts(main)
    _press(month, K.Key_Return)
    assert month.grid.hasFocus()


def test_a_campaign_stands_on_its_last_day(month: MonthPanel) -> None:
    _press(month, K.Key_PageDown)
    marks = [day_marks(sheet) for sheet in month._model.days.values()]
    assert [("截止 2026 年全覆盖遍访", "bad")] in marks


def test_a_click_chooses_a_day_and_the_buttons_turn_the_month(main: MainWindow, month: MonthPanel) -> None:
    day, rect = month.grid._places()[0]
    QTest.mouseClick(month.grid, Qt.MouseButton.LeftButton, pos=QPoint(rect.center()))
    assert month._model.day == day
    press(main, "下个月")
    assert "2026年12月" in texts(main)
    press(main, "上个月")
    assert "2026年11月" in texts(main)


def test_the_list_of_tasks_comes_back_with_the_same_key(
    main: MainWindow, month: MonthPanel, qtbot: QtBot
) -> None:
    QTest.keyClick(main, K.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not month.isVisible(), timeout=2000)
    assert "待办" in texts(main)
