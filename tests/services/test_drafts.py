"""Drafts and their photos: power cuts, full disks, newer forms and second thoughts while a visit is being typed."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.files import DISK_FULL
from fieldapp.county.publishing import publish_form
from fieldapp.services.workspace import Workspace
from fieldapp.store import Store
from tests.services.asking import answer, first, homes, nobody_home, picture, value, visit_line
from tests.services.forms import fill_required
from tests.services.world import World, compiled_visit_form, form_version


def test_what_was_typed_is_there_again_after_the_laptop_went_off(offline: World) -> None:
    clerk = offline.unlocked("clerk")
    draft = clerk.visits.start(first(clerk), "paper", date(2026, 9, 9))
    row = draft.session.add_repeat("/data/members")
    answer(draft, help__requests="想修一下院墙", state__housing_ok="no")
    draft.session.set(f"{row}/name", "新媳妇")
    clerk.visits.autosave(draft)
    again = offline.unlocked("clerk")  # nobody closed the first one
    (info,) = again.visits.drafts()
    resumed = again.visits.resume(info.id)
    assert (resumed.id, resumed.source) == (draft.id, "paper")
    assert value(resumed, "/data/help/requests") == "想修一下院墙"
    assert value(resumed, f"{row}/name") == "新媳妇"
    assert resumed.last_values == draft.last_values
    assert resumed.seen == draft.seen


@pytest.mark.parametrize("look", ["drafts", "resume", "finish"])
def test_power_that_goes_between_the_visit_and_the_end_of_its_draft_makes_one_visit(
    offline: World, monkeypatch: pytest.MonkeyPatch, look: str
) -> None:
    class PowerCut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    clerk = offline.unlocked("clerk")
    home = first(clerk)
    draft = clerk.visits.start(home, "onsite")
    nobody_home(draft)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "end_draft", cut)
        with pytest.raises(PowerCut):
            clerk.visits.finish(draft)
    again = offline.unlocked("clerk")
    made = [line.visit.id for line in again.households.file(home).visits].count(draft.id)
    assert made == 1
    match look:
        case "drafts":
            assert again.visits.drafts() == []
        case "resume":
            with pytest.raises(KnownError) as caught:
                again.visits.resume(draft.id)
            assert caught.value.code == "VISIT-002"
        case "finish":
            assert again.visits.finish(draft) == draft.id
    assert again._store.draft(draft.id) is None
    assert [line.visit.id for line in again.households.file(home).visits].count(draft.id) == 1
    assert again.sync.status().unsent == 1


def test_a_full_disk_keeps_the_draft_and_finishing_later_makes_one_visit(
    clerk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = first(clerk)
    draft = clerk.visits.start(home, "onsite")
    answer(draft, how__outcome="away", how__moved_to="广东东莞")
    clerk.visits.autosave(draft)
    _fill_the_disk(clerk)
    answer(draft, how__not_met_note="长" * 20_000)
    with pytest.raises(KnownError) as caught:
        clerk.visits.finish(draft)
    assert caught.value.code == "DISK-001"
    assert [info.id for info in clerk.visits.drafts()] == [draft.id]
    assert clerk.sync.status().unsent == 0
    assert value(draft, "/data/how/not_met_note") == "长" * 20_000
    _give_space_back(clerk)
    assert clerk.visits.finish(draft) == draft.id
    assert clerk.households.file(home).household.get("moved_to") == "广东东莞"
    assert clerk.visits.drafts() == []


def _fill_the_disk(workspace: Workspace) -> None:
    """Let the database grow no further: SQLite answers as on a full disk."""
    with workspace._store.vault.writer() as connection:
        used = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used}").scalar_one()


def _give_space_back(workspace: Workspace) -> None:
    with workspace._store.vault.writer() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823").scalar_one()


def test_a_draft_goes_on_with_the_form_version_it_began_with(world: World) -> None:
    clerk = world.unlocked("clerk")
    home = first(clerk)
    old = clerk.visits.start(home, "onsite")
    answer(old, help__solved="旧版填的")
    clerk.visits.autosave(old)
    newer = compiled_visit_form().replace(old.form.version.encode(), b"2027010101", 1)
    newer = newer.replace("诉求还要跟进".encode(), "诉求需要跟进吗".encode())
    publish_form(world.county, form_id="visit", version="2027010101", title="入户走访记录", xml=newer)
    clerk.sync.run()
    fresh = clerk.visits.start(homes(clerk)[1], "onsite")
    assert (old.form.version, fresh.form.version) == (form_version(), "2027010101")
    resumed = clerk.visits.resume(old.id)
    assert resumed.form.version == form_version()
    assert value(resumed, "/data/help/solved") == "旧版填的"
    nobody_home(resumed)
    clerk.visits.finish(resumed)
    nobody_home(fresh)
    clerk.visits.finish(fresh)
    report = clerk.sync.run()
    assert {status for batch in report.batches for status in batch.outcomes} == {"stored"}


def test_a_discarded_draft_can_be_taken_back_for_thirty_days(offline: World) -> None:
    clerk = offline.unlocked("clerk")
    draft = clerk.visits.start(first(clerk), "onsite")
    clerk.visits.discard(draft.id)
    assert clerk.visits.drafts() == []
    with pytest.raises(KnownError):
        clerk.visits.resume(draft.id)
    clerk.visits.restore(draft.id)
    assert [info.id for info in clerk.visits.drafts()] == [draft.id]
    clerk.visits.discard(draft.id)
    clerk.close()
    offline.clock.advance(days=29)
    kept = offline.unlocked("clerk")
    kept.visits.restore(draft.id)
    assert len(kept.visits.drafts()) == 1
    kept.visits.discard(draft.id)
    kept.close()
    offline.clock.advance(days=31)
    late = offline.unlocked("clerk")
    late.visits.restore(draft.id)
    assert late.visits.drafts() == []


def test_a_photo_is_kept_sealed_and_a_retaken_one_replaces_it(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    one, two = picture(size=40), picture("PNG", size=60)
    clerk.visits.attach(draft, "/data/photos/photo_1", "门口.jpg", one)
    name = value(draft, "/data/photos/photo_1")
    assert clerk.visits.attachment(draft, name) == one
    folder = clerk._store.vault.folder / "attachments"
    assert all(one not in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    clerk.visits.attach(draft, "/data/photos/photo_1", "门口2.png", two)
    assert clerk.visits.attachment(draft, name) is None
    assert clerk.visits.attachment(draft, value(draft, "/data/photos/photo_1")) == two
    resumed = clerk.visits.resume(draft.id)
    assert clerk.visits.attachment(resumed, value(resumed, "/data/photos/photo_1")) == two
    fill_required(draft.session, {})
    visit_id = clerk.visits.finish(draft)
    (info,) = clerk._store.attachments_of(visit_id)
    assert clerk._store.attachment(info.id) == two
    line = visit_line(clerk, draft.household_id, visit_id)
    assert line.visit.get("photo_count") == 1


@pytest.mark.parametrize("content", [b"", b"GIF89a....", b"%PDF-1.7", "不是照片".encode()])
def test_what_is_no_photo_is_refused_and_changes_nothing(clerk: Workspace, content: bytes) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    with pytest.raises(KnownError) as caught:
        clerk.visits.attach(draft, "/data/photos/photo_1", "文件.jpg", content)
    assert caught.value.code == "VISIT-004"
    assert value(draft, "/data/photos/photo_1") == ""


def test_a_photo_that_could_never_be_sent_is_refused_at_once(
    clerk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.services.attachment_kinds.MAX_BLOB_BYTES", 2**20)
    draft = clerk.visits.start(first(clerk), "onsite")
    with pytest.raises(KnownError) as caught:
        clerk.visits.attach(draft, "/data/photos/photo_1", "大.jpg", b"\xff\xd8\xff" + bytes(2**20))
    assert (caught.value.code, "1 MB" in caught.value.zh) == ("VISIT-005", True)


@pytest.mark.parametrize("step", ["rule_on", "outgoing_rows", "write_visit", "write_patches", "_refresh"])
def test_a_disk_that_fills_up_at_any_write_of_finishing_leaves_a_draft_and_nothing_else(
    clerk: Workspace, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    home = first(clerk)
    before = clerk.households.file(home)
    draft = clerk.visits.start(home, "onsite")
    answer(draft, state__water_ok="no", state__water_problem="supply", state__water_note="停水")
    answer(draft, how__phone="13900000001")
    fill_required(draft.session, {})

    def full(*_: object, **__: object) -> None:
        raise DISK_FULL(path="register.db")

    with monkeypatch.context() as patch:
        if step == "_refresh":
            patch.setattr(Store, step, full)
        else:
            patch.setattr(f"fieldapp.store.writing.{step}", full)
        with pytest.raises(KnownError) as caught:
            clerk.visits.finish(draft)
    assert caught.value.code == "DISK-001"
    assert clerk.households.file(home) == before
    assert clerk.sync.status().unsent == 0
    resumed = clerk.visits.resume(draft.id)
    assert value(resumed, "/data/how/phone") == "13900000001"
    assert clerk.visits.finish(resumed) == draft.id
    after = clerk.households.file(home)
    assert after.household.phone == "13900000001"
    assert len(after.visits) == len(before.visits) + 1
    assert [issue.description for issue in after.issues].count("停水") == 1
