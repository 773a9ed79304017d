"""The difference list, and the way to the other machine, as a person uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from fieldapp.common.clock import FixedClock
from fieldapp.common.tasks import InlineRunner
from fieldapp.services.typing_file import read_typing_file, write_typing_file
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.differences import DifferencesPage
from fieldapp.ui.typing_desk import TypingDeskWindow
from tests.services.world import CHEAP, MOMENT
from tests.ui.fakes import FakeWorkspace
from tests.ui.fakes_typing import typing_line
from tests.ui.seeing import press, texts, visible


@pytest.fixture
def page(main: MainWindow) -> DifferencesPage:
    main.show_page("typing")
    press(main, "对照全国系统导出表")
    page = main.pages.page("differences")
    assert isinstance(page, DifferencesPage)
    return page


def test_before_an_export_is_chosen_the_page_says_that_looking_changes_nothing(page: DifferencesPage) -> None:
    assert "还没有选导出表。" in texts(page)


def test_an_export_shows_what_differs_what_arrived_and_what_did_not(page: DifferencesPage) -> None:
    page.look(Path("导出.xlsx"))
    assert page.table.model().rowCount() == 2
    assert any("核销已录 3 条，标了已录但系统里还没有 1 条" in text for text in texts(page))


def test_chosen_rows_are_taken_over_or_kept(
    page: DifferencesPage, main: MainWindow, workspace: FakeWorkspace
) -> None:
    page.look(Path("导出.xlsx"))
    press(main, "采用全国系统的")
    assert main.banner.message == "请先在表里选一行或几行。"
    page.table.selectAll()
    press(main, "采用全国系统的")
    assert [line.label for line in workspace.national.accepted] == ["联系电话"]
    assert "1 处由县里认定" in main.banner.message
    page.table.selectRow(0)
    press(main, "保留本地，列入待录")
    assert [line.label for line in workspace.national.kept] == ["联系电话"]


def test_a_sealed_file_is_worked_through_on_a_machine_without_a_vault(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "待录入.fatl"
    write_typing_file(path, [typing_line(1)], "口令", CHEAP)
    desk = TypingDeskWindow(path, FixedClock(MOMENT), InlineRunner())
    qtbot.addWidget(desk)
    desk.passphrase.setText("口令")
    desk.open_file()
    assert "请填录入人姓名" in desk.problem.text()
    desk.name.setText("王敏")
    desk.passphrase.setText("别的")
    desk.open_file()
    assert "文件口令不对" in desk.problem.text()
    desk.passphrase.setText("口令")
    desk.open_file()
    assert desk.small is not None
    for _ in range(2):
        QTest.keyClick(desk.small, Qt.Key.Key_Space)
    desk.small.close()
    (line,) = read_typing_file(path, "口令")
    assert (line.state, line.by_name) == ("typed", "王敏")


def test_the_list_is_saved_with_identity_numbers_in_the_form_asked_for(
    page: DifferencesPage, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.look(Path("导出.xlsx"))
    box = next(visible(page, QComboBox))
    box.setCurrentIndex(box.findData("last4"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("差异.xlsx", "*.xlsx"))
    press(page, "存成 Excel…")
    assert workspace.national.saved == [(Path("差异.xlsx"), "last4")]
