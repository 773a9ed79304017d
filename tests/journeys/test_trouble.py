"""What a township really throws at it: odd characters, full disks, locks in the middle, many records, TLS, reassignment."""

from __future__ import annotations

import threading
from datetime import date

import pytest
import requests
from sqlalchemy import update

from fieldapp.common.clock import SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.county.facts import COUNTY_WRITER
from fieldapp.county.serving import in_background
from fieldapp.county.tables import BatchRow, CaseRow, LineRow, table_of
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import PairingRow, VisitRow
from tests.county.world import rows_of
from tests.journeys.comparing import difference
from tests.services.asking import finished, first, homes, nobody_home, picture, row_of, value, visit_line
from tests.services.network import Deliver, Network
from tests.services.world import PASSWORD, World, cadres, reopened

pytestmark = pytest.mark.journey

TYPED = (
    "墙 & 顶 < 3 米 > 2 米",
    "]]><x>&amp;",
    "第一行\r\n第二行\t完",
    "😀 𠮷家庄 㑇",
    "阿依古丽·买买提",
    "a\u2028b",
    "\u3000张　三\u00a0",
    "'=1+1",
)


def test_whatever_is_typed_arrives_as_it_was_typed(world: World, clerk: Workspace) -> None:
    typed: dict[str, str] = {}
    for home, text in zip(homes(clerk), TYPED, strict=False):
        draft = clerk.visits.start(home, "onsite")
        nobody_home(draft)
        draft.session.set("/data/how/not_met_note", text)
        clerk.visits.autosave(draft)
        assert value(clerk.visits.resume(draft.id), "/data/how/not_met_note") == text
        typed[clerk.visits.finish(draft)] = text
    clerk.sync.run()
    told = {row.id: row.summary for row in rows_of(world.county, VisitRow) if row.id in typed}
    assert {id: text.strip() for id, text in told.items()} == {id: text.strip() for id, text in typed.items()}
    assert difference(world.county, clerk) == []


def test_characters_that_no_form_can_hold_never_break_a_visit(world: World, clerk: Workspace) -> None:
    made: dict[str, str] = {}
    for home, text in zip(homes(clerk), ("a\x00b", "a\x0bb", "a\ud800b", "a\ufffeb"), strict=False):
        draft = clerk.visits.start(home, "onsite")
        nobody_home(draft)
        draft.session.set("/data/how/not_met_note", text)
        clerk.visits.autosave(draft)
        kept = value(clerk.visits.resume(draft.id), "/data/how/not_met_note")
        assert (kept[0], kept[-1]) == ("a", "b")
        made[clerk.visits.finish(draft)] = home
    clerk.sync.run()
    assert {visit_line(clerk, home, visit_id).ladder for visit_id, home in made.items()} == {"received"}


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_a_correction_with_such_a_character_is_refused_in_words(clerk: Workspace, text: str) -> None:
    home = first(clerk)
    before = clerk.households.file(home).household
    with pytest.raises(KnownError) as caught:
        clerk.households.correct(home, "households", home, "moved_to", text, "核实")
    assert caught.value.code == "STORE-004"
    assert clerk.sync.status().unsent == 0
    assert clerk.households.file(home).household == before


