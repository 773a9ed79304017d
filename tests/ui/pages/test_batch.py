"""Correcting one fact of many households: chosen in the list, typed like a spreadsheet, one reason, one undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.batch import BatchPage
from fieldapp.ui.viewmodels.batch import NEW
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import press, texts


@pytest.fixture
def page(main: MainWindow) -> BatchPage:
    main.show_page("households")
    table = main.pages.households.table
    for row in range(3):
        table.selectionModel().select(
            table.model().index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    press(main, "批量更正…")
    made = main.pages.page("batch")
    assert isinstance(made, BatchPage)
    return made


def choose(page: BatchPage, label: str) -> None:
    position = page._names.findText(label)
    page._names.setCurrentIndex(position)
    page._names.activated.emit(position)


def test_a_column_is_pasted_corrected_for_one_reason_and_taken_back(
    main: MainWindow, page: BatchPage, workspace: FakeWorkspace
) -> None:
    choose(page, "耕地面积")
    QGuiApplication.clipboard().setText("3.2\n4\n5.5\n9\n")
    page.grid.setCurrentIndex(page.grid.model().index(0, NEW))
    QTest.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page._apply.text() == "更正 3 户"
    assert not page._apply.isEnabled(), "a batch wants a reason"
    QTest.keyClicks(page._reason, "shi ce")
    press(main, "更正 3 户")
    ((name, told, reason),) = workspace.corrections.done
    assert (name, list(told.values()), reason) == ("arable_mu", ["3.2", "4", "5.5"], "shi ce")
    assert main.banner.message.startswith("已更正 3 户")
    press(main, "撤销")
    assert workspace.corrections.undone == ["change-1"]
    assert main.banner.message == "已撤销 3 户。"


def test_a_value_that_does_not_fit_is_told_beside_it_and_nothing_is_written(
    main: MainWindow, page: BatchPage, workspace: FakeWorkspace
) -> None:
    choose(page, "耕地面积")
    page._model.table.put(1, "三亩多")
    page._model.table.edited.emit()
    QTest.keyClicks(page._reason, "ceshi")
    assert any(cell.startswith("✕") for cell in (page.grid.model().index(1, 4).data(),))
    assert not page._apply.isEnabled()
    assert "有 1 户的值不对，看“检查”一列。" in texts(main)
    QTest.keyClick(page._reason, Qt.Key.Key_Return)
    assert workspace.corrections.done == []


def test_ctrl_d_fills_down_and_one_value_fills_all(page: BatchPage) -> None:
    choose(page, "村民小组")
    table = page._model.table
    table.put(0, "九组")
    page.grid.selectAll()
    QTest.keyClick(page.grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert table.texts == ["九组"] * 3
    page.grid.clearSelection()
    page._value.setEditText("十组")
    page._fill_rows()
    assert table.texts == ["十组"] * 3


def test_a_fact_of_codes_offers_them_by_name(page: BatchPage) -> None:
    choose(page, "通生活用电")
    assert [page._value.itemText(n) for n in range(page._value.count())] == ["是", "否"]


def test_without_households_the_page_says_where_to_choose_them(main: MainWindow) -> None:
    main.show_page("batch")
    assert "还没有选农户。" in texts(main)
    press(main, "去选农户")
    assert main.page_key == "households"
