"""The plan, as a person uses it."""

from __future__ import annotations

import pytest

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.plan import PlanPage
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import press, texts


@pytest.fixture
def page(main: MainWindow) -> PlanPage:
    main.show_page("plan")
    page = main.pages.page("plan")
    assert isinstance(page, PlanPage)
    return page


def test_a_task_is_dropped_with_a_reason_only_and_the_closing_can_be_taken_back(
    main: MainWindow, page: PlanPage, workspace: FakeWorkspace
) -> None:
    page.table.selectRow(0)
    press(main, "不再办理")
    assert "PLAN-002" in main.banner.message or "请写明" in main.banner.message
    assert len(workspace.tasks.lines) == 3
    page._note.setText("已搬走")
    press(main, "不再办理")
    assert [note for _, note in workspace.tasks.closed] == ["已搬走"]
    press(main, "撤销")
    assert len(workspace.tasks.lines) == 3


def test_who_is_still_to_be_seen_in_a_campaign_is_opened_as_a_list(main: MainWindow, page: PlanPage) -> None:
    assert "2026 年全覆盖遍访" in texts(main)
    press(main, "石桥村还差 10 户，打开名单")
    assert main.page_key == "households"
    assert len(main.pages.work_list_model.wanted.within or ()) == 10


def test_the_tasks_of_the_days_are_printed_as_a_visit_list(main: MainWindow, page: PlanPage) -> None:
    press(main, "打印走访名单")
    assert main.page_key == "print"
    assert len(main.pages.print_model.chosen) == 3


def test_an_empty_plan_says_what_comes_here(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.tasks.lines = []
    workspace.campaigns.on = False
    main.show_page("plan")
    seen = texts(main)
    assert "没有待办" in seen
    assert any("县里现在没有活动" in text for text in seen)
