"""1366 × 768 at 125 % must fit, and the text grows to 200 % without breaking the layout."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.unlock import UnlockPage
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.theme import SCALES, set_text_scale
from fieldapp.ui.viewmodels.unlock import UnlockViewModel
from tests.ui.fakes import FakeLaptop, FakeWorkspace, small_county
from tests.ui.seeing import visible

#: 1366 × 768 at 125 %, less the task bar and the title of the window.
SMALL = (1092, 536)
FULL = (1366, 690)
_PAGES = (
    "today",
    "households",
    "household",
    "cadres",
    "tables",
    "typing",
    "differences",
    "print",
    "sync",
    "settings",
)


def _at(scale: int, size: tuple[int, int], key: str, qtbot: QtBot) -> MainWindow:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    set_text_scale(app, scale)
    main = MainWindow(FakeWorkspace(small_county()), InlineRunner(), Preferences(scale_percent=scale))
    qtbot.addWidget(main)
    main.resize(*size)
    main.show()
    if key == "household":
        main.open_household("h0003")
    else:
        main.show_page(key)
    main.grab()
    return main


@pytest.mark.parametrize("key", _PAGES)
def test_the_target_laptop_shows_every_page_whole(key: str, qtbot: QtBot) -> None:
    main = _at(100, SMALL, key, qtbot)
    assert (main.width(), main.height()) == SMALL, "a page asked for more room than there is"


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("key", _PAGES)
def test_every_text_size_fits_a_full_screen(key: str, scale: int, qtbot: QtBot) -> None:
    main = _at(scale, FULL, key, qtbot)
    assert (main.width(), main.height()) == FULL
    for area in visible(main, QScrollArea):
        content = area.widget()
        if content is not None:
            assert content.width() <= area.viewport().width(), f"{key} is cut off at the right"


@pytest.mark.parametrize("scale", SCALES)
def test_the_unlock_page_fits_at_every_text_size(scale: int, laptop: FakeLaptop, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    set_text_scale(app, scale)
    page = UnlockPage()
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    page.connect_model(UnlockViewModel(laptop, InlineRunner(), page))
    page.show_enrolment(cancellable=True)
    page.grab()
    assert (page.width(), page.height()) == SMALL
    for text in visible(page, QLabel):
        assert text.width() <= page.width()
