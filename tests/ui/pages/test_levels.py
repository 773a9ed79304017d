"""Progress by level on the page 计划, by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.plan import PlanPage
from tests.ui.seeing import texts

K = Qt.Key


def test_one_goes_down_to_a_village_and_up_again(main: MainWindow, qtbot: QtBot) -> None:
    main.show_page("plan")
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    page = main.pages.page("plan")
    assert isinstance(page, PlanPage)
    QTest.keyClick(main, K.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.month.isVisible, timeout=2000)
    QTest.keyClick(main, K.Key_U, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.levels.table.hasFocus, timeout=2000)
    assert not page.month.isVisible(), "one view at a time"
    table, model = page.levels.table, page.levels.table.model()
    assert [model.index(0, column).data() for column in range(7)] == [
        "王洛镇",
        "50",
        "10",
        "10",
        "10",
        "9",
        "62%",
    ]
    QTest.keyClick(table, K.Key_Return)
    assert "王洛镇" in texts(main)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["石桥村", "青杨村"]
    QTest.keyClick(table, K.Key_Backspace)
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=2000)
    assert "这台电脑上的全部" in texts(main)
    QTest.keyClick(table, K.Key_Return)
    QTest.keyClick(table, K.Key_Down)
    QTest.keyClick(table, K.Key_Return)
    assert main.page_key == "households"
    assert main.pages.work_list_model.wanted.area_code == "411025101202"
