"""Filling a county's blank on the page 表格, over a real register: dropped, looked at, made, opened."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.services.workspace import Workspace
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.filling import FillingTab
from fieldapp.ui.pages.tables import TablesPage
from fieldapp.ui.preferences import Preferences
from tests.services.asking import homes
from tests.services.conftest import made, offline
from tests.services.test_table_builder import blank, rows
from tests.services.world import World
from tests.ui.seeing import press, texts

__all__ = ["made", "offline"]


@pytest.fixture
def clerk(offline: World) -> Workspace:
    return offline.unlocked("clerk")


@pytest.fixture
def main_of(clerk: Workspace, qtbot: QtBot) -> MainWindow:
    window = MainWindow(clerk, InlineRunner(), Preferences())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.show_page("tables")
    return window


@pytest.fixture
def tab(main_of: MainWindow) -> FillingTab:
    page = main_of.pages.page("tables")
    assert isinstance(page, TablesPage)
    page.show_tab("filling")
    found = page.tab("filling")
    assert isinstance(found, FillingTab)
    return found


def test_a_blank_is_looked_at_filled_and_says_where_the_file_is(
    main_of: MainWindow, tab: FillingTab, clerk: Workspace, tmp_path: Path
) -> None:
    tab.look(blank(tmp_path / "名单.xlsx", A1="【序号】", B1="【户主姓名】", C1="【户主证件号码|后四位】"))
    assert "名单.xlsx" in texts(main_of)
    assert [tab._words.index(row, 0).data() for row in range(tab._words.rowCount())] == [
        "【序号】",
        "【户主姓名】",
        "【户主证件号码】",
    ]
    assert not tab._make.isEnabled(), "it wants to be said what for"
    tab._list.setChecked(True)
    QTest.keyClicks(tab._purpose, "huamingce")
    assert tab._make.isEnabled()
    tab.make_into(tmp_path / "完成.xlsx")
    assert main_of.banner.message == "已套填 1 份：完成.xlsx"
    assert len(rows(tmp_path / "完成.xlsx")) == len(homes(clerk))


def test_every_placeholder_there_is_can_be_copied(tab: FillingTab) -> None:
    assert tab._words.rowCount() > 100
    tab.table.setCurrentIndex(tab._words.index(0, 0))
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == tab._words.index(0, 0).data()


def test_a_blank_with_a_wrong_word_is_told_with_the_right_one(
    main_of: MainWindow, tab: FillingTab, tmp_path: Path
) -> None:
    tab.look(blank(tmp_path / "错.xlsx", B3="【户主姓明】"))
    assert any("【户主姓明】（是不是【户主姓名】）" in text for text in texts(main_of))
    assert not tab._make.isEnabled()
    tab.look(blank(tmp_path / "对.xlsx", B3="【户主姓名】"))
    press(main_of, "可用的占位符")
    assert tab._words.rowCount() > 100


def test_a_table_that_would_be_spoilt_is_told_and_nothing_is_written(
    main_of: MainWindow, tab: FillingTab, tmp_path: Path
) -> None:
    path = blank(tmp_path / "并.xlsx", A1="【姓名】")
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active.merge_cells("A1:A2")
    book.save(path)
    tab.look(path)
    QTest.keyClicks(tab._purpose, "shi")
    tab._list.setChecked(True)
    tab.make_into(tmp_path / "出.xlsx")
    assert any("BLANK-005" in text for text in texts(main_of))
    assert not (tmp_path / "出.xlsx").exists()
