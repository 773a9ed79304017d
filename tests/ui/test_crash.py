"""A bug saves the draft, leaves a log without values, and says so calmly."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qWarning
from pytestqt.qtbot import QtBot

from fieldapp.common.clock import FixedClock
from fieldapp.common.errors import KnownError
from fieldapp.ui.crash import CrashHandler
from tests.ui.fakes import DEAD_SERVER, NOW


@pytest.fixture
def handler(qtbot: QtBot, tmp_path: Path) -> Iterator[CrashHandler]:
    made = CrashHandler(tmp_path / "logs" / "desktop.log", FixedClock(NOW))
    made.install()
    yield made
    made.uninstall()


def _strike(secret: str) -> None:
    try:
        raise ValueError(f"名字 {secret}")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_the_log_has_the_place_and_not_the_value(handler: CrashHandler, tmp_path: Path) -> None:
    _strike("王秀英")
    log = (tmp_path / "logs" / "desktop.log").read_text("utf-8")
    assert "ValueError" in log
    assert "test_crash.py" in log
    assert "2026-11-22T01:30:00Z" in log
    assert "王秀英" not in log


def test_the_draft_is_saved_even_when_one_saver_fails(handler: CrashHandler, tmp_path: Path) -> None:
    saved: list[str] = []

    def broken() -> None:
        raise OSError("no disk for 王秀英")

    handler.add_saver(broken)
    take_off = handler.add_saver(lambda: saved.append("draft"))
    _strike("x")
    assert saved == ["draft"]
    assert "while saving: OSError" in (tmp_path / "logs" / "desktop.log").read_text("utf-8")
    take_off()
    _strike("x")
    assert saved == ["draft"]


def test_the_person_is_told(handler: CrashHandler) -> None:
    told: list[KnownError] = []
    handler.happened.connect(told.append)
    _strike("x")
    assert told[0].code == "DESK-001"
    assert "草稿" in told[0].zh


def test_a_known_error_that_nobody_caught_is_shown_as_it_is(handler: CrashHandler, tmp_path: Path) -> None:
    told: list[KnownError] = []
    handler.happened.connect(told.append)
    error = DEAD_SERVER()
    sys.excepthook(type(error), error, None)
    assert told == [error]
    assert not (tmp_path / "logs").exists()


def test_a_bug_on_another_thread_is_told_too(handler: CrashHandler, qtbot: QtBot) -> None:
    def broken() -> None:
        raise KeyError("x")

    with qtbot.waitSignal(handler.happened, timeout=5000):
        thread = threading.Thread(target=broken)
        thread.start()
        thread.join()


def test_a_full_disk_does_not_make_two_bugs_of_one(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    handler = CrashHandler(tmp_path / "logs" / "desktop.log", FixedClock(NOW))
    handler.install()
    _strike("x")
    handler.uninstall()


def test_a_long_log_makes_room(handler: CrashHandler, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "desktop.log"
    log.parent.mkdir()
    log.write_text("x" * 600_000)
    _strike("x")
    assert log.stat().st_size < 10_000
    assert (tmp_path / "logs" / "desktop.old.log").stat().st_size == 600_000


def test_qts_warnings_are_logged_without_their_text(
    handler: CrashHandler, caplog: pytest.LogCaptureFixture
) -> None:
    qWarning("QFont::setPixelSize: 王秀英")
    assert "QFont" in caplog.text
    assert "王秀英" not in caplog.text
    assert QtMsgType.QtWarningMsg.name in caplog.text
