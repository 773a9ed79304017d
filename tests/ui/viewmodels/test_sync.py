"""Exchange with the county, as it is told."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.task_runner import QtTaskRunner
from fieldapp.ui.viewmodels.sync import SyncViewModel
from tests.ui.fakes import FakeWorkspace
from tests.ui.runners import HeldRunner


@pytest.fixture
def model(workspace: FakeWorkspace) -> SyncViewModel:
    made = SyncViewModel(workspace, InlineRunner())
    made.load()
    return made


def test_before_the_county_was_asked_one_is_offline(model: SyncViewModel) -> None:
    words = model.words()
    assert words.link.startswith("离线")
    assert not words.online
    assert words.unsent == "未发送 3 条"
    assert words.last == "上次同步 11月20日 08:42"


def test_online_means_that_the_county_answered(model: SyncViewModel) -> None:
    model.start()
    words = model.words()
    assert words.online
    assert words.link == "在线：县里有应答"
    assert words.unsent == "没有待发送"


def test_a_dead_server_is_an_error_and_loses_nothing(
    model: SyncViewModel, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    workspace.sync.dead = True
    with qtbot.waitSignal(model.failed) as told:
        model.start()
    assert told.args is not None
    assert isinstance(told.args[0], KnownError)
    words = model.words()
    assert words.link == "离线：县里没有应答"
    assert words.unsent == "未发送 3 条"
    assert not model.running


def test_what_was_done_is_told_in_a_sentence(model: SyncViewModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.finished) as told:
        model.start()
    assert told.args == ["同步完成：送出 3 条，收到 12 条更新。"]
    assert model.warnings == ["有 1 户调整给了别人。"]


def test_a_batch_says_where_it_is_and_what_became_of_it(model: SyncViewModel) -> None:
    model.start()
    (row,) = model.batch_cells()
    assert [cell.text for cell in row] == [
        "第 1 批",
        "今天 09:00",
        "3",
        "「县里已收到」今天 09:01",
        "已收存 3",
    ]
    assert row[3].tone == "good"


def test_the_log_speaks_plainly(model: SyncViewModel) -> None:
    assert model.log_lines() == [("11月20日 08:42", "送出 12 条，县里都已收到。")]


def test_a_second_start_waits_for_the_first(workspace: FakeWorkspace) -> None:
    runner = HeldRunner()
    model = SyncViewModel(workspace, runner)
    model.start()
    model.start()
    runner.step()
    assert workspace.sync.runs == 1


def test_stopping_is_no_error(workspace: FakeWorkspace, qtbot: QtBot) -> None:
    runner = HeldRunner()
    model = SyncViewModel(workspace, runner)
    errors: list[object] = []
    model.failed.connect(errors.append)
    model.start()
    model.stop()
    with qtbot.waitSignal(model.finished) as told:
        runner.step()
    assert told.args is not None
    assert "已停止" in told.args[0]
    assert errors == []


def test_progress_crosses_from_the_workers_thread(workspace: FakeWorkspace, qtbot: QtBot) -> None:
    model = SyncViewModel(workspace, QtTaskRunner())
    seen: list[str] = []
    model.progressed.connect(lambda progress: seen.append(progress.label_zh))
    with qtbot.waitSignal(model.finished, timeout=5000):
        model.start()
    assert seen == ["正在封装", "正在发送"]


def test_nothing_known_yet_claims_nothing(workspace: FakeWorkspace) -> None:
    words = SyncViewModel(workspace, HeldRunner()).words()
    assert (words.online, words.unsent, words.last) == (False, "", "")
