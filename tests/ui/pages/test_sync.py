"""The sync page, as a person uses it."""

from __future__ import annotations

import dataclasses

from fieldapp.services.set_aside import SetAsideLine
from fieldapp.ui.main_window import MainWindow
from tests.ui.fakes import DEAD_SERVER, FakeWorkspace
from tests.ui.seeing import press, texts


def test_sending_tells_what_the_county_did(main: MainWindow) -> None:
    main.show_page("sync")
    press(main, "立即同步")
    seen = texts(main)
    assert main.banner.message == "同步完成：送出 3 条，收到 12 条更新。"
    assert seen.count("在线：县里有应答") == 2, "the page and the state bar say the same"
    assert "有 1 户调整给了别人。" in seen


def test_a_dead_server_is_told_with_code_and_remedy(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.sync.dead = True
    main.show_page("sync")
    press(main, "立即同步")
    seen = texts(main)
    assert "联系不上县里的服务器。" in seen
    assert any("FAKE-002" in text and "都还在" in text for text in seen)
    assert "离线：县里没有应答" in seen
    assert "未发送 3 条" in seen


def test_an_error_elsewhere_is_told_where_one_is(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.sync.dead = True
    main.show_page("households")
    main.pages.sync_model.start()
    assert main.banner.message == "联系不上县里的服务器。"


def test_the_last_error_is_still_there_after_a_restart(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.sync.last_error = DEAD_SERVER()
    main.show_page("sync")
    assert "联系不上县里的服务器。" in texts(main)


def test_the_log_and_what_nothing_means(main: MainWindow) -> None:
    main.show_page("sync")
    seen = texts(main)
    assert "送出 12 条，县里都已收到。" in seen
    assert any("还没有送出过" in text for text in seen)


def test_the_waiting_count_in_the_state_bar_opens_the_page(main: MainWindow) -> None:
    press(main, "待发送，打开同步页")
    assert main.page_key == "sync"


ODD = SetAsideLine(
    id="held-1",
    here=True,
    household_id="h0",
    head_name="张秀英",
    village="杨庄村",
    fact_zh="耕地面积",
    fact_en="Arable land",
    text="三亩多",
    reason_zh="“三亩多”不是数字",
    reason_en="not a number",
    at="2026-11-20T00:42:00Z",
    place=("households", "h0", "arable_mu"),
)


def test_an_answer_that_is_no_fact_is_shown_with_its_reason_and_put_away_with_a_way_back(
    main: MainWindow, workspace: FakeWorkspace
) -> None:
    workspace.set_aside.waiting = [ODD]
    main.show_page("sync")
    assert "没有写入档案的" in texts(main)
    press(main, "办好了")
    assert "没有写入档案的" not in texts(main)
    assert main.banner.message == "张秀英的“耕地面积”已标记办好。"
    press(main, "撤销")
    assert "没有写入档案的" in texts(main)
    assert workspace.set_aside.waiting == [ODD]


def test_what_waits_in_the_county_stays_until_the_county_decides(
    main: MainWindow, workspace: FakeWorkspace
) -> None:
    workspace.set_aside.waiting = [dataclasses.replace(ODD, here=False)]
    main.show_page("sync")
    press(main, "办好了")
    assert "没有写入档案的" in texts(main)
    assert len(workspace.set_aside.waiting) == 1


def test_a_line_opens_its_household_at_the_fact(main: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.set_aside.waiting = [ODD]
    main.show_page("sync")
    press(main, "打开这一项")
    assert main.page_key == "household"
