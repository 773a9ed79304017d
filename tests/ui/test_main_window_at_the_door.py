"""While a family looks on: one key and one state from the household to its form and back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.ui.main_window import MainWindow
from tests.ui.fakes import DEAD_SERVER


def _stand_at_the_door(main: MainWindow, qtbot: QtBot) -> None:
    main.open_household("h0001")
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    QTest.keyClick(main, Qt.Key.Key_F11)
    qtbot.waitUntil(main.pages.household.at_the_door, timeout=2000)


def test_the_household_at_the_door_leads_nowhere_else(main: MainWindow, qtbot: QtBot) -> None:
    _stand_at_the_door(main, qtbot)
    assert not main.nav.isVisible()
    assert not main.state_bar.isVisible()
    QTest.keyClick(main, Qt.Key.Key_F11)
    qtbot.waitUntil(main.nav.isVisible, timeout=2000)
    assert main.state_bar.isVisible()


def test_what_is_said_of_others_waits_and_what_is_done_here_is_said(main: MainWindow, qtbot: QtBot) -> None:
    _stand_at_the_door(main, qtbot)
    main.show_error(DEAD_SERVER())
    assert main.banner.message == ""
    main.pages.household.notice("已更正")
    assert main.banner.message == "已更正"
    main.show_error(DEAD_SERVER())
    QTest.keyClick(main, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: main.banner.message != "", timeout=2000)
