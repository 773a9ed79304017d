"""One press on Sync: what it says when all goes well, and when the network, the county or the disk does not."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import requests

from fieldapp.common.clock import FixedClock, SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.files import DISK_FULL
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.county.devices import list_devices, revoke_device
from fieldapp.services.workspace import Workspace
from fieldapp.store import Store
from tests.services.asking import finished, first, nobody_home, picture, visit_line
from tests.services.network import Network
from tests.services.world import World


def made_visit(workspace: Workspace) -> tuple[str, str]:
    home = first(workspace)
    draft = workspace.visits.start(home, "onsite")
    nobody_home(draft)
    return home, workspace.visits.finish(draft)


def test_a_run_sends_fetches_and_says_so(world: World, clerk: Workspace) -> None:
    home, visit_id = made_visit(clerk)
    assert (clerk.sync.status().unsent, clerk.sync.status().online) == (1, None)
    said: list[Progress] = []
    report = clerk.sync.run(said.append, CancelToken())
    (batch,) = report.batches
    assert (batch.records, batch.state, dict(batch.outcomes)) == (1, "received", {"stored": 1})
    assert batch.server_time == "2026-11-22T02:00:00.000Z"
    status = clerk.sync.status()
    assert (status.unsent, status.sealed, status.online, status.last_error) == (0, 0, True, None)
    assert status.last_sync == "2026-11-22T02:00:00Z"
    line = visit_line(clerk, home, visit_id)
    assert (line.ladder, bool(line.receipt_at)) == ("received", True)
    assert "1 条记录" in [entry.zh for entry in clerk.sync.log()][0] or "1 条记录" in clerk.sync.log()[1].zh
    assert all(step.label_zh and step.label_en for step in said)


def test_sending_empties_nothing_the_ledger_of_batches_stays(world: World, clerk: Workspace) -> None:
    for _ in range(3):
        made_visit(clerk)
        clerk.sync.run()
    assert [batch.bseq for batch in clerk.sync.batches()] == [3, 2, 1]
    assert all(batch.state == "received" for batch in clerk.sync.batches())
    assert clerk.sync.run().batches == ()


@pytest.mark.requirement("A146")
def test_a_dead_server_is_told_and_everything_is_kept(clerk: Workspace) -> None:
    home, visit_id = made_visit(clerk)
    with pytest.raises(KnownError) as caught:
        clerk.sync.run()
    assert caught.value.code == "SYNC-001"
    status = clerk.sync.status()
    assert (status.online, status.last_error, status.unsent) == (False, caught.value, 1)
    assert visit_line(clerk, home, visit_id).ladder == "sealed"
    assert "SYNC-001" in clerk.sync.log()[0].zh


def test_a_log_in_page_is_not_taken_for_the_county(world: World, clerk: Workspace, network: Network) -> None:
    home, visit_id = made_visit(clerk)
    network.answer_with_page()
    with pytest.raises(KnownError) as caught:
        clerk.sync.run()
    assert caught.value.code == "SYNC-003"
    assert clerk.sync.status().online is False
    network.fault = lambda _m, _p, deliver: deliver()
    clerk.sync.run()
    assert visit_line(clerk, home, visit_id).ladder == "received"
    assert clerk.sync.status().last_error is None


def test_a_slow_network_is_told_as_slow(world: World, clerk: Workspace, network: Network) -> None:
    def slow(_method: str, _path: str, _deliver: object) -> requests.Response:
        raise requests.exceptions.ReadTimeout("slow")

    network.fault = slow
    with pytest.raises(KnownError) as caught:
        clerk.sync.run()
    assert caught.value.code == "SYNC-002"


def test_a_revoked_laptop_is_told_and_knows_that_the_county_answered(world: World, clerk: Workspace) -> None:
    for device in list_devices(world.county):
        revoke_device(world.county, device.id)
    with pytest.raises(KnownError) as caught:
        clerk.sync.run()
    assert caught.value.code.startswith("WIRE-")
    assert clerk.sync.status().online is True
    assert clerk.sync.status().last_error is caught.value


@pytest.mark.parametrize("hours", [-26, 3, 24 * 365])
def test_a_wrong_clock_is_a_warning_with_its_code_and_stops_nothing(world: World, hours: int) -> None:
    wrong = FixedClock(datetime.now(UTC) + timedelta(hours=hours))  # noqa: TID251 - the server tells the real time
    clerk = world.unlocked("clerk", wrong)
    made_visit(clerk)
    report = clerk.sync.run()
    ((zh, en),) = report.warnings
    (minutes,) = re.findall(r"相差 (\d+) 分钟", zh)
    assert abs(int(minutes) - abs(hours) * 60) <= 2
    assert "SYNC-006" in zh
    assert "SYNC-006" in en
    assert clerk.sync.status().unsent == 0
    assert any("SYNC-006" in line.zh for line in clerk.sync.log())


def test_a_right_clock_is_not_warned_of(world: World) -> None:
    clerk = world.unlocked("clerk", SystemClock())
    assert clerk.sync.run().warnings == ()


def test_a_cancelled_run_is_no_failure_and_goes_on_next_time(world: World, clerk: Workspace) -> None:
    home, visit_id = made_visit(clerk)
    token = CancelToken()
    token.cancel()
    with pytest.raises(KnownError) as caught:
        clerk.sync.run(lambda _: None, token)
    assert caught.value.code == "TASK-001"
    assert clerk.sync.status().last_error is None
    clerk.sync.run()
    assert visit_line(clerk, home, visit_id).ladder == "received"


def test_cancelling_while_photos_are_sent_keeps_the_receipt(world: World, clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    nobody_home(draft)
    clerk.visits.attach(draft, "/data/photos/photo_1", "a.jpg", picture())
    visit_id = clerk.visits.finish(draft)
    token = CancelToken()

    def stop_at_photos(progress: Progress) -> None:
        if "照片" in progress.label_zh:
            token.cancel()

    with pytest.raises(KnownError):
        clerk.sync.run(stop_at_photos, token)
    assert visit_line(clerk, draft.household_id, visit_id).ladder == "received"
    assert clerk._store.unsent_blobs() != []
    clerk.sync.run()
    assert clerk._store.unsent_blobs() == []


def test_a_full_disk_says_nothing_about_the_network_and_is_not_hidden_by_the_log(
    world: World, clerk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_visit(clerk)
    clerk.sync.run()
    made_visit(clerk)

    def full(*_: object) -> None:
        raise DISK_FULL(path="register.db")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "freeze", full)
        patch.setattr(Store, "put_setting", full)
        with pytest.raises(KnownError) as caught:
            clerk.sync.run()
    assert caught.value.code == "DISK-001"
    assert clerk.sync.status().online is True
    assert clerk.sync.status().unsent == 1
    clerk.sync.run()
    assert clerk.sync.status().unsent == 0


def test_what_the_county_did_not_take_is_said_in_the_log(world: World) -> None:
    clerk, helper = world.unlocked("clerk"), world.unlocked("helper")
    home = first(helper)
    helper.households.correct(home, "households", home, "phone", "13900000001", "换号")
    clerk.households.correct(home, "households", home, "phone", "13900000002", "换号")
    helper.sync.run()
    report = clerk.sync.run()
    assert dict(report.batches[0].outcomes) == {"conflict": 1}
    assert any("1 条县里还没有采用" in line.zh for line in clerk.sync.log())


def test_the_log_keeps_the_newest_lines_and_no_more(
    clerk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.services.sync_now._LOG_LINES", 10)
    for number in range(15):
        clerk.sync._tell(f"第{number}行", f"line {number}")
    lines = clerk.sync.log()
    assert len(lines) == 10
    assert lines[0].zh == "第14行"
    assert all(line.at.endswith("Z") for line in lines)


def test_the_log_holds_no_personal_data(world: World, clerk: Workspace) -> None:
    home = first(clerk)
    name = clerk.households.file(home).household.head_name
    finished(clerk, home, how__phone="13912345678")
    clerk.sync.run()
    told = "".join(line.zh + line.en for line in clerk.sync.log())
    assert name not in told
    assert "13912345678" not in told


def test_the_card_learns_the_role_at_the_first_sync(world: World) -> None:
    from tests.services.world import PASSWORD, cadres

    clerk = cadres(world.county)["clerk"]
    laptop = world.laptop("new")
    workspace = world.keep(laptop.enrol(world.code(clerk.id), world.url, PASSWORD))
    assert [card.role for card in laptop.people()] == [""]
    workspace.sync.run()
    assert [card.role for card in laptop.people()] == ["clerk"]
