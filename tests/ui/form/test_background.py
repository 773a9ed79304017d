"""Work in the background whose widget is gone before it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from fieldapp.common.clock import FixedClock
from fieldapp.common.tasks import CancelToken
from fieldapp.services import positions
from fieldapp.services.positions import Position
from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.pages.form.background import run_for
from fieldapp.ui.pages.form.editors.places import PointEditor
from fieldapp.ui.viewmodels.form import FormViewModel
from tests.ui.form.every_kind import EVERY_KIND
from tests.ui.form.world import MORNING, open_markdown


class LaterRunner:
    """Keeps the work until it is let go."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None]]] = []

    def run(
        self,
        work: Callable[[], Any],
        succeeded: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.waiting.append((work, succeeded, failed))

    def let_go(self) -> None:
        """Do the oldest work and hand its result over."""
        work, succeeded, failed = self.waiting.pop(0)
        try:
            result = work()
        except ArithmeticError as error:
            failed(error)
        else:
            succeeded(result)


def test_nobody_is_called_back_for_a_widget_that_is_gone(dressed: QApplication) -> None:
    runner, told = LaterRunner(), list[object]()
    for outcome in (lambda: 1, lambda: 1 / 0):
        widget, cancel = QWidget(), CancelToken()
        run_for(widget, runner, cancel, outcome, told.append, told.append)
        delete(widget)
        assert cancel.cancelled
        runner.let_go()
    assert told == []


def test_while_it_is_there_it_is_told(dressed: QApplication) -> None:
    runner, told, widget = LaterRunner(), list[object](), QWidget()
    run_for(widget, runner, CancelToken(), lambda: 1, told.append, told.append)
    runner.let_go()
    assert told == [1]


def test_a_receiver_that_answers_after_the_page_was_laid_out_anew_breaks_nothing(
    qtbot: QtBot, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, asked = LaterRunner(), list[CancelToken]()

    def found(cancel: CancelToken) -> Position:
        asked.append(cancel)
        return Position(33.0, 113.0, 1.0, 5.0)

    monkeypatch.setattr(positions, "read_position", found)
    page = FormPage(FormViewModel(open_markdown(EVERY_KIND)), FixedClock(MORNING), runner)
    qtbot.addWidget(page)
    page.show()
    editor = page.column.row("/data/place").editor
    assert isinstance(editor, PointEditor)
    editor.ask.click()
    page.toggle_door_mode()
    qtbot.waitUntil(lambda: page.column.row("/data/place").editor is not editor, timeout=1000)
    dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was laid out before is deleted now
    runner.let_go()
    assert asked[0].cancelled
    assert page.column.row("/data/place").question.value == ""
