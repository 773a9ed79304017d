"""No display is needed: Qt draws into memory. Must be set before Qt is loaded."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_IM_MODULE", "")

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.logging import _QtMessageCapture as MessageCapture
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.text import set_language
from fieldapp.ui.theme import apply_theme, set_text_scale
from tests.ui.fakes import FakeLaptop, FakeWorkspace, small_county

#: The plugin that draws into memory says so of every window.
_HARMLESS = "This plugin does not support"


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with our look, once for all tests."""
    apply_theme(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _as_at_first(dressed: QApplication) -> Iterator[None]:
    """Each test begins in Chinese at 100 %."""
    yield
    # Windows of this test must not be restyled by the next one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    set_language("zh")
    if dressed.font().pointSizeF() != 10.5:
        set_text_scale(dressed, 100)


@pytest.fixture(autouse=True)
def _qt_has_nothing_to_warn_of(qtlog: MessageCapture) -> Iterator[None]:
    """A warning of Qt (a timer of another thread, a font of size 0) is a bug of ours."""
    yield
    warned = [
        record.message
        for record in qtlog.records
        if record.log_type_name in ("WARNING", "CRITICAL") and _HARMLESS not in record.message
    ]
    assert warned == []


@pytest.fixture
def workspace(qtbot: QtBot) -> FakeWorkspace:
    """A small open county: 60 households, one with everything."""
    del qtbot
    return FakeWorkspace(small_county())


@pytest.fixture
def laptop(workspace: FakeWorkspace) -> FakeLaptop:
    """A laptop with two people; the password is 走访-2026."""
    return FakeLaptop(workspace)


@pytest.fixture
def main(workspace: FakeWorkspace, qtbot: QtBot) -> MainWindow:
    """The main window of the small county, on Today, with everything done at once."""
    window = MainWindow(workspace, InlineRunner(), Preferences())
    qtbot.addWidget(window)
    window.resize(1180, 720)
    window.show()
    window.start()
    return window
