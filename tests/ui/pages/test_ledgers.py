"""The tab 台账, as a person uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from fieldapp.services.ledgers import LEDGERS
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.ledgers import LedgersTab
from fieldapp.ui.pages.tables import TablesPage
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import button, press, texts, visible


@pytest.fixture
def tab(main: MainWindow) -> LedgersTab:
    main.show_page("tables")
    page = main.pages.page("tables")
    assert isinstance(page, TablesPage)
    press(main, "台账")
    tab = page.tab("ledgers")
    assert isinstance(tab, LedgersTab)
    return tab


def choose(tab: LedgersTab, key: str) -> None:
    tab.choice.setCurrentIndex([*LEDGERS].index(key))  # type: ignore[arg-type]
    tab.choice.activated.emit(tab.choice.currentIndex())


def test_the_ledger_of_income_says_by_which_line_and_of_which_year(tab: LedgersTab) -> None:
    assert "2 行，2 户。按县里定的线。" in texts(tab)
    assert tab.table.model().rowCount() == 2
    years = next(one for one in visible(tab, QComboBox) if one.accessibleName() == "收入年度")
    assert years.currentText() == "2025 年收入"


def test_each_ledger_has_its_own_columns_and_an_empty_one_says_so(tab: LedgersTab) -> None:
    choose(tab, "student_aid")
    heads = tab.table.model()
    assert heads.headerData(5, Qt.Orientation.Horizontal) == "证件号码"
    choose(tab, "cases")
    assert "这本台账现在没有要列的。" in texts(tab)
    assert not button(tab, "导出…").isEnabled()


def test_enter_opens_the_household_of_the_line(tab: LedgersTab, main: MainWindow) -> None:
    tab.table.selectRow(1)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert main.page_key == "household"


def test_nothing_leaves_without_saying_what_for(
    tab: LedgersTab, main: MainWindow, workspace: FakeWorkspace, tmp_path: Path
) -> None:
    press(tab, "导出…")
    assert "先写一句这份表做什么用，会记入导出记录。" in texts(main)
    tab.export_to(tmp_path / "台账.xlsx", "报县专班")
    assert workspace.ledgers.saved == [("low_listed", None, "masked", "报县专班")]
    assert any(text.startswith("已存到「台账.xlsx」，2 行。") for text in texts(main))


def test_a_list_is_handed_up_under_its_name_and_taken_back(
    tab: LedgersTab, main: MainWindow, workspace: FakeWorkspace
) -> None:
    press(tab, "提交名单")
    assert "先写名单的名称，如：2026年11月低收入脱贫户名单。" in texts(main)
    purpose = next(one for one in visible(tab, QLineEdit) if one.accessibleName() == "导出用途或名单名称")
    purpose.setText("11月名单")
    press(tab, "提交名单")
    assert workspace.submissions.handed_up == [("11月名单", ("h0001", "h0002"))]
    told = "已提交「11月名单」第 1 轮 2 户，其中 1 户有数据错误，先改再提交下一轮。同步后县里收到。"
    assert told in texts(main)
    press(main, "撤回")
    assert workspace.submissions.withdrawn == 1


def test_a_ledger_is_narrowed_to_a_village_whatever_ledger_is_shown(tab: LedgersTab) -> None:
    everyone = tab.table.model().rowCount()
    tab.area.setCurrentIndex(1)
    tab.area.activated.emit(1)
    assert 0 < tab.table.model().rowCount() < everyone
    tab.choice.setCurrentIndex(1)
    tab.choice.activated.emit(1)
    assert tab.area.currentIndex() == 1
    assert tab._model.file_name().startswith(tab.area.currentText().strip())
    tab.area.setCurrentIndex(0)
    tab.area.activated.emit(0)
    assert tab.table.model().rowCount() == everyone
