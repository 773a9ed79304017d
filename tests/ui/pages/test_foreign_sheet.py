"""A payment list on the page 表格, over a real register: dropped, understood, checked, accepted, known next month."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.services.workspace import Workspace
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.foreign_sheet import ForeignSheetTab
from fieldapp.ui.pages.tables import TablesPage
from fieldapp.ui.preferences import Preferences
from tests.exchange.foreign.test_foreign import book
from tests.services.conftest import made, offline
from tests.services.test_foreign_sheets import paid, people
from tests.services.world import World
from tests.ui.seeing import button, press, texts

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
def tab(main_of: MainWindow) -> ForeignSheetTab:
    page = main_of.pages.page("tables")
    assert isinstance(page, TablesPage)
    page.show_tab("import")
    found = page.tab("import")
    assert isinstance(found, ForeignSheetTab)
    return found


def choose(combo: QComboBox, text: str) -> None:
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def test_a_payment_list_is_dropped_checked_and_accepted(
    main_of: MainWindow, tab: ForeignSheetTab, clerk: Workspace, tmp_path: Path
) -> None:
    first, second = people(clerk, 2)
    path = book(
        tmp_path / "2026年3月低保发放表.xlsx",
        ("姓名", "身份证号", "实付"),
        (first.name, first.id_number, 320),
        ("别的名字", second.id_number, 410),
        ("不在本村", "410000195102110013", 7),
    )
    tab.look(path)
    assert "2026年3月低保发放表.xlsx" in texts(main_of)
    assert tab._month.text() == "2026-03", "the file's name says which month"
    press(main_of, "检查")
    assert any("发放金额" in text for text in texts(main_of)), "a meaning is missing, and which"
    meaning = next(c for c in tab.findChildren(QComboBox) if "实付" in c.accessibleName())
    choose(meaning, "发放金额")
    choose(tab._items, "低保金")
    press(main_of, "检查")
    assert "3 行：新的 1 · 姓名不同 1 · 名下没有 1" in texts(main_of)
    press(main_of, "接受能确定的")
    assert paid(clerk, first) == [("low_income", "320", "2026年3月低保发放表")]
    assert paid(clerk, second) == [], "where the name differs a person decides"
    assert "3 行：一样 1 · 姓名不同 1 · 名下没有 1" in texts(main_of)
    tab.table.selectRow(1)
    press(main_of, "接受选中的")
    assert paid(clerk, second) == [("low_income", "410", "2026年3月低保发放表")]
    tab.look(path)
    assert any(text.startswith("认得这种表头") for text in texts(main_of))


def test_a_file_that_is_no_sheet_is_told_and_nothing_breaks(
    main_of: MainWindow, tab: ForeignSheetTab, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04nothing")
    tab.look(bad)
    assert any("BOOK-" in text for text in texts(main_of))
    assert not tab._check.isEnabled()


def test_the_month_of_one_file_is_not_taken_for_the_next(
    tab: ForeignSheetTab, clerk: Workspace, tmp_path: Path
) -> None:
    (person,) = people(clerk, 1)
    rows = (("身份证号", "金额"), (person.id_number, 320))
    tab.look(book(tmp_path / "2026年3月低保发放表.xlsx", *rows))
    assert tab._month.text() == "2026-03"
    tab.look(book(tmp_path / "养老金.xlsx", *rows))
    assert tab._month.text() == "", "a month nobody said is asked for"


def test_an_item_chosen_for_one_file_is_asked_for_again_and_a_result_is_of_what_stands_above_it(
    main_of: MainWindow, tab: ForeignSheetTab, clerk: Workspace, tmp_path: Path
) -> None:
    (person,) = people(clerk, 1)
    rows = (("身份证号", "金额"), (person.id_number, 320))
    tab.look(book(tmp_path / "2026年3月低保发放表.xlsx", *rows))
    choose(tab._items, "低保金")
    press(main_of, "检查")
    assert "1 行：新的 1" in texts(main_of)
    tab._month.setText("2026-04")
    assert "1 行：新的 1" not in texts(main_of), "what was found was of March"
    assert not button(main_of, "接受能确定的").isEnabled()
    tab.look(book(tmp_path / "2026年3月养老金.xlsx", *rows))
    assert tab._items.currentIndex() == -1
    press(main_of, "检查")
    assert not button(main_of, "接受能确定的").isEnabled(), "nobody said what is paid"


def test_a_list_of_before_is_taken_back_by_keyboard(
    main_of: MainWindow, tab: ForeignSheetTab, clerk: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    (person,) = people(clerk, 1)
    path = book(
        tmp_path / "2026年3月低保.xlsx", ("姓名", "身份证号", "金额"), (person.name, person.id_number, 320)
    )
    tab.look(path)
    choose(tab._items, next(code.zh for code in tab._model.items() if code.code == "low_income"))
    tab._model.check()
    tab._model.accept_all()
    assert paid(clerk, person)
    main_of.activateWindow()
    qtbot.waitUntil(main_of.isActiveWindow, timeout=2000)
    QTest.keyClick(main_of, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(tab.imports.isVisible, timeout=2000)
    assert tab.imports.model().index(0, 1).data().startswith("2026年3月低保")
    QTest.keyClick(main_of, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not paid(clerk, person), timeout=3000)
    assert "撤回" in tab.imports.model().index(0, 5).data()
    assert any("已撤回 1 条" in text for text in texts(main_of))


def test_a_platforms_sheet_asks_for_its_year_and_goes_out_with_our_facts(
    tab: ForeignSheetTab, clerk: Workspace, tmp_path: Path
) -> None:
    home = clerk._store.person_rows()[0].household_id
    number = clerk.households.file(home).household.house_no
    tab.look(book(tmp_path / "省平台收入.xlsx", ("户编号", "户主姓名", "工资性收入"), (number, "", 43210.5)))
    choose(tab._uses, "比对内容：逐格接受")
    assert tab._years.isVisible()
    tab._model.check()
    assert tab._model.states() == [], "the year is missing"
    choose(tab._years, "2025 年的收入")
    tab._model.check()
    assert tab._model.checked is not None
    assert [line.what_zh for line in tab._model.checked.lines] == ["工资性收入 2025"]
    out = tmp_path / "上传.xlsx"
    tab._fill._ask()
    assert not out.exists(), "first what for"
    tab._fill.purpose.setText("上传省平台")
    tab._fill.export_to(out)
    sheet = openpyxl.load_workbook(out)["发放表"]
    assert [cell.value for cell in sheet[1]] == ["户编号", "户主姓名", "工资性收入"]
    assert number in {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}
    told = book(tmp_path / "省平台2025.xlsx", ("户编号", "年度", "工资性收入"), (number, 2024, 1))
    tab.look(told)
    choose(tab._uses, "比对内容：逐格接受")
    assert (tab._years.isVisible(), tab._model.year) == (True, 2025), "the file's name tells it"
    tab._fill.export_to(tmp_path / "年度.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "年度.xlsx")["发放表"].iter_rows(min_row=2, values_only=True)
    assert {row[1] for row in rows} == {2025}, "ours are of the year that was chosen"
    tab._model.check()
    folder = tmp_path / "反馈"
    folder.mkdir()
    tab._model.export_sorted(folder)
    assert len(list(folder.iterdir())) == 2, "a village's and the summary"
