"""The household page, as a person uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.widgets.fact_list import FactFrame
from fieldapp.ui.widgets.form_menu import FormMenu
from fieldapp.ui.widgets.income_chart import IncomeChart
from tests.ui.fakes import FakeWorkspace
from tests.ui.people import LONG_NAME
from tests.ui.seeing import button, press, texts, visible


@pytest.fixture
def main_at_home(main: MainWindow) -> MainWindow:
    main.show_page("households")
    main.open_household("h0002")
    return main


def _fact(main: MainWindow, start: str) -> FactFrame:
    return next(line for line in visible(main, FactFrame) if line.accessibleName().startswith(start))


def test_the_head_says_who_where_and_how_the_visits_stand(main_at_home: MainWindow) -> None:
    seen = texts(main_at_home)
    assert "王秀英" in seen
    assert "茨沟乡 石桥村 3 组" in seen
    assert "今年 4/6 次" in seen
    assert {"脱贫户", "脱贫不稳定户", "风险未消除"} <= set(seen)


def test_the_ladder_of_each_visit_is_seen(main_at_home: MainWindow) -> None:
    seen = texts(main_at_home)
    assert "✓ 「县里已收到」9月15日 08:40" in seen
    assert "「县里已收到」" in seen, "the visit still on this laptop has not reached the last step"


def test_late_entry_has_no_warning_colour(main_at_home: MainWindow) -> None:
    assert "据纸质记录补录，11月20日 20:00录入" in texts(main_at_home)


def test_a_fact_shows_where_it_is_from(main_at_home: MainWindow) -> None:
    line = _fact(main_at_home, "住房面积")
    assert "2026-09-14 走访" in line.toolTip()
    assert "原为 80平方米" in line.toolTip()


def test_a_fact_is_corrected_with_a_reason(main_at_home: MainWindow, workspace: FakeWorkspace) -> None:
    QTest.keyClick(_fact(main_at_home, "住房面积"), Qt.Key.Key_Return)
    assert "2026-01-05 · 80平方米 · 县里台账" in texts(main_at_home), "its history"
    fields = {field.accessibleName(): field for field in visible(main_at_home, QLineEdit)}
    fields["更正后的值"].setText("98")
    assert not button(main_at_home, "保存更正").isEnabled(), "a reason is missing"
    fields["更正原因"].setText("量错了")
    press(main_at_home, "保存更正")
    assert workspace.households.corrections[-1][4:] == ("98", "量错了")
    assert "已更正" in main_at_home.banner.message
    press(main_at_home, "撤销")
    assert workspace.households.corrections[-1][4] == "96"


def test_a_code_is_chosen_not_typed(main_at_home: MainWindow, workspace: FakeWorkspace) -> None:
    QTest.mouseClick(_fact(main_at_home, "房屋结构"), Qt.MouseButton.LeftButton)
    choice = next(box for box in visible(main_at_home, QComboBox) if box.accessibleName() == "更正后的选项")
    assert choice.currentText() == "砌体"
    choice.setCurrentIndex(choice.findData("concrete"))
    next(f for f in visible(main_at_home, QLineEdit) if f.accessibleName() == "更正原因").setText("翻建")
    press(main_at_home, "保存更正")
    assert workspace.households.corrections[-1][3:5] == ("house_structure", "concrete")


def test_what_the_county_decides_cannot_be_corrected(main_at_home: MainWindow) -> None:
    QTest.keyClick(_fact(main_at_home, "脱贫年度"), Qt.Key.Key_Space)
    assert any("由县里认定" in text for text in texts(main_at_home))
    assert not any(field.accessibleName() == "更正原因" for field in visible(main_at_home, QLineEdit))


def test_escape_closes_the_panel(main_at_home: MainWindow) -> None:
    QTest.keyClick(_fact(main_at_home, "住房面积"), Qt.Key.Key_Return)
    field = next(f for f in visible(main_at_home, QLineEdit) if f.accessibleName() == "更正后的值")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()


def test_f11_hides_risk_and_problems_from_the_family(main_at_home: MainWindow, qtbot: QtBot) -> None:
    main_at_home.activateWindow()
    qtbot.waitUntil(main_at_home.isActiveWindow, timeout=2000)
    QTest.keyClick(main_at_home.pages.household, Qt.Key.Key_F11)
    seen = texts(main_at_home)
    assert "风险未消除" not in seen
    assert "问题" not in seen
    assert "人群分类" not in seen
    assert any("门前模式" in text for text in seen)
    QTest.keyClick(main_at_home.pages.household, Qt.Key.Key_F11)
    assert "风险未消除" in texts(main_at_home)


def test_numbers_are_shown_on_demand(main_at_home: MainWindow) -> None:
    assert "138****5521" in texts(main_at_home)
    press(main_at_home, "显示完整号码")
    assert "13800005521" in texts(main_at_home)


def test_the_chart_can_be_heard(main_at_home: MainWindow) -> None:
    chart = next(iter(visible(main_at_home, IncomeChart)))
    assert chart.accessibleName().startswith("人均纯收入：2023 6,120，线")


def test_a_visit_begins_by_key(main_at_home: MainWindow, workspace: FakeWorkspace) -> None:
    for key, way in (("F2", "onsite"), ("F3", "remote"), ("F4", "paper")):
        act = next(a for a in main_at_home.pages.household.actions() if a.shortcut().toString() == key)
        act.trigger()
        assert workspace.visits.started[-1] == ("h0002", way)
    assert main_at_home.banner.message == "联系不上县里的服务器。", "the double has no form to open"


def test_printing_takes_the_household_along(main_at_home: MainWindow) -> None:
    press(main_at_home, "打印…")
    assert [chosen.label for chosen in main_at_home.pages.print_model.chosen] == ["王秀英"]


def test_a_name_of_25_characters_leaves_room_for_the_search(main: MainWindow) -> None:
    main.open_household("h0003")
    main.grab()
    assert main.top.search.width() >= 180
    assert main.pages.household.title() == LONG_NAME
    assert main.width() == 1180


def test_back_returns_to_where_one_was(main_at_home: MainWindow) -> None:
    press(main_at_home, "返回")
    assert main_at_home.page_key == "households"


def test_a_blank_form_of_the_household_is_asked_for_from_the_menu(main_at_home: MainWindow) -> None:
    main = main_at_home
    menu = next(each for each in main.pages.household.findChildren(FormMenu))
    menu.fill()
    next(action for action in menu.actions() if action.text() == "打印空白表…").trigger()
    assert main.page_key == "print"
    assert main.pages.print_model.kind == "blank_form"
    assert [chosen.household_id for chosen in main.pages.print_model.chosen] == ["h0002"]
