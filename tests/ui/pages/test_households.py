"""The list of households, as a person uses it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.filters import FilterBar
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.viewmodels.work_table import WorkColumn
from fieldapp.ui.widgets.group_menu import GroupMenu
from tests.ui.fakes import FakeWorkspace, empty_county, small_county
from tests.ui.seeing import button, press, texts, type_into, visible


def _list(main: MainWindow) -> MainWindow:
    main.show_page("households")
    return main


def test_the_search_filters_the_list_under_its_results(main: MainWindow, qtbot: QtBot) -> None:
    _list(main)
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    QTest.keyClick(main, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert main.top.search.hasFocus()
    type_into(main.top.search, "419900000007")
    assert main.pages.work_list_model.table.rowCount() == 1
    qtbot.waitUntil(main.search.results.isVisible, timeout=2000)
    QTest.keyClick(main.top.search, Qt.Key.Key_Escape)
    assert not main.search.results.isVisible()
    assert main.top.search.text() == "419900000007"
    QTest.keyClick(main.top.search, Qt.Key.Key_Down)
    assert main.pages.households.table.hasFocus()
    QTest.keyClick(main.pages.households.table, Qt.Key.Key_Return)
    assert main.page_key == "household"


def test_the_arrows_choose_as_soon_as_the_list_is_shown(main: MainWindow, qtbot: QtBot) -> None:
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    _list(main)
    table = main.pages.households.table
    qtbot.waitUntil(table.hasFocus, timeout=2000)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.positions() == [0]


def test_escape_empties_the_search(main: MainWindow) -> None:
    _list(main)
    main.top.search.setText("没有这个人")
    assert "没有找到「没有这个人」" in texts(main)
    QTest.keyClick(main.top.search, Qt.Key.Key_Escape)
    assert main.pages.work_list_model.table.rowCount() == 60


def test_clearing_the_filters_empties_the_search_box_too(main: MainWindow) -> None:
    _list(main)
    main.top.search.setText("没有这个人")
    press(main, "清除筛选")
    assert main.top.search.text() == ""
    assert "共 60 户" in texts(main)


def test_chips_say_how_many_and_filter(main: MainWindow) -> None:
    _list(main)
    press(main, "已超期 10")
    assert "找到 10 户" in texts(main)
    assert button(main, "已超期 10").isChecked()
    press(main, "监测对象")
    assert main.pages.work_list_model.wanted.kinds == {"monitored"}
    press(main, "我结对的")
    assert main.pages.work_list_model.wanted.mine


def test_a_village_is_chosen_from_the_places(main: MainWindow) -> None:
    _list(main)
    places = next(box for box in visible(main, QComboBox) if box.accessibleName() == "乡镇或村")
    places.setCurrentIndex(places.findData("411025101202"))
    assert "找到 30 户" in texts(main)


def test_what_can_be_done_depends_on_how_many_are_chosen(main: MainWindow) -> None:
    _list(main)
    table = main.pages.households.table
    assert not button(main, "打印…").isEnabled()
    table.selectRow(1)
    assert button(main, "打开").isEnabled()
    assert button(main, "开始走访").isEnabled()
    flag = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(table.model().index(2, 0), flag.Select | flag.Rows)
    assert "已选 2 户" in texts(main)
    assert not button(main, "打开").isEnabled()
    press(main, "打印…")
    assert [chosen.household_id for chosen in main.pages.print_model.chosen] == ["h0001", "h0002"]


def test_a_visit_begins_from_the_list(main: MainWindow, workspace: FakeWorkspace) -> None:
    _list(main)
    main.pages.households.table.selectRow(4)
    action = next(act for act in main.pages.households.actions() if act.shortcut().toString() == "F4")
    action.trigger()
    assert workspace.visits.started == [("h0004", "paper")]


def test_a_double_click_opens(main: MainWindow) -> None:
    _list(main)
    main.pages.households.table.doubleClicked.emit(main.pages.work_list_model.table.index(5, 0))
    assert main.page_key == "household"
    assert main.pages.household.household_id == "h0005"


def test_an_empty_register_sends_one_to_the_sync_page(qtbot: QtBot) -> None:
    main = MainWindow(FakeWorkspace(empty_county()), InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.show()
    main.show_page("households")
    assert "这台电脑上还没有农户" in texts(main)
    press(main, "去同步")
    assert main.page_key == "sync"


def test_twelve_thousand_rows_scroll_to_the_end(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(small_county(12_000))
    main = MainWindow(workspace, InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.resize(1180, 720)
    main.show()
    main.show_page("households")
    main.pages.households.table.scrollToBottom()
    main.grab()
    assert len(workspace.worklist.pages) <= 3
    assert "共 12,000 户" in texts(main)


def test_a_narrow_window_drops_what_matters_least(main: MainWindow) -> None:
    _list(main)
    table = main.pages.households.table
    assert not table.isColumnHidden(WorkColumn.MEMBERS)
    main.resize(860, 600)
    main.grab()
    assert table.isColumnHidden(WorkColumn.MEMBERS)
    assert not table.isColumnHidden(WorkColumn.STATE)
    assert not table.isColumnHidden(WorkColumn.SENT)


def test_the_menu_of_groups_counts_and_filters_by_keyboard(main: MainWindow) -> None:
    _list(main)
    bar = next(one for one in main.pages.households.findChildren(FilterBar))
    menu = bar.findChild(GroupMenu)
    assert menu is not None
    press(main, "人群分类 ▾")
    shown = [action.text() for action in menu.actions() if action.isCheckable()]
    assert shown == ["低保对象\t20 户 51 人", "易地搬迁户\t2 户 7 人"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible(), "one may choose several"
    assert main.pages.work_list_model.wanted.groups == {"low_income_allowance"}
    assert "找到 20 户" in texts(main)
    menu.close()
    assert button(main, "低保对象 ▾").isChecked()
    press(main, "清除筛选")
    assert main.pages.work_list_model.wanted.groups == frozenset()
    assert not button(main, "人群分类 ▾").isChecked()
