"""Two people take turns at one laptop, without a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.common.errors import KnownError
from fieldapp.ui.app_window import AppWindow
from fieldapp.ui.preferences import Preferences, load_preferences
from tests.ui.fakes import DEAD_SERVER, FakeLaptop, FakeWorkspace, small_county
from tests.ui.people import PASSWORD
from tests.ui.seeing import button, press, texts, visible


@pytest.fixture
def window(laptop: FakeLaptop, qtbot: QtBot, tmp_path: Path) -> AppWindow:
    made = AppWindow(tmp_path, laptop.workspace.clock, Preferences())
    qtbot.addWidget(made)
    made.resize(1180, 720)
    made.show()
    made.connect_laptop(laptop)
    qtbot.waitUntil(lambda: any("李晓梅" in b.text() for b in _buttons(made)), timeout=5000)
    return made


def _buttons(window: AppWindow) -> list[QPushButton]:
    return list(visible(window, QPushButton))


def _enter(window: AppWindow, qtbot: QtBot, name: str = "李晓梅") -> None:
    press(window, name)
    field = next(f for f in visible(window, QLineEdit) if f.accessibleName() == "密码")
    field.setText(PASSWORD)
    with qtbot.waitSignal(window.opened, timeout=10_000):
        QTest.keyClick(field, Qt.Key.Key_Return)
    main = window.main
    assert main is not None
    qtbot.waitUntil(lambda: "近期要走的户" in texts(window), timeout=5000)


def _until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=5000)


def test_the_first_paint_is_told_once(laptop: FakeLaptop, qtbot: QtBot, tmp_path: Path) -> None:
    window = AppWindow(tmp_path, laptop.workspace.clock, Preferences())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_painted, timeout=5000):
        window.show()
    with qtbot.assertNotEmitted(window.first_painted, wait=50):
        window.repaint()


def test_one_opens_and_locks_and_the_other_opens(window: AppWindow, laptop: FakeLaptop, qtbot: QtBot) -> None:
    _enter(window, qtbot)
    press(window, "锁定 / 换人")
    assert window.main is None
    assert "谁在使用这台电脑？" in texts(window)
    _until(qtbot, lambda: laptop.workspace.closed == 1)
    _enter(window, qtbot, "张建国")
    assert laptop.opened == ["s1", "s2"]


def test_nothing_of_the_first_person_is_left_on_the_screen(window: AppWindow, qtbot: QtBot) -> None:
    _enter(window, qtbot)
    seen = set(texts(window))
    window.lock()
    left = seen & set(texts(window))
    assert not any("村" in text or "已超期" in text for text in left)


def test_idleness_locks_and_says_so(window: AppWindow, laptop: FakeLaptop, qtbot: QtBot) -> None:
    _enter(window, qtbot)
    laptop.workspace.clock.advance(minutes=11)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert window.main is None
    _until(qtbot, lambda: any("自动锁定" in text for text in texts(window)))


def test_a_larger_text_rebuilds_the_page_one_is_on(
    window: AppWindow, qtbot: QtBot, tmp_path: Path, laptop: FakeLaptop
) -> None:
    _enter(window, qtbot)
    main = window.main
    assert main is not None
    main.show_page("settings")
    main.preferences_changed.emit(Preferences(scale_percent=150))
    _until(qtbot, lambda: window.main is not None and window.main is not main)
    assert window.main is not None
    assert window.main.page_key == "settings"
    font = QApplication.font()
    assert font.pointSizeF() == pytest.approx(15.75)
    assert load_preferences(tmp_path).scale_percent == 150
    assert laptop.workspace.closed == 0, "the vault stays open"


def test_the_language_changes_without_a_restart(window: AppWindow, qtbot: QtBot) -> None:
    _enter(window, qtbot)
    main = window.main
    assert main is not None
    main.preferences_changed.emit(Preferences(language="en"))
    _until(qtbot, lambda: "Due soon" in texts(window))


def test_a_new_person_fetches_the_register_at_once(
    window: AppWindow, laptop: FakeLaptop, qtbot: QtBot
) -> None:
    press(window, "添加使用人…")
    values = {
        "登记码": "GOOD-CODE",
        "县里服务器地址": "https://x",
        "设一个密码": "secret-12",
        "再输一遍密码": "secret-12",
    }
    for field in visible(window, QLineEdit):
        field.setText(values[field.accessibleName()])
    with qtbot.waitSignal(window.opened, timeout=10_000):
        press(window, "登记并打开")
    _until(qtbot, lambda: laptop.workspace.sync.runs == 1)
    assert window.main is not None
    assert window.main.page_key == "sync"


def test_closing_waits_for_work_and_closes_the_vault(
    window: AppWindow, laptop: FakeLaptop, qtbot: QtBot
) -> None:
    _enter(window, qtbot)
    assert window.main is not None
    window.main.pages.sync_model.start()
    window.closeEvent(QCloseEvent())
    assert laptop.workspace.closed == 1


def test_a_problem_is_shown_wherever_one_is(window: AppWindow, qtbot: QtBot) -> None:
    error: KnownError = DEAD_SERVER()
    window.show_problem(error)
    assert "联系不上县里的服务器。" in texts(window)
    _enter(window, qtbot)
    window.show_problem(error)
    assert window.main is not None
    assert window.main.banner.message == "联系不上县里的服务器。"


def test_a_second_start_brings_the_window_forward(window: AppWindow) -> None:
    window.showMinimized()
    window.come_forward()
    assert window.isVisible()
    assert not window.isMinimized()


def test_small_screens_are_filled(qtbot: QtBot, tmp_path: Path) -> None:
    workspace = FakeWorkspace(small_county())
    window = AppWindow(tmp_path, workspace.clock, Preferences())
    qtbot.addWidget(window)
    window.show_first()
    screen = window.screen().availableGeometry()
    assert window.width() <= screen.width()
    assert window.height() <= screen.height()
    assert not button(window, "打开").isEnabled(), "nobody is known yet"
