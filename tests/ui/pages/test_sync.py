"""The sync page, as a person uses it."""

from __future__ import annotations

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
