"""Ctrl+K: one box for everything, by keyboard alone, from every page, and never while a family looks on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.services.search import Hit
from fieldapp.ui.main_window import MainWindow
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import texts, type_into

K = Qt.Key


def _search(main: MainWindow, qtbot: QtBot, text: str) -> list[str]:
    """Press Ctrl+K, type, wait for the answer; return its lines."""
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    QTest.keyClick(main, K.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert main.top.search.hasFocus()
    type_into(main.top.search, text)
    qtbot.waitUntil(main.search.results.isVisible, timeout=2000)
    return [line.title for line in main.search.model.lines]


def _press(main: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(main.top.search, key)


@pytest.mark.parametrize(
    "page", ["today", "plan", "findings", "typing", "tables", "print", "sync", "settings"]
)
def test_a_household_is_opened_from_every_page(main: MainWindow, qtbot: QtBot, page: str) -> None:
    main.show_page(page)
    lines = _search(main, qtbot, "419900000007")
    assert lines[0] == "农户"
    assert main.page_key == page, "nothing is left before something is chosen"
    _press(main, K.Key_Return)
    assert (main.page_key, main.pages.household.household_id) == ("household", "h0007")
    assert main.top.search.text() == ""
    main.back()
    assert main.page_key == page


def test_the_arrows_pass_over_the_heads(main: MainWindow, workspace: FakeWorkspace, qtbot: QtBot) -> None:
    workspace.search.more = [
        Hit("issue", "i1", "h0003", "屋顶漏水", "王秀英", "2026-12-01"),
        Hit("cadre", "s1", "", "漏水的名字", "县水利局"),
        Hit("cadre", "s9", "", "没有户的漏水", "县水利局"),
    ]
    assert _search(main, qtbot, "漏水") == ["问题", "屋顶漏水", "干部", "漏水的名字", "没有户的漏水"]
    line = main.search.results.line
    assert line is not None
    assert (line.title, line.detail) == ("屋顶漏水", "12月1日 · 王秀英")
    _press(main, K.Key_Down)
    assert main.search.results.line == main.search.model.lines[3]
    _press(main, K.Key_PageDown, K.Key_Up, K.Key_Up, K.Key_Up)
    assert main.search.results.line == main.search.model.lines[1]
    _press(main, K.Key_Down, K.Key_Return)
    assert main.pages.work_list_model.wanted.within == ("h0000", "h0001", "h0002")


def test_a_cadre_without_households_leads_to_the_cadres(
    main: MainWindow, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    workspace.search.more = [Hit("cadre", "s9", "", "没有户的人", "县水利局")]
    _search(main, qtbot, "没有户")
    _press(main, K.Key_Return)
    assert main.page_key == "cadres"


def test_a_scanner_types_the_mark_and_enter_and_the_household_opens(
    main: MainWindow, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    mark = "FIELDAPP:1:410000000007:7K3M-9QXA"
    workspace.search.more = [Hit("paper", "h0007", "h0007", "户主七", f"青杨村 纸面旧了 {mark}")]
    assert _search(main, qtbot, mark)[0] == "扫的纸面"
    _press(main, K.Key_Return)
    assert (main.page_key, main.pages.household.household_id) == ("household", "h0007")
    assert any("纸面旧了" in text for text in texts(main)), (
        "whoever scanned reads it without looking into the list"
    )


def test_a_unit_leads_to_the_households_that_it_helps(
    main: MainWindow, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    workspace.search.more = [Hit("unit", "县农业农村局", "", "县农业农村局", "周科长 0374-3561234")]
    assert _search(main, qtbot, "周科长") == ["单位", "县农业农村局"]
    _press(main, K.Key_Return)
    assert main.pages.work_list_model.wanted.within == ("h0000", "h0001")


def test_a_village_shows_its_households(main: MainWindow, workspace: FakeWorkspace, qtbot: QtBot) -> None:
    workspace.search.more = [Hit("village", "411025101", "", "东王庄村", "王洛镇 60 户")]
    assert "村和乡镇" in _search(main, qtbot, "东王庄")
    while main.search.results.line is not None and main.search.results.line.title != "东王庄村":
        _press(main, K.Key_Down)
    _press(main, K.Key_Return)
    assert main.page_key == "households"
    assert main.pages.work_list_model.wanted.area_code == "411025101"


def test_pages_and_acts_are_found_by_their_names(main: MainWindow, qtbot: QtBot) -> None:
    assert _search(main, qtbot, "打印空白表") == ["页面和操作", "打印空白表"]
    _press(main, K.Key_Return)
    assert main.page_key == "print"
    assert main.pages.print_model.kind == "blank_form"
    assert "可能重复的人" in _search(main, qtbot, "重复")
    _press(main, K.Key_Return)
    assert main.page_key == "duplicates"


def test_a_form_is_printed_for_the_household_that_is_open(
    main: MainWindow, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    main.open_household("h0002")
    workspace.search.more = [Hit("form", "sbz", "", "三保障和饮水核查表", "")]
    _search(main, qtbot, "三保障")
    _press(main, K.Key_Return)
    printing = main.pages.print_model
    assert (printing.kind, printing.form_id) == ("blank_form", "sbz")
    assert [chosen.household_id for chosen in printing.chosen] == ["h0002"]


def test_all_households_with_the_text_are_a_filter_of_the_list(main: MainWindow, qtbot: QtBot) -> None:
    lines = _search(main, qtbot, "4199000000")
    assert "在农户列表里看全部 60 户" in lines
    while main.search.results.line is not None and not main.search.results.line.all_households:
        _press(main, K.Key_Down)
    _press(main, K.Key_Return)
    assert main.page_key == "households"
    assert main.top.search.text() == main.pages.work_list_model.wanted.text == "4199000000"


def test_nothing_found_says_what_can_be_tried(main: MainWindow, qtbot: QtBot) -> None:
    assert _search(main, qtbot, "没有这样的词") == []
    _press(main, K.Key_Return)
    assert main.page_key == "today"
    _press(main, K.Key_Escape)
    assert not main.search.results.isVisible()


def test_enter_before_the_answer_opens_the_first_thing(main: MainWindow, qtbot: QtBot) -> None:
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    main.top.search.setFocus()
    type_into(main.top.search, "419900000007")
    _press(main, K.Key_Return)
    qtbot.waitUntil(lambda: main.page_key == "household", timeout=2000)


def test_only_what_was_typed_last_is_searched(
    main: MainWindow, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    _search(main, qtbot, "419900000007")
    assert workspace.search.asked == ["419900000007"]


def test_nothing_leads_to_others_while_a_family_looks_on(main: MainWindow, qtbot: QtBot) -> None:
    main.open_household("h0001")
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    QTest.keyClick(main, K.Key_F11)
    qtbot.waitUntil(lambda: not main.top.search.isVisible(), timeout=2000)
    QTest.keyClick(main, K.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not main.top.search.hasFocus()
    QTest.keyClick(main, K.Key_F11)
    qtbot.waitUntil(main.top.search.isVisible, timeout=2000)


def test_the_results_go_when_the_keyboard_goes_elsewhere(main: MainWindow, qtbot: QtBot) -> None:
    _search(main, qtbot, "419900000007")
    main.show_page("settings")
    assert not main.search.results.isVisible()
