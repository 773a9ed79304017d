"""1366 × 768 at 125 % must fit, and the text grows to 200 % without breaking the layout."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.plan import PlanPage
from fieldapp.ui.pages.tables import TablesPage
from fieldapp.ui.pages.unlock import UnlockPage
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.table_tabs import TABS
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
    "plan",
    "plan/Ctrl+M",
    "plan/Ctrl+U",
    "plan/Ctrl+I",
    "elsewhere",
    "findings",
    "duplicates",
    "proposals",
    *(f"tables/{tab.key}" for tab in TABS),
    "typing",
    "differences",
    "print",
    "sync",
    "settings",
)


def _misfits(scale: int, size: tuple[int, int], qtbot: QtBot) -> dict[str, str]:
    """Return the pages that ask for more room than a screen has, or are cut off, by page; one window walks through all of them."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    set_text_scale(app, scale)
    main = MainWindow(FakeWorkspace(small_county()), InlineRunner(), Preferences(scale_percent=scale))
    qtbot.addWidget(main)
    main.show()
    found = {}
    for key in _PAGES:
        main.resize(*size)
        _show(main, key)
        main.grab()
        cut = [area for area in visible(main, QScrollArea) if area.widget().width() > area.viewport().width()]
        if (main.width(), main.height()) != size or cut:
            found[key] = f"{main.width()} × {main.height()}, {len(cut)} cut off at the right"
    return found


def _show(main: MainWindow, key: str) -> None:
    key, _, inside = key.partition("/")
    if key == "household":
        main.open_household("h0003")
        return
    if key == "elsewhere":
        main.show_page("plan")
        plan = main.pages.page("plan")
        assert isinstance(plan, PlanPage)
        plan.look_elsewhere("i1")
        return
    main.show_page(key)
    page = main.pages.page(key)
    if isinstance(page, TablesPage):
        page.show_tab(inside)
    elif inside:
        next(made for made in page.findChildren(QPushButton) if made.shortcut().toString() == inside).click()


def test_the_target_laptop_shows_every_page_whole(qtbot: QtBot) -> None:
    assert _misfits(100, SMALL, qtbot) == {}


@pytest.mark.parametrize("scale", SCALES)
def test_every_text_size_fits_a_full_screen(scale: int, qtbot: QtBot) -> None:
    assert _misfits(scale, FULL, qtbot) == {}


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
