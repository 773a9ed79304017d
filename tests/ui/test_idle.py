"""Locks after a while, and after the laptop slept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.common.clock import FixedClock
from fieldapp.ui.idle import IdleWatch
from tests.ui.fakes import NOW


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def watch(qtbot: QtBot, clock: FixedClock) -> IdleWatch:
    made = IdleWatch(clock, 10)
    made.start()
    return made


def test_nothing_for_ten_minutes_locks(qtbot: QtBot, watch: IdleWatch, clock: FixedClock) -> None:
    clock.advance(minutes=9, seconds=59)
    watch.look()
    with qtbot.waitSignal(watch.expired, timeout=1000):
        clock.advance(seconds=1)
        watch.look()


def test_typing_keeps_it_open_also_through_an_input_method(
    qtbot: QtBot, watch: IdleWatch, clock: FixedClock
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(watch.expired):
        for _ in range(4):
            clock.advance(minutes=8)
            QApplication.sendEvent(field, QInputMethodEvent("你", []))
            watch.look()
        for _ in range(4):
            clock.advance(minutes=8)
            QTest.keyClick(field, Qt.Key.Key_A)
            watch.look()
    watch.stop()


def test_the_first_key_after_a_sleep_locks(qtbot: QtBot, watch: IdleWatch, clock: FixedClock) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    clock.advance(hours=9)
    with qtbot.waitSignal(watch.expired, timeout=1000):
        QTest.keyClick(field, Qt.Key.Key_A)


def test_a_clock_set_back_does_not_lock(qtbot: QtBot, watch: IdleWatch, clock: FixedClock) -> None:
    with qtbot.assertNotEmitted(watch.expired):
        clock.advance(hours=-3)
        watch.look()
        clock.advance(minutes=9)
        watch.look()
    watch.stop()


def test_a_paint_is_not_a_person(qtbot: QtBot, watch: IdleWatch, clock: FixedClock) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitSignal(watch.expired, timeout=1000):
        clock.advance(minutes=10)
        QApplication.sendEvent(field, QEvent(QEvent.Type.UpdateRequest))
        watch.look()


def test_the_limit_can_be_changed(qtbot: QtBot, watch: IdleWatch, clock: FixedClock) -> None:
    watch.set_limit(3)
    with qtbot.waitSignal(watch.expired, timeout=1000):
        clock.advance(minutes=3)
        watch.look()
