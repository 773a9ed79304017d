"""The page of proposed changes, as the clerk uses it with the keyboard, and as a helper sees what came back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.proposals import ProposalsPage
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.widgets.nav import Nav
from tests.ui.fakes import FakeWorkspace
from tests.ui.fakes_proposals import proposal_line
from tests.ui.seeing import press, texts, visible


@pytest.fixture
def page(main: MainWindow, workspace: FakeWorkspace) -> ProposalsPage:
    workspace.proposals.clerk = True
    workspace.proposals.lines = [
        proposal_line(1),
        proposal_line(2, item="健康状况", new_text="残疾", standing="stale", now_text="长期慢性病"),
        proposal_line(3, household_id="h0002", head_name="王秀英", author_id="s8", author_name="李强"),
    ]
    return shown(main)


def shown(main: MainWindow) -> ProposalsPage:
    main.show_page("proposals")
    page = main.pages.page("proposals")
    assert isinstance(page, ProposalsPage)
    return page


def notes_shown(page: ProposalsPage) -> list[str]:
    rows = page.table.model().rowCount()
    return [str(page.table.model().index(row, 5).data()) for row in range(rows)]


def states(workspace: FakeWorkspace) -> list[str]:
    return [line.state for line in workspace.proposals.lines]


def note(page: ProposalsPage) -> QLineEdit:
    return next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == "意见")


def combo(page: ProposalsPage, name: str) -> QComboBox:
    return next(each for each in page.findChildren(QComboBox) if each.accessibleName() == name)


def test_space_chooses_and_all_are_confirmed_but_what_the_register_has_overtaken(
    page: ProposalsPage, workspace: FakeWorkspace
) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(page, "确认")
    assert states(workspace) == ["confirmed", "waiting", "confirmed"]
    assert notes_shown(page) == ["登记册已是“长期慢性病”"]


def test_one_line_is_confirmed_when_nothing_is_chosen(page: ProposalsPage, workspace: FakeWorkspace) -> None:
    press(page, "确认")
    assert states(workspace) == ["confirmed", "waiting", "waiting"]


def test_confirming_all_the_same_takes_what_was_overtaken(
    page: ProposalsPage, workspace: FakeWorkspace
) -> None:
    page.table.selectRow(1)
    press(page, "仍按填报确认")
    assert states(workspace)[1] == "confirmed"


def test_what_goes_back_carries_the_comment(page: ProposalsPage, workspace: FakeWorkspace) -> None:
    note(page).setText("请核对毕业证")
    press(page, "退回")
    assert workspace.proposals.acts == [("note", "请核对毕业证"), ("returned", "proposal1")]
    assert note(page).text() == ""


def test_a_value_is_corrected_from_the_list(page: ProposalsPage, workspace: FakeWorkspace) -> None:
    value = combo(page, "更正为")
    assert [value.itemText(number) for number in range(value.count())] == ["小学", "初中", "高中"]
    assert value.currentText() == "初中"
    value.setEditText("高中")
    note(page).setText("毕业证是高中")
    press(page, "更正后确认")
    assert workspace.proposals.acts == [("value", "高中", "毕业证是高中"), ("corrected", "proposal1")]


def test_a_household_is_named_once_and_helpers_and_kinds_are_filters(page: ProposalsPage) -> None:
    heads = [page.table.model().index(row, 0).data() for row in range(3)]
    assert heads == ["买买提·吐尔逊·阿卜杜热合曼 三组", "", "王秀英 三组"]
    helper = combo(page, "帮扶责任人")
    helper.setCurrentIndex(helper.findData("s8"))
    assert page.table.model().rowCount() == 1
    kind = combo(page, "类别")
    kind.setCurrentIndex(kind.findData("income"))
    assert "这样筛选没有待确认的变更" in texts(page)


def test_a_decision_is_taken_back_from_the_banner(
    page: ProposalsPage, main: MainWindow, workspace: FakeWorkspace
) -> None:
    press(page, "确认")
    press(main.banner, "撤销")
    assert states(workspace) == ["waiting"] * 3


def test_enter_opens_the_household(page: ProposalsPage, main: MainWindow) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert main.page_key == "household"


def test_an_empty_list_says_what_will_come_here(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.proposals.clerk = True
    assert "没有待确认的变更" in texts(shown(main))


def test_a_helper_reads_what_came_back_and_puts_it_away(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.proposals.lines = [proposal_line(1, state="returned", note="请核对毕业证")]
    page = shown(main)
    assert notes_shown(page) == ["退回：请核对毕业证"]
    press(page, "知道了 / 撤回")
    assert states(workspace) == ["withdrawn"]


@pytest.mark.parametrize(("clerk", "there"), [(True, True), (False, False)])
def test_only_who_decides_has_the_page_in_the_navigation(
    workspace: FakeWorkspace, qtbot: QtBot, clerk: bool, there: bool
) -> None:
    workspace.proposals.clerk = clerk
    main = MainWindow(workspace, InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.show()
    (nav,) = main.findChildren(Nav)
    assert ("待确认" in [made.accessibleName() for made in visible(nav, QAbstractButton)]) is there


@pytest.mark.parametrize(
    ("clerk", "state", "sentence"),
    [
        (True, "waiting", "帮扶责任人报来 1 项变更，等你确认。"),
        (False, "waiting", "你报的 1 项变更在等信息员确认。"),
        (False, "returned", "退回的修改 1 条，看看信息员的意见。"),
    ],
)
def test_today_says_what_waits_or_came_back(
    main: MainWindow, workspace: FakeWorkspace, clerk: bool, state: str, sentence: str
) -> None:
    workspace.proposals.clerk = clerk
    workspace.proposals.lines = [proposal_line(1, state=state)]
    main.show_page("today")
    today = main.pages.page("today")
    assert sentence in texts(today)
    press(today, "去看")
    assert main.page_key == "proposals"
