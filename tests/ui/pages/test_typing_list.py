"""The page of the to-type list and its small window, as a person uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.typing_list import TypingPage
from fieldapp.ui.pages.typing_window import TypingWindow
from tests.ui.fakes import FakeWorkspace
from tests.ui.fakes_typing import typing_line
from tests.ui.seeing import button, press, texts


@pytest.fixture
def page(main: MainWindow, workspace: FakeWorkspace) -> TypingPage:
    workspace.typing.all = [typing_line(1, value="13812345678"), typing_line(2, value="3.5")]
    main.show_page("typing")
    page = main.pages.page("typing")
    assert isinstance(page, TypingPage)
    return page


def window(page: TypingPage) -> TypingWindow:
    page.open_window()
    (found,) = page.findChildren(TypingWindow)
    return found


def states(workspace: FakeWorkspace) -> list[str]:
    return [line.state for line in workspace.typing.all]


def test_an_empty_list_says_why_it_is_empty(main: MainWindow) -> None:
    main.show_page("typing")
    assert "没有要录进全国系统的变化。" in texts(main)


def test_one_key_copies_the_value_and_again_marks_it_and_copies_the_next(
    page: TypingPage, workspace: FakeWorkspace
) -> None:
    small = window(page)
    assert small.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    QTest.keyClick(small, Qt.Key.Key_Space)
    assert (QGuiApplication.clipboard().text(), states(workspace)) == ("13812345678", ["waiting", "waiting"])
    QTest.keyClick(small, Qt.Key.Key_Space)
    assert (QGuiApplication.clipboard().text(), states(workspace)) == ("3.5", ["typed", "waiting"])
    QTest.keyClick(small, Qt.Key.Key_Space)
    assert states(workspace) == ["typed", "typed"]
    assert "都录完了" in texts(small)


def test_closing_the_small_window_leaves_nothing_in_the_clipboard(page: TypingPage) -> None:
    small = window(page)
    QTest.keyClick(small, Qt.Key.Key_Space)
    small.close()
    assert QGuiApplication.clipboard().text() == ""


def test_what_the_system_did_not_take_keeps_the_reason(page: TypingPage, workspace: FakeWorkspace) -> None:
    page._note.setText("号码重复")
    press(page, "系统退回")
    assert (states(workspace)[0], workspace.typing.all[0].note) == ("rejected", "号码重复")
    assert any("系统退回：号码重复" in text for row in page._model.cell_rows() for text in [row[-1].text])


def test_typed_lines_go_out_of_sight_and_can_be_looked_at(page: TypingPage) -> None:
    press(page, "标为已录")
    assert page.table.model().rowCount() == 1
    page._all.setChecked(True)
    assert page.table.model().rowCount() == 2


def test_the_list_goes_to_paper_with_the_households_that_have_something_open(
    page: TypingPage, main: MainWindow, workspace: FakeWorkspace
) -> None:
    workspace.typing.all.append(typing_line(3, home="h0002"))
    main.show_page("typing")
    made = button(main, "打印…")
    assert made.shortcut().toString() == "Ctrl+P"
    press(main, "打印…")
    assert main.page_key == "print"
    assert main.pages.print_model.kind == "typing_list"
    assert [one.household_id for one in main.pages.print_model.chosen] == ["h0001", "h0002"]
    press(main, "生成预览")
    assert workspace.printing.orders[0].kind == "typing_list"