def test_a_visit_too_long_to_travel_stays_a_draft_and_says_by_how_much(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    nobody_home(draft)
    draft.session.set("/data/how/not_met_note", "长" * 120_000)
    with pytest.raises(KnownError) as caught:
        clerk.visits.finish(draft)
    assert caught.value.code == "STORE-005"
    assert [info.id for info in clerk.visits.drafts()] == [draft.id]
    draft.session.set("/data/how/not_met_note", "短")
    assert clerk.visits.finish(draft) == draft.id


def test_many_records_go_in_several_batches_chained_in_order(
    world: World, clerk: Workspace, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.sync.pushing.MAX_RECORDS", 4)
    for number, home in enumerate(homes(clerk)[:10]):
        clerk.households.correct(home, "households", home, "phone", f"1390000{number:04d}", "换号")
    network.lose_answers_of("/v1/batches", times=1)
    with pytest.raises(KnownError):
        clerk.sync.run()
    clerk.sync.run()
    batches = sorted(rows_of(world.county, BatchRow), key=lambda row: row.bseq)
    assert [row.bseq for row in batches] == [1, 2, 3]
    assert [row.prev for row in batches[1:]] == [row.sha256 for row in batches[:-1]]
    assert {row.status for row in rows_of(world.county, LineRow)} == {"applied"}
    assert difference(world.county, clerk) == []


def test_typing_goes_on_while_a_slow_sync_runs(world: World, clerk: Workspace, network: Network) -> None:
    finished(clerk, homes(clerk)[1])
    on_the_way, go_on = threading.Event(), threading.Event()

    def slow(_method: str, path: str, deliver: Deliver) -> requests.Response:
        if path.startswith("/v1/batches"):
            on_the_way.set()
            assert go_on.wait(20)
        return deliver()

    network.fault = slow
    failures: list[BaseException] = []

    def run() -> None:
        try:
            clerk.sync.run()
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert on_the_way.wait(20)
    draft = clerk.visits.start(first(clerk), "onsite")
    for number in range(20):
        draft.session.set("/data/help/solved", "字" * number)
        clerk.visits.autosave(draft)
    nobody_home(draft)
    visit_id = clerk.visits.finish(draft)
    assert clerk.worklist.counts().total == clerk.count()[0]
    go_on.set()
    thread.join(30)
    assert failures == []
    clerk.sync.run()
    assert visit_line(clerk, draft.household_id, visit_id).ladder == "received"
    assert difference(world.county, clerk) == []


def test_locking_in_the_middle_of_a_sync_loses_nothing(world: World, network: Network) -> None:
    clerk = world.unlocked("clerk")
    home = first(clerk)
    visit_id = finished(clerk, home)

    def lock_then_deliver(_method: str, path: str, deliver: Deliver) -> requests.Response:
        response = deliver()
        if path.startswith("/v1/batches"):
            clerk.close()
        return response

    network.fault = lock_then_deliver
    with pytest.raises(KnownError) as caught:
        clerk.sync.run()
    assert caught.value.code == "VAULT-025"
    network.fault = lambda _method, _path, deliver: deliver()
    again = world.unlocked("clerk")
    assert visit_line(again, home, visit_id).ladder == "sealed"
    again.sync.run()
    assert visit_line(again, home, visit_id).ladder == "received"
    assert len(rows_of(world.county, BatchRow)) == 1


def test_the_visits_of_a_former_helper_count_and_his_corrections_become_cases(
    world: World, helper: Workspace
) -> None:
    home = first(helper)
    visit_id = finished(helper, home, how__phone="13900000001")
    pairing = table_of(PairingRow)
    with world.county.database.write() as connection:
        connection.execute(update(pairing).where(pairing.c.household_id == home).values(ended="2026-11-01"))
    report = helper.sync.run()
    outcomes = dict(report.batches[0].outcomes)
    assert outcomes["stored"] == 1
    assert "applied" not in outcomes
    assert visit_line(helper, home, visit_id).ladder == "received"
    offered = {case.name: case.offered for case in rows_of(world.county, CaseRow)}
    assert offered["phone"] == "13900000001"
    assert {case.kept_writer for case in rows_of(world.county, CaseRow)} <= {"", COUNTY_WRITER}


def test_over_tls_the_countys_own_certificate_is_pinned(offline: World) -> None:
    clock = SystemClock()  # certificates live in real time
    person = cadres(offline.county)["clerk"]
    offline.county.close()
    offline.county = reopened(offline.county.folder, clock)
    with in_background(offline.county, port=offline.port, tls=True):
        url = f"https://127.0.0.1:{offline.port}"
        laptop = offline.laptop("secure", clock)
        workspace = offline.keep(laptop.enrol(offline.code(person.id), url, PASSWORD))
        workspace.sync.run()
        assert workspace.count() == offline.share("clerk")
        finished(workspace, first(workspace))
    for name in ("ca.pem", "ca.key", "server.pem", "server.tls.key"):  # somebody else answers in its place
        (offline.county.folder / "keys" / name).unlink()
    with in_background(offline.county, port=offline.port, tls=True), pytest.raises(KnownError) as caught:
        workspace.sync.run()
    assert caught.value.code == "SYNC-004"
    assert workspace.sync.status().unsent > 0


def test_after_midnight_in_china_the_visit_is_of_the_new_day(offline: World) -> None:
    clerk = offline.unlocked("clerk")
    offline.clock.advance(hours=14, minutes=30)  # 16:30 in Greenwich, half past midnight in China
    draft = clerk.visits.start(first(clerk), "onsite")
    assert value(draft, "/data/how/visit_date") == "2026-11-23"
    nobody_home(draft)
    assert draft.session.validate() == ()
    visit_id = clerk.visits.finish(draft)
    visit = visit_line(clerk, draft.household_id, visit_id).visit
    assert (visit.visit_date, visit.entered_at) == ("2026-11-23", "2026-11-22T16:30:00Z")


def test_new_years_day_begins_a_new_count(offline: World) -> None:
    clerk = offline.unlocked("clerk")
    home = next(h for h in homes(clerk) if clerk.households.file(h).due.required)
    finished(clerk, home)
    assert clerk.households.file(home).due.done > 0
    offline.clock.advance(days=45)
    due = clerk.households.file(home).due
    assert clerk.today() == date(2027, 1, 6)
    assert (due.done, due.state) == (0, "not_entered")
    row = row_of(clerk, home)
    assert (row.done, row.due_state) == (0, "not_entered")


def test_a_photo_of_several_parts_is_resumed_where_it_broke_off(
    world: World, clerk: Workspace, network: Network
) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    nobody_home(draft)
    big = picture() + bytes(1_400_000)  # three parts of 512 KiB
    clerk.visits.attach(draft, "/data/photos/photo_1", "大.jpg", big)
    clerk.visits.finish(draft)
    parts = [0]

    def cut(method: str, _path: str, deliver: Deliver) -> requests.Response:
        if method == "PATCH":
            parts[0] += 1
            if parts[0] == 3:
                raise requests.exceptions.ConnectionError("cut")
        return deliver()

    network.fault = cut
    with pytest.raises(KnownError):
        clerk.sync.run()
    clerk.sync.run()
    assert parts[0] == 4
    assert clerk._store.unsent_blobs() == []
