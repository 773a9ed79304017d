"""Findings: every line opens the field that mends it, a reason passes it and can be taken back, nothing is empty mutely."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.services.findings import FindingCounts
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.findings import FindingsPage
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.viewmodels.findings import FindingsViewModel
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.fact_panel import FactPanel
from tests.ui.fakes import FakeWorkspace, empty_county, small_county
from tests.ui.seeing import press, visible


def page_of(workspace: FakeWorkspace, qtbot: QtBot) -> FindingsPage:
    page = FindingsPage(FindingsViewModel(workspace, InlineRunner()))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.entered()
    return page


def reason_of(page: FindingsPage) -> QLineEdit:
    return next(edit for edit in visible(page, QLineEdit) if edit.accessibleName() == "核实情况")


def test_entering_the_page_checks_what_was_touched_and_counts_in_the_title(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(small_county())
    page = page_of(workspace, qtbot)
    assert workspace.findings.checked == 1
    assert page.table.model().rowCount() == 40
    assert "疑点 40 条" in page.subtitle()


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (FindingCounts(0, 0, 0, 0, 12), "还有 12 户正在核查。"),
        (FindingCounts(0, 0, 0, 0, 0), "没有待处理的疑点。"),
        (FindingCounts(1, 2, 0, 0, 5), "疑点 3 条：错误 1、疑点 2、提示 0。还有 5 户正在核查。"),
    ],
)
def test_nothing_is_said_to_be_right_before_it_was_checked(
    found: FindingCounts, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = FakeWorkspace(small_county())
    monkeypatch.setattr(workspace.findings, "counts", lambda *_: found)
    model = FindingsViewModel(workspace, InlineRunner())
    model.load()
    assert model.sentence() == told


def test_enter_opens_the_field_that_mends_the_finding(qtbot: QtBot) -> None:
    main = MainWindow(FakeWorkspace(small_county()), InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.show()
    main.show_page("findings")
    page = main.pages.page("findings")
    assert isinstance(page, FindingsPage)
    page.table.selectRow(1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert main.page_key == "household"
    (panel,) = visible(main, FactPanel)
    assert (
        any(label.text() == "耕地" for label in panel.findChildren(type(panel._title))) or panel.isVisible()
    )
    main.back()
    assert main.page_key == "findings"


def test_a_group_narrows_the_list_and_passing_the_whole_rule_takes_one_reason(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(small_county())
    page = page_of(workspace, qtbot)
    doubts = next(n for n, group in enumerate(page._model.groups, 1) if group.id == "arable-range")
    page.groups.opened.emit(doubts)
    listed = page.table.model().rowCount()
    assert 0 < listed < 40
    reason_of(page).setText("统一按习惯亩登记，已核实")
    with qtbot.waitSignal(page.noticed) as told:
        press(page, "这条规则全部说明")
    assert page.table.model().rowCount() == 0
    sentence, (undo, act) = told.args
    assert f"{listed} 条" in sentence
    assert undo == "撤销"
    act()
    assert page.table.model().rowCount() == listed


def test_no_reason_passes_nothing(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(small_county())
    page = page_of(workspace, qtbot)
    page.table.selectRow(1)
    with qtbot.waitSignal(page.noticed) as told:
        press(page, "写说明，不再提示")
    assert "先写一句" in told.args[0]
    assert not any(line.reason for line in workspace.findings.kept)


def test_passed_ones_are_listed_with_their_reason_and_opened_again(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(small_county())
    page = page_of(workspace, qtbot)
    page.table.selectRow(1)
    reason_of(page).setText("已核实")
    press(page, "写说明，不再提示")
    press(page, "已说明 1")
    assert page.table.model().rowCount() == 1
    assert page._model.table.index(0, 5).data() == "已核实"
    page.table.selectRow(0)
    press(page, "重新提示")
    (empty,) = visible(page, EmptyState)
    assert "没有疑点" in empty.accessibleName()


def test_what_is_listed_is_exported(qtbot: QtBot, tmp_path: Path) -> None:
    workspace = FakeWorkspace(small_county())
    page = page_of(workspace, qtbot)
    page._model.export(tmp_path / "疑点清单.xlsx")
    assert workspace.findings.exported == [(40, tmp_path / "疑点清单.xlsx")]


def test_an_empty_register_says_why_and_what_to_do(qtbot: QtBot) -> None:
    page = page_of(FakeWorkspace(empty_county()), qtbot)
    (empty,) = visible(page, EmptyState)
    assert empty.accessibleName()
