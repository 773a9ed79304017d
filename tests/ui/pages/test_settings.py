"""Settings, as a person uses them."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.input_check import InputCheck
from fieldapp.ui.preferences import Preferences
from tests.ui.fakes import FakeWorkspace
from tests.ui.people import PASSWORD
from tests.ui.seeing import button, press, texts, visible


def _field(main: MainWindow, name: str) -> QLineEdit:
    return next(field for field in visible(main, QLineEdit) if field.accessibleName() == name)


def test_the_password_is_changed(main: MainWindow, workspace: FakeWorkspace) -> None:
    main.show_page("settings")
    assert not button(main, "换密码").isEnabled()
    _field(main, "现在的密码").setText(PASSWORD)
    _field(main, "新密码").setText("新的-2027")
    _field(main, "再输一遍新密码").setText("新的-2027")
    press(main, "换密码")
    assert workspace.settings.password == "新的-2027"
    assert "密码已换好" in main.banner.message
    assert _field(main, "新密码").text() == ""


def test_a_larger_text_is_asked_for(main: MainWindow, qtbot: QtBot) -> None:
    main.show_page("settings")
    box = next(b for b in visible(main, QComboBox) if b.accessibleName() == "字号")
    with qtbot.waitSignal(main.preferences_changed) as told:
        box.setCurrentIndex(box.findData(150))
    assert told.args == [Preferences(scale_percent=150)]


def test_locking_is_one_press_away(main: MainWindow, qtbot: QtBot) -> None:
    main.show_page("settings")
    with qtbot.waitSignal(main.lock_asked):
        press(main.pages.page("settings"), "锁定 / 换人")


def test_chinese_input_is_checked(main: MainWindow) -> None:
    main.show_page("settings")
    check = next(iter(visible(main, InputCheck)))
    field = _field(main, "试打几个汉字")
    field.setText("nihao")
    assert "英文" in check.verdict
    field.setText("你好")
    assert "✓" in check.verdict


def test_what_this_laptop_is(main: MainWindow) -> None:
    main.show_page("settings")
    assert {"农户", "60", "数据文件夹"} <= set(texts(main))
