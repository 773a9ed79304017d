"""Today, as a person uses it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.widgets.number_tile import NumberTile
from tests.ui.fakes import FakeWorkspace, empty_county
from tests.ui.seeing import press, texts, visible


def _tile(main: MainWindow, name: str) -> NumberTile:
    return next(tile for tile in visible(main, NumberTile) if tile.accessibleName().startswith(name))


def test_it_says_the_day_and_how_far_the_year_is(main: MainWindow) -> None:
    seen = texts(main)
    assert "11月22日 星期日" in seen
    assert _tile(main, "已超期").accessibleName() == "已超期 10 户"
    assert "近期要走的户" in seen


def test_every_number_opens_its_households(main: MainWindow) -> None:
    QTest.keyClick(_tile(main, "已超期"), Qt.Key.Key_Return)
    assert main.page_key == "households"
    assert main.pages.work_list_model.wanted.states == {"overdue"}
    main.back()
    assert main.page_key == "today"
    QTest.mouseClick(_tile(main, "今年已走满"), Qt.MouseButton.LeftButton)
    assert main.pages.work_list_model.wanted.states == {"fulfilled"}


def test_a_household_of_the_route_is_opened(main: MainWindow) -> None:
    press(main, "打开黄海涛家")
    assert main.page_key == "household"


def test_the_list_of_the_route_is_printed(main: MainWindow) -> None:
    press(main, "打印走访名单")
    assert main.page_key == "print"
    assert main.pages.print_model.kind == "visit_list"
    assert len(main.pages.print_model.chosen) == 20


def test_a_draft_is_discarded_without_being_asked_and_can_be_taken_back(
    main: MainWindow, workspace: FakeWorkspace
) -> None:
    press(main, "丢弃王秀英的草稿")
    assert main.banner.message == "草稿已丢弃。"
    assert workspace.visits.drafts() == []
    press(main, "恢复")
    assert len(workspace.visits.drafts()) == 1


def test_an_empty_register_says_what_to_do(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(empty_county())
    main = MainWindow(workspace, InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.resize(1180, 720)
    main.show()
    main.start()
    seen = texts(main)
    assert "这台电脑上还没有农户" in seen
    assert any("没有没填完的走访" in text for text in seen)
    press(main, "去同步")
    assert main.page_key == "sync"


def test_what_waits_is_told_with_its_age(main: MainWindow) -> None:
    assert any("距上次同步 48 小时" in text for text in texts(main))


def test_the_numbers_of_tasks_and_campaigns_open_their_households(main: MainWindow) -> None:
    for name, homes in (("过期 1 项", 1), ("2026 年全覆盖遍访还差 20 户，打开名单", 20)):
        press(main, name)
        assert len(main.pages.work_list_model.wanted.within or ()) == homes
        main.back()
    press(main, "打开李建国家的待办")
    assert (main.page_key, main.pages.household.household_id) == ("household", "h0003")
    main.back()
    press(main, "看计划")
    assert main.page_key == "plan"


def test_without_tasks_and_campaigns_their_cards_are_not_shown(
    main: MainWindow, workspace: FakeWorkspace
) -> None:
    assert {"待办", "活动"} <= set(texts(main))
    workspace.tasks.lines, workspace.campaigns.on = [], False
    main.show_page("settings")
    main.show_page("today")
    assert "活动" not in texts(main)
