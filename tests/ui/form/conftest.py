"""A form page on a laptop's screen, over a real session."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.common.clock import FixedClock
from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.viewmodels.form import FormViewModel
from tests.ui.form.world import MORNING, MemoryKeeper

OpenPage = Callable[..., FormPage]


@pytest.fixture
def open_page(qtbot: QtBot, dressed: QApplication) -> OpenPage:
    """Show the form page of a keeper, as it is on a screen of 1366 × 768 beside the navigation."""

    def show(keeper: MemoryKeeper, *, read_only: bool = False, width: int = 1170) -> FormPage:
        page = FormPage(FormViewModel(keeper, read_only=read_only), FixedClock(MORNING))
        qtbot.addWidget(page)
        page.resize(width, 708)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        dressed.processEvents()
        return page

    return show
