"""Every page works by keyboard alone and can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.unlock import UnlockPage
from fieldapp.ui.viewmodels.printing import Chosen
from fieldapp.ui.viewmodels.unlock import UnlockViewModel
from fieldapp.ui.widgets.fact_list import FactFrame
from tests.ui.fakes import FakeLaptop
from tests.ui.seeing import visible

_INPUTS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QProgressBar,
    FactFrame,
)
_PAGES = (
    "today",
    "households",
    "household",
    "cadres",
    "findings",
    "duplicates",
    "tables",
    "typing",
    "differences",
    "print",
    "sync",
    "settings",
)


def _shown(main: MainWindow, key: str) -> QWidget:
    if key == "household":
        main.open_household("h0002")
    else:
        main.show_page(key)
    if key == "print":
        main.pages.print_model.choose([Chosen("h0001", "黄海涛")])
        main.pages.print_model.make()
    return main


def _inputs(root: QWidget) -> Iterator[QWidget]:
    for kind in _INPUTS:
        for widget in visible(root, kind):
            inside_another = isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QLineEdit)
            if not inside_another and not widget.objectName().startswith("qt_"):
                yield widget


@pytest.mark.parametrize("key", _PAGES)
def test_every_input_and_button_has_a_name(main: MainWindow, key: str) -> None:
    for widget in _inputs(_shown(main, key)):
        assert widget.accessibleName().strip(), f"{key}: {widget!r}"


def test_the_unlock_page_has_names_too(laptop: FakeLaptop, qtbot: QtBot) -> None:
    page = UnlockPage()
    qtbot.addWidget(page)
    page.show()
    page.connect_model(UnlockViewModel(laptop, InlineRunner(), page))
    for _ in range(2):
        for widget in _inputs(page):
            assert widget.accessibleName().strip(), repr(widget)
        page.show_enrolment(cancellable=True)


@pytest.mark.parametrize("key", _PAGES)
def test_every_shortcut_stands_in_its_tooltip(main: MainWindow, key: str) -> None:
    for made in visible(_shown(main, key), QAbstractButton):
        if not made.shortcut().isEmpty():
            assert made.shortcut().toString() in made.toolTip(), made.accessibleName()


@pytest.mark.parametrize("key", _PAGES)
def test_no_two_visible_buttons_share_a_key(main: MainWindow, key: str) -> None:
    keys = [
        made.shortcut().toString()
        for made in visible(_shown(main, key), QAbstractButton)
        if not made.shortcut().isEmpty()
    ]
    keys += [
        action.shortcut().toString()
        for widget in visible(main, QWidget)
        for action in widget.actions()
        if not action.shortcut().isEmpty()
    ]
    assert len(keys) == len(set(keys)), sorted(keys)


@pytest.mark.parametrize("key", _PAGES)
def test_tab_reaches_everything_and_comes_round(main: MainWindow, key: str, qtbot: QtBot) -> None:
    _shown(main, key)
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow, timeout=2000)
    QApplication.processEvents()  # what the page has just made is shown by an event
    main.top.search.setFocus()
    reached: set[QWidget] = set()
    for _ in range(200):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in reached:
            break
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    else:
        pytest.fail("Tab never came round")
    for made in visible(main.pages.page(main.page_key), QAbstractButton):
        if made.isEnabled() and made.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert made in reached or _group_reached(made, reached), made.accessibleName()


def _group_reached(made: QAbstractButton, reached: set[QWidget]) -> bool:
    """Of exclusive buttons Tab reaches one, the arrows the others."""
    group: QButtonGroup | None = made.group()  # the stubs forget that most buttons have none
    return any(other in reached for other in group.buttons()) if group is not None else False
