"""The list of households: filters, search, empty lists."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.viewmodels.row_pages import PAGE_ROWS
from fieldapp.ui.viewmodels.work_list import WorkListViewModel
from fieldapp.ui.viewmodels.work_table import TONE_ROLE, WorkColumn
from tests.ui.fakes import FakeWorkspace, empty_county, small_county
from tests.ui.people import LONG_NAME
from tests.ui.runners import HeldRunner


@pytest.fixture
def model(workspace: FakeWorkspace) -> WorkListViewModel:
    made = WorkListViewModel(workspace.worklist, workspace.today, InlineRunner())
    made.load()
    return made


def _text(model: WorkListViewModel, row: int, column: WorkColumn) -> str:
    return str(model.table.index(row, column).data())


def test_loading_brings_rows_counts_and_places(model: WorkListViewModel) -> None:
    assert model.table.rowCount() == 60
    assert model.counts is not None
    assert model.counts.total == 60
    assert [area.level for area in model.areas] == ["county", "town", "village", "village"]


def test_a_row_reads_as_a_person_says_it(model: WorkListViewModel) -> None:
    assert _text(model, 2, WorkColumn.PLACE) == "青杨村 3 组"
    assert _text(model, 2, WorkColumn.STATE) == "本年走访记录尚未补录"
    assert _text(model, 2, WorkColumn.LAST) == "—"
    assert _text(model, 1, WorkColumn.YEAR) == "4/6"
    assert _text(model, 3, WorkColumn.HEAD) == LONG_NAME
    assert model.table.index(5, WorkColumn.STATE).data(TONE_ROLE) == "attention"
    assert model.table.index(2, WorkColumn.STATE).data(TONE_ROLE) == "neutral"
    assert "419900000002" in model.table.index(2, WorkColumn.HEAD).data(Qt.ItemDataRole.ToolTipRole)


def test_every_column_has_a_heading(model: WorkListViewModel) -> None:
    headings = [model.table.headerData(column, Qt.Orientation.Horizontal) for column in WorkColumn]
    assert len(set(headings)) == len(WorkColumn)
    assert model.table.headerData(0, Qt.Orientation.Vertical) is None


def test_typing_asks_at_once_and_keeps_the_filters(
    model: WorkListViewModel, workspace: FakeWorkspace
) -> None:
    model.toggle_state("overdue")
    model.set_text(" 志强 ")
    asked = workspace.worklist.asked[-1]
    assert (asked.text, asked.states) == ("志强", frozenset({"overdue"}))


def test_the_same_text_is_not_asked_twice(model: WorkListViewModel, workspace: FakeWorkspace) -> None:
    model.set_text("王")
    before = len(workspace.worklist.asked)
    model.set_text("王 ")
    assert len(workspace.worklist.asked) == before


def test_filters_come_and_go(model: WorkListViewModel, qtbot: QtBot) -> None:
    model.toggle_kind("monitored")
    model.set_mine(True)
    model.set_area("411025101202")
    assert model.filtered
    assert 0 < model.table.rowCount() < 60
    with qtbot.waitSignal(model.rows_changed) as told:
        model.clear()
    assert told.args == [60]
    assert not model.filtered


def test_a_number_on_today_opens_just_its_households(model: WorkListViewModel) -> None:
    model.set_text("王")
    model.only_states(frozenset({"fulfilled"}))
    assert model.wanted.text == ""
    assert all(row.due_state == "fulfilled" for row in model.rows_at(range(model.table.rowCount())))


def test_positions_give_household_ids(model: WorkListViewModel) -> None:
    assert model.ids_at([0, 59, 60, -1]) == ["h0000", "h0059"]


def test_answers_to_older_keys_are_not_shown(workspace: FakeWorkspace) -> None:
    runner = HeldRunner()
    model = WorkListViewModel(workspace.worklist, workspace.today, runner)
    for text in ("王", "王建", "王建国"):
        model.set_text(text)
    shown: list[int] = []
    model.rows_changed.connect(shown.append)
    while len(runner):
        runner.step()
    assert len(shown) == 1
    assert [wanted.text for wanted in workspace.worklist.asked] == ["王", "王建国"]


def test_an_empty_register_says_where_households_come_from() -> None:
    workspace = FakeWorkspace(empty_county())
    model = WorkListViewModel(workspace.worklist, workspace.today, InlineRunner())
    model.load()
    note = model.empty_note()
    assert "还没有农户" in note.why
    assert "同步" in note.what
    assert note.act == "sync"


def test_an_empty_search_says_what_one_can_type(model: WorkListViewModel) -> None:
    model.set_text("没有这个人")
    note = model.empty_note()
    assert "没有这个人" in note.why
    assert "拼音" in note.what
    assert note.act == "clear"
    model.set_text("")
    model.toggle_state("overdue")
    model.set_area("411025101202")
    assert model.empty_note().act == "clear"


def test_twelve_thousand_rows_are_fetched_by_the_page() -> None:
    workspace = FakeWorkspace(small_county(12_000))
    model = WorkListViewModel(workspace.worklist, workspace.today, InlineRunner())
    model.load()
    assert model.table.rowCount() == 12_000
    assert workspace.worklist.pages == [PAGE_ROWS]
    assert model.table.index(11_999, WorkColumn.HEAD).data()
    assert len(workspace.worklist.pages) == 2
    assert max(workspace.worklist.pages) <= PAGE_ROWS
