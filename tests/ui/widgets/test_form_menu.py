"""The menu of forms on the household page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.widgets.form_menu import FormMenu
from tests.ui.fakes_forms import FakeForms


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def _menu(holder: QWidget, forms: FakeForms) -> FormMenu:
    menu = FormMenu(forms, holder)
    menu.household_id = "h0001"
    menu.fill()
    return menu


def test_forms_stand_under_their_groups_and_a_draft_is_told(holder: QWidget) -> None:
    menu = _menu(holder, FakeForms())
    lines = [(action.text(), action.isEnabled()) for action in menu.actions() if not action.isSeparator()]
    assert [text for text, enabled in lines if not enabled] == ["收入", "问题"]
    assert [text for text, enabled in lines if enabled] == [
        "收入核算表",
        "问题与整改单（有草稿，接着填）",
        "打印空白表…",
        "打印未遇联系单…",
    ]


def test_choosing_opens_the_form_or_the_draft_that_waits(qtbot: QtBot, holder: QWidget) -> None:
    menu = _menu(holder, FakeForms())
    new, waiting, blank, slip = [action for action in menu.actions() if action.isEnabled() and action.text()]
    with qtbot.waitSignal(menu.form_asked) as asked:
        new.trigger()
    assert asked.args == ["h0001", "income"]
    with qtbot.waitSignal(menu.draft_asked) as resumed:
        waiting.trigger()
    assert resumed.args == ["d9"]
    with qtbot.waitSignal(menu.blank_asked):
        blank.trigger()
    with qtbot.waitSignal(menu.slip_asked) as noted:
        slip.trigger()
    assert noted.args == ["h0001"]


def test_without_a_form_the_menu_says_what_to_do(holder: QWidget) -> None:
    (line,) = _menu(holder, FakeForms([])).actions()
    assert line.text() == "县里还没有发布表单，先同步一次"


def test_the_household_page_hands_its_household_to_the_menu(main: MainWindow) -> None:
    main.open_household("h0001")
    (menu,) = main.pages.household.findChildren(FormMenu)
    assert menu.household_id == "h0001"
