"""The page 表格 and its tab 导出再导入, as a person uses them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from fieldapp.exchange.errors import NOT_A_ROUND_TRIP
from fieldapp.services.round_trip import LeftOut, Returned
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.round_trip import RoundTripTab
from fieldapp.ui.pages.tables import TablesPage
from fieldapp.ui.table_tabs import TABS
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import button, press, texts, type_into, visible


@pytest.fixture
def tab(main: MainWindow) -> RoundTripTab:
    assert button(main, "表格").shortcut().toString() == "Ctrl+7"
    press(main, "表格")
    page = main.pages.page("tables")
    assert isinstance(page, TablesPage)
    tab = page.tab("round_trip")
    assert isinstance(tab, RoundTripTab)
    return tab


def box(tab: RoundTripTab, name: str) -> QComboBox:
    return next(one for one in visible(tab, QComboBox) if one.accessibleName() == name)


def test_every_tab_has_a_button_and_is_made_when_first_shown(main: MainWindow) -> None:
    main.show_page("tables")
    page = main.pages.page("tables")
    assert isinstance(page, TablesPage)
    for tab in TABS:
        press(main, tab.title())
        assert page.tab_key == tab.key
        assert page.tab(tab.key).isVisible()


def test_at_first_the_tab_says_what_to_do(tab: RoundTripTab) -> None:
    assert "还没有选改好的表。" in texts(tab)
    assert box(tab, "导出哪些户").currentText() == "全部 60 户"


def test_nothing_leaves_without_saying_what_for(tab: RoundTripTab, main: MainWindow) -> None:
    press(tab, "导出…")
    assert "先写一句这份表做什么用" in main.banner.message
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "导出用途"


def test_chosen_households_go_out_with_ticked_columns_and_the_wanted_form_of_numbers(
    main: MainWindow, workspace: FakeWorkspace, tmp_path: Path
) -> None:
    main.show_page("households")
    main.pages.households.table.selectRow(0)
    press(main, "导出…")
    assert main.page_key == "tables"
    page = main.pages.page("tables")
    assert isinstance(page, TablesPage)
    tab = page.tab("round_trip")
    assert isinstance(tab, RoundTripTab)
    assert box(tab, "导出哪些户").currentText() == "选中的 1 户"
    press(tab, "家庭成员")
    first = tab.order.columns.item(1)
    assert first.text() == "人口编号（仅供查看）"
    first.setCheckState(Qt.CheckState.Checked)
    form = box(tab, "证件号码怎么显示")
    form.setCurrentIndex(form.findData("plain"))
    form.activated.emit(form.currentIndex())
    assert any("会带出完整证件号码" in text for text in texts(tab))
    tab.export_to(tmp_path / "成员.xlsx", "核对务工")
    (order,) = workspace.round_trip.orders
    assert (order.list, len(order.household_ids), order.id_format) == ("persons", 1, "plain")
    assert {"person_no", "name", "work_months"} <= set(order.columns)
    assert order.purpose == "核对务工"
    assert "不再加密" in main.banner.message


def test_without_chosen_rows_the_filter_decides(
    main: MainWindow, workspace: FakeWorkspace, tmp_path: Path
) -> None:
    main.show_page("households")
    main.pages.work_list_model.set_area("411025101202")
    press(main, "导出…")
    page = main.pages.page("tables")
    assert isinstance(page, TablesPage)
    tab = page.tab("round_trip")
    assert isinstance(tab, RoundTripTab)
    tab.export_to(tmp_path / "户.xlsx", "核对")
    green = [row.household_id for row in workspace.worklist.lines if row.village_name == "青杨村"]
    assert list(workspace.round_trip.orders[0].household_ids) == green


def test_what_came_back_shows_each_cell_and_what_is_not_taken(tab: RoundTripTab, main: MainWindow) -> None:
    tab.look(Path("成员.xlsx"))
    assert tab.table.model().rowCount() == 4
    seen = texts(tab)
    assert any("读了 400 行，改了 4 处。其中 1 处不能采用。1 处导出以后登记册里又改过。" in t for t in seen)
    assert any("第 9 行：是新增的" in t and "第 12、15 行：" in t for t in seen)
    tab.table.selectRow(2)
    assert "工作表「家庭成员」第 7 行「文化程度」：「野鸡大学」不在选项里。" in texts(tab)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert "都不能采用" in main.banner.message


def test_a_row_is_accepted_by_enter_with_a_reason_and_taken_back(
    tab: RoundTripTab, main: MainWindow, workspace: FakeWorkspace
) -> None:
    tab.look(Path("成员.xlsx"))
    reason = next(one for one in visible(tab, type(tab._reason)) if one.accessibleName() == "改动原因")
    type_into(reason, "电话核实")
    tab.table.selectRow(0)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    ((keys, note),) = workspace.round_trip.accepted
    assert (keys, note) == (frozenset({("persons", "p2", "work_months")}), "电话核实")
    assert main.banner.message == "已改登记册 1 处。"
    assert tab.table.model().rowCount() == 3
    press(tab, "撤销上一批")
    assert main.banner.message == "已撤销，1 处恢复原值。"
    assert tab.table.model().rowCount() == 4


def test_a_column_is_accepted_whole(tab: RoundTripTab, workspace: FakeWorkspace) -> None:
    tab.look(Path("成员.xlsx"))
    only = box(tab, "只看哪一列")
    only.setCurrentIndex(only.findData("work_months"))
    only.activated.emit(only.currentIndex())
    assert tab.table.model().rowCount() == 2
    assert button(tab, "接受列出的全部").text() == "接受列出的 2 处"
    press(tab, "接受列出的全部")
    ((keys, _),) = workspace.round_trip.accepted
    assert {key[1] for key in keys} == {"p2", "p3"}


def test_a_row_is_accepted_whole_whatever_column_is_shown(
    tab: RoundTripTab, workspace: FakeWorkspace
) -> None:
    book = workspace.round_trip.book
    more = replace(book.differences[3], row=2, record_id="p2", household_id="h2")
    workspace.round_trip.book = replace(book, differences=(*book.differences, more))
    tab.look(Path("成员.xlsx"))
    only = box(tab, "只看哪一列")
    only.setCurrentIndex(only.findData("work_months"))
    only.activated.emit(only.currentIndex())
    tab.table.selectRow(0)
    press(tab, "接受整行")
    ((keys, _),) = workspace.round_trip.accepted
    assert keys == {("persons", "p2", "work_months"), ("persons", "p2", "work_county")}


def test_with_the_gate_on_the_page_says_that_the_clerk_confirms(
    tab: RoundTripTab, main: MainWindow, workspace: FakeWorkspace
) -> None:
    workspace.round_trip.gate = True
    press(tab, "家庭成员")
    assert "姓名（信息员确认）" in [tab.order.columns.item(at).text() for at in range(4)]
    tab.look(Path("成员.xlsx"))
    assert [tab.table.model().index(row, 6).data() for row in (0, 3)] == ["可接受，报信息员"] * 2
    press(tab, "接受列出的全部")
    assert main.banner.message == "3 处已报信息员确认，确认后才改登记册。"
    model = tab.table.model()
    assert [model.index(row, 6).data() for row in range(4)].count("已报信息员确认") == 3
    assert not button(tab, "接受列出的全部").isEnabled()


def test_a_file_is_dropped_on_the_tab(tab: RoundTripTab, workspace: FakeWorkspace, tmp_path: Path) -> None:
    path = tmp_path / "成员.xlsx"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    over = QDragEnterEvent(QPoint(5, 5), *how)
    tab.dragEnterEvent(over)
    assert over.isAccepted()
    tab.dropEvent(QDropEvent(QPoint(5, 5), *how))
    assert workspace.round_trip.looked == [path]


def test_another_file_is_refused_with_its_remedy(
    tab: RoundTripTab, main: MainWindow, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, password: str | None = None) -> Returned:
        raise NOT_A_ROUND_TRIP(book=path.name)

    monkeypatch.setattr(workspace.round_trip, "read", refused)
    tab.look(Path("别的.xlsx"))
    assert "不是从这里导出来修改的表" in main.banner.message
    assert button(tab, "选改好的表…").isEnabled()


def test_enter_again_and_again_goes_down_the_list(tab: RoundTripTab, workspace: FakeWorkspace) -> None:
    tab.look(Path("成员.xlsx"))
    tab.table.selectRow(0)
    tab.table.setFocus()
    for _ in range(2):
        QTest.keyClick(tab.table, Qt.Key.Key_Return)
    taken = [next(iter(keys)) for keys, _ in workspace.round_trip.accepted]
    assert taken == [("persons", "p2", "work_months"), ("persons", "p3", "work_months")]


def test_a_workbook_of_another_laptop_says_that_no_row_can_be_taken(
    tab: RoundTripTab, workspace: FakeWorkspace
) -> None:
    workspace.round_trip.book = Returned("别人的.xlsx", 2, (), (LeftOut(2, "gone"), LeftOut(3, "gone")))
    tab.look(Path("别人的.xlsx"))
    seen = texts(tab)
    assert "没有一行能导回。" in seen
    assert any("第 2、3 行：记录这台电脑上没有" in text for text in seen)
