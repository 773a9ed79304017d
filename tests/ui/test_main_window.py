"""The main window: moving about, the state bar, banners."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.ui.main_window import MainWindow
from tests.ui.fakes import DEAD_SERVER
from tests.ui.seeing import button, press, texts

PAGES = ("today", "households", "print", "sync", "settings")
KEYS = {"today": 1, "households": 2, "print": 8, "sync": 9, "settings": 0}


def _is_on(main: MainWindow, key: str) -> bool:
    return main.page_key == key


def test_each_page_has_its_key(main: MainWindow, qtbot: QtBot) -> None:
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    assert set(KEYS) == set(PAGES)
    for key, number in KEYS.items():
        QTest.keyClick(main, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(partial(_is_on, main, key), timeout=2000)


def test_no_page_flashes_up_as_a_window_of_its_own(main: MainWindow) -> None:
    seen: set[QWidget] = set()

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                seen.add(watched)
            return False

    app, watch = QApplication.instance(), Watch()
    assert app is not None
    app.installEventFilter(watch)
    for key in PAGES:
        main.show_page(key)
    main.open_household("h0001")
    main.banner.show_error(DEAD_SERVER())
    QApplication.processEvents()
    app.removeEventFilter(watch)
    assert seen == set()


def test_the_keys_are_kept_in_a_narrow_window(main: MainWindow) -> None:
    main.resize(800, 600)
    main.grab()
    assert button(main.nav, "农户").shortcut().toString() == "Ctrl+2"


@pytest.mark.parametrize("key", PAGES)
def test_every_page_can_be_drawn(main: MainWindow, key: str) -> None:
    main.show_page(key)
    assert not main.grab().isNull()
    assert main.pages.page(key).title()


def test_an_error_stays_until_it_is_read_and_a_notice_goes_with_the_page(main: MainWindow) -> None:
    main.show_error(DEAD_SERVER())
    main.show_page("settings")
    assert main.banner.message == "联系不上县里的服务器。"
    press(main, "关闭提示")
    assert main.banner.message == ""
    main.pages.page("settings").noticed.emit("已保存。", None)
    assert main.banner.message == "已保存。"
    main.show_page("today")
    assert main.banner.message == ""


def test_the_state_bar_says_only_what_is_known(main: MainWindow) -> None:
    seen = texts(main.state_bar)
    assert "离线（还没有联系县里）" in seen
    assert "上次同步 11月20日 08:42" in seen
    assert button(main.state_bar, "待发送，打开同步页").text() == "未发送 3 条"


def test_back_goes_the_way_one_came(main: MainWindow) -> None:
    main.show_page("households")
    main.open_household("h0001")
    press(main, "打印…")
    assert main.page_key == "print"
    main.back()
    assert main.page_key == "household"
    main.back()
    assert main.page_key == "households"


def test_a_narrow_window_keeps_the_navigation_as_icons(main: MainWindow) -> None:
    wide = main.nav.width()
    main.resize(800, 600)
    main.grab()
    assert main.nav.width() < wide
    assert button(main.nav, "农户").text() == ""
    assert "Ctrl+2" in button(main.nav, "农户").toolTip()


def test_locking_is_asked_of_the_window_around_it(main: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(main.lock_asked):
        press(main.nav, "锁定 / 换人")
