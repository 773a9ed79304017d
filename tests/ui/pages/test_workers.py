"""The tab 务工台账, as a person uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.tables import TablesPage
from fieldapp.ui.pages.workers import WorkersTab
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import press, texts, visible


@pytest.fixture
def tab(main: MainWindow) -> WorkersTab:
    main.show_page("tables")
    press(main, "务工台账")
    page = main.pages.page("tables")
    assert isinstance(page, TablesPage)
    tab = page.tab("workers")
    assert isinstance(tab, WorkersTab)
    return tab


def test_groups_open_into_their_people(tab: WorkersTab) -> None:
    model = tab.groups.model()
    shown = [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]
    assert shown == [
        ("全部", "60"),
        ("省外务工", "15"),
        ("县内务工", "15"),
        ("返乡", "15"),
        ("计划外出", "15"),
    ]
    tab.groups.selectRow(3)
    QTest.keyClick(tab.groups, Qt.Key.Key_Return)
    people = tab.table.model()
    assert people.rowCount() == 15
    assert {people.index(row, 7).data() for row in range(15)} == {"11月2日"}


def test_enter_opens_the_household(tab: WorkersTab, main: MainWindow) -> None:
    tab.table.selectRow(0)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert main.page_key == "household"


def test_the_group_shown_goes_to_excel_in_the_form_asked_for(
    tab: WorkersTab, main: MainWindow, workspace: FakeWorkspace
) -> None:
    press(tab, "导出…")
    assert "先写一句这份表做什么用" in main.banner.message
    tab._choose(1)
    box = next(one for one in visible(tab, QComboBox) if one.accessibleName() == "证件号码怎么显示")
    box.setCurrentIndex(box.findData("last4"))
    box.activated.emit(box.currentIndex())
    tab.export_to(Path("务工.xlsx"), "就业服务")
    assert workspace.workers.saved == [(15, "就业服务", "last4")]
    assert "15 人" in main.banner.message
    assert "不再加密" in main.banner.message


def test_the_choice_of_households_is_shared_with_the_other_tabs(
    main: MainWindow, workspace: FakeWorkspace
) -> None:
    main.show_page("households")
    main.pages.households.table.selectRow(0)
    press(main, "导出…")
    press(main, "务工台账")
    assert workspace.workers.asked == [1]


def test_an_empty_register_says_what_would_be_listed(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.worklist.lines.clear()
    main.show_page("tables")
    press(main, "务工台账")
    assert "这些户里没有能列的人。" in texts(main)
