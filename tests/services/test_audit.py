"""A form that asks for an audit log: kept with the draft, sent with the visit, never printed."""

from __future__ import annotations

import csv
import io
from base64 import b64encode

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, silent
from fieldapp.county.blobs import blob_path
from fieldapp.county.publishing import publish_form
from fieldapp.services.draft_content import DraftContent, read_content
from fieldapp.services.printing import Printing, PrintOrder
from fieldapp.services.workspace import Workspace
from fieldapp.store import AttachmentInfo, Store
from fieldapp.wire.blob import open_blob
from fieldapp.wire.keys import SigningKey
from fieldapp.xform import FormSession, load_form
from tests.services.asking import answer, first, nobody_home, value
from tests.services.world import World, compiled_visit_form, form_version
from tests.xform.scenario import form

_BIND = '<bind nodeset="/data/meta/audit" type="binary" odk:track-changes="true" odk:identify-user="true"/>'


def _asking_for_a_log() -> bytes:
    xml = compiled_visit_form().decode().replace(form_version(), "2026112288")
    return (
        xml.replace("<instanceID/>", "<audit/><instanceID/>", 1).replace("</model>", f"{_BIND}</model>", 1)
    ).encode()


@pytest.fixture
def audited(world: World) -> Workspace:
    """The clerk's laptop with a published visit form that asks for a log."""
    publish_form(
        world.county, form_id="visit", version="2026112288", title="入户走访记录", xml=_asking_for_a_log()
    )
    clerk = world.unlocked("clerk")
    clerk.sync.run()
    return clerk


def _rows(log: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(log.decode("utf-8"), newline="")))


def _logs(workspace: Workspace, owner_id: str) -> list[AttachmentInfo]:
    infos = workspace._store.attachments_of(owner_id)
    return [info for info in infos if info.media_type == "text/csv"]


def test_the_log_goes_on_after_the_laptop_went_off_and_comes_with_the_visit(
    world: World, audited: Workspace
) -> None:
    draft = audited.visits.start(first(audited), "onsite")
    answer(draft, help__solved="修好了水管, 换了龙头")
    audited.visits.autosave(draft)
    world.clock.advance(minutes=5)
    again = world.unlocked("clerk")
    resumed = again.visits.resume(draft.id)
    nobody_home(resumed)
    visit_id = again.visits.finish(resumed)
    (info,) = _logs(again, visit_id)
    rows = _rows(again._store.attachment(info.id))
    assert rows[0] == ["event", "node", "start", "end", "old-value", "new-value", "user"]
    assert [row[0] for row in rows[1:]] == [
        "form start",
        "question",
        "form resume",
        "question",
        "question",
        "form save",
        "form exit",
        "form finalize",
    ]
    assert rows[2][1] == "/data/help/solved"
    assert rows[2][5:] == ["修好了水管, 换了龙头", again.person.name]
    assert int(rows[3][2]) - int(rows[1][2]) == 5 * 60_000
    assert info.name == "audit.csv"
    assert again.visits.drafts() == []


def test_the_county_receives_the_log_sealed_like_a_photo(world: World, audited: Workspace) -> None:
    draft = audited.visits.start(first(audited), "onsite")
    nobody_home(draft)
    visit_id = audited.visits.finish(draft)
    (info,) = _logs(audited, visit_id)
    log = audited._store.attachment(info.id)
    report = audited.sync.run()
    assert {status for batch in report.batches for status in batch.outcomes} == {"stored"}
    assert audited._store.unsent_blobs() == []
    sealed = audited._store._blob(info.id)
    assert sealed is not None
    device = audited._identity.device
    found = blob_path(world.county, device, sealed.blob_digest).read_bytes()
    assert open_blob(found, bytes(sealed.blob_key), sealed.blob_digest) == log


def test_an_attempt_that_failed_is_in_the_draft_and_its_log(audited: Workspace) -> None:
    draft = audited.visits.start(first(audited), "onsite")
    answer(draft, how__visit_date="2026-12-24")
    with pytest.raises(KnownError) as caught:
        audited.visits.finish(draft)
    assert caught.value.code == "VISIT-001"
    record = audited._store.draft(draft.id)
    assert record is not None
    rows = _rows(read_content(record.content).audit)
    assert (rows[-1][0], rows[-1][1]) == ("constraint error", draft.violations[0].ref)
    assert _logs(audited, draft.id) == []


def test_a_power_cut_while_finishing_leaves_one_log(
    audited: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    draft = audited.visits.start(first(audited), "onsite")
    nobody_home(draft)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "apply", cut)
        with pytest.raises(PowerCut):
            audited.visits.finish(draft)
    resumed = audited.visits.resume(draft.id)
    visit_id = audited.visits.finish(resumed)
    (info,) = _logs(audited, visit_id)
    names = [row[0] for row in _rows(audited._store.attachment(info.id))]
    assert names.count("form finalize") == 1


def test_a_visit_with_a_log_is_printed_without_it(audited: Workspace) -> None:
    home = first(audited)
    draft = audited.visits.start(home, "onsite")
    nobody_home(draft)
    visit_id = audited.visits.finish(draft)
    assert len(_logs(audited, visit_id)) == 1
    printing = Printing(audited._store, audited.person, audited.county_name, audited.clock)
    (sheet,) = printing.make(PrintOrder("file", (home,), "full", "存档"), silent, CancelToken())
    assert printing.page_count(sheet.pdf) >= 2


def test_the_shipped_form_asks_for_no_log(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    nobody_home(draft)
    visit_id = clerk.visits.finish(draft)
    assert clerk._store.attachments_of(visit_id) == []


def test_a_draft_of_an_older_program_has_no_log() -> None:
    content = DraftContent(b"<data/>", {})
    assert b"audit" not in content.to_bytes()
    assert read_content(content.to_bytes()) == content
    kept = DraftContent(b"<data/>", {}, "event,node,start,end\nform start,,1,\n王\n".encode())
    assert read_content(kept.to_bytes()) == kept


def test_what_a_key_holder_signed_is_read_on_the_laptop(clerk: Workspace) -> None:
    key = SigningKey.generate()
    public = b64encode(key.public).decode()
    signed = b64encode(key.sign("四号院".encode()) + "四号院".encode()).decode()
    xml = form(
        f"<scanned>{signed}</scanned><said/>",
        f'<bind nodeset="/data/said" calculate="extract-signed(/data/scanned, \'{public}\')"/>',
        '<input ref="/data/scanned"/>',
    )
    draft = clerk.visits.start(first(clerk), "onsite")
    draft.session = FormSession.start(load_form(xml), clerk.visits._environment())
    assert value(draft, "/data/said") == "四号院"
