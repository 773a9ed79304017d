"""The runner: off the window's thread there, back on it here."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from fieldapp.ui.task_runner import QtTaskRunner


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot) -> None:
    runner = QtTaskRunner()
    here = QThread.currentThread()
    seen: list[object] = []
    runner.run(
        lambda: threading.current_thread() is threading.main_thread(),
        lambda result: seen.extend((result, QThread.currentThread() is here)),
        lambda error: pytest.fail(str(error)),
    )
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=5000)
    assert seen == [False, True]
    assert not runner.busy


def test_an_error_is_handed_over(qtbot: QtBot) -> None:
    runner = QtTaskRunner()
    errors: list[Exception] = []

    def broken() -> None:
        raise ValueError("broken")

    runner.run(broken, lambda _: pytest.fail("it did not succeed"), errors.append)
    qtbot.waitUntil(lambda: bool(errors), timeout=5000)
    assert isinstance(errors[0], ValueError)


def test_after_retiring_nobody_is_called_back_and_the_end_is_told(qtbot: QtBot) -> None:
    runner = QtTaskRunner()
    gate = threading.Event()
    runner.run(lambda: gate.wait(5), lambda _: pytest.fail("retired"), lambda _: pytest.fail("retired"))
    with qtbot.waitSignal(runner.emptied, timeout=5000):
        runner.retire()
        gate.set()
    runner.run(lambda: pytest.fail("never started"), lambda _: None, lambda _: None)
    assert not runner.busy


def test_an_idle_runner_retires_at_once(qtbot: QtBot) -> None:
    runner = QtTaskRunner()
    with qtbot.waitSignal(runner.emptied, timeout=1000):
        runner.retire()


def test_leaving_waits_for_what_runs(qtbot: QtBot) -> None:
    runner = QtTaskRunner()
    done = threading.Event()
    runner.run(done.set, lambda _: None, lambda _: None)
    assert runner.wait(5000)
    assert done.is_set()
