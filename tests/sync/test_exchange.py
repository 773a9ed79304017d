"""The real client against the real county, without a network."""

from __future__ import annotations

import pytest

from fieldapp.common.clock import FixedClock
from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.county.blobs import blob_path
from fieldapp.county.devices import revoke_device
from fieldapp.county.enrolling import issue_code
from fieldapp.county.sessions import SESSION_LIFE_S
from fieldapp.county.setup import County
from fieldapp.county.tables import LineRow
from fieldapp.sync import enrol, read_identity, sync
from fieldapp.sync.pulling import pull, read_cursor
from fieldapp.sync.pushing import freeze_next, push
from fieldapp.sync.transport import Transport
from fieldapp.tables.register import VisitRow
from fieldapp.wire.blob import open_blob
from fieldapp.wire.canonical import parse_object
from fieldapp.wire.keys import SealingKey, SigningKey
from fieldapp.wire.problems import WireError
from fieldapp.wire.visits import VisitBody
from tests.county.world import HELPER, household_id, rows_of
from tests.sync.world import ADDRESS, Client


def run(laptop: Client, **changes: object) -> object:
    return sync(laptop.identity, laptop.outbox, clock=laptop.clock, ids=laptop.ids, adapter=laptop.wire)


def test_a_sync_sends_fetches_and_carries_photos(laptop: Client, county: County) -> None:
    plain = bytes(range(256)) * 4_000
    with_photo = laptop.add_visit(1, photo=plain)
    laptop.add_visit(3)
    result = sync(laptop.identity, laptop.outbox, clock=laptop.clock, ids=laptop.ids, adapter=laptop.wire)
    (batch,) = result.batches
    assert (batch.records, batch.outcomes) == (2, {"stored": 2})
    assert (result.photos, result.warnings) == (1, ())
    assert {key[1] for key in laptop.outbox.rows if key[0] == "households"} == {
        household_id(1),
        household_id(3),
    }
    assert {key[1] for key in laptop.outbox.rows if key[0] == "visits"} == set(laptop.outbox.outcomes)
    (line,) = rows_of(county, LineRow, record_id=with_photo)
    body = VisitBody.from_json(parse_object(line.raw)["body"])  # type: ignore[arg-type]
    (photo,) = body.attachments
    assert (photo.name, photo.media_type, photo.size_bytes) == ("photo_1.jpg", "image/jpeg", len(plain))
    sealed = blob_path(county, laptop.identity.device, photo.blob).read_bytes()
    assert open_blob(sealed, photo.key, photo.blob) == plain


def test_a_second_sync_has_nothing_to_do(laptop: Client, county: County) -> None:
    laptop.add_visit(1, photo=b"x")
    run(laptop)
    again = sync(laptop.identity, laptop.outbox, clock=laptop.clock, ids=laptop.ids, adapter=laptop.wire)
    assert (again.batches, again.pulled, again.photos) == ((), 0, 0)
    assert len(rows_of(county, VisitRow)) == 1


def test_many_records_go_in_batches_that_name_one_another(
    laptop: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.sync.pushing.MAX_RECORDS", 4)
    for _ in range(10):
        laptop.add_visit(1)
    sent = push(laptop.line(), laptop.outbox, clock=laptop.clock, ids=laptop.ids)
    assert [batch.records for batch in sent] == [4, 4, 2]
    assert set(laptop.outbox.outcomes.values()) == {"stored"}
    positions = [place for _, place in laptop.outbox.batches]
    assert [place.bseq for place in positions] == [1, 2, 3]
    assert positions[1].prev == laptop.outbox.batches[0][0].sha256


def test_what_was_written_while_a_batch_waits_goes_in_the_next_one(laptop: Client) -> None:
    laptop.add_visit(1)
    frozen = freeze_next(laptop.line(), laptop.outbox, laptop.ids)
    assert frozen is not None
    laptop.add_visit(3)
    sent = push(laptop.line(), laptop.outbox, clock=laptop.clock, ids=laptop.ids)
    assert [batch.id for batch in sent][0] == frozen.id
    assert [batch.records for batch in sent] == [1, 1]


def test_the_session_is_renewed_when_it_has_expired(laptop: Client, county: County) -> None:
    line = laptop.line()
    pull(line, laptop.outbox)
    assert isinstance(county.clock, FixedClock)
    county.clock.advance(seconds=SESSION_LIFE_S + 5)
    assert pull(line, laptop.outbox) == 0
    assert [path for _, path in laptop.wire.requests].count("/v1/session") == 2


def test_pages_are_applied_one_by_one_and_an_older_bundle_is_refused(laptop: Client) -> None:
    whole = pull(laptop.line(), laptop.outbox, page_rows=3)
    assert whole == len(laptop.outbox.rows)
    cursor = read_cursor(laptop.outbox.kept_cursor)
    assert cursor.bundle > 2
    laptop.outbox.kept_cursor = f"{cursor.bundle + 50}:{cursor.county}"
    with pytest.raises(WireError) as caught:
        pull(laptop.line(), laptop.outbox)
    assert caught.value.slug == "bundle-stale"


def test_a_cursor_the_county_does_not_know_starts_afresh(laptop: Client) -> None:
    first = pull(laptop.line(), laptop.outbox)
    number = read_cursor(laptop.outbox.kept_cursor).bundle
    laptop.outbox.kept_cursor = f"{number}:nonsense"
    assert pull(laptop.line(), laptop.outbox) == first


def test_a_revoked_laptop_is_told_and_its_work_is_in_quarantine(laptop: Client, county: County) -> None:
    laptop.add_visit(1)
    revoke_device(county, laptop.identity.device)
    with pytest.raises(WireError) as caught:
        run(laptop)
    assert caught.value.slug == "device-revoked"
    assert list(laptop.outbox.outcomes.values()) == ["held"]


def test_a_wrong_clock_warns_and_changes_nothing_else(laptop: Client, county: County) -> None:
    slow = FixedClock(laptop.clock.now())
    slow.advance(days=-400)
    laptop.add_visit(1)
    result = sync(laptop.identity, laptop.outbox, clock=slow, ids=laptop.ids, adapter=laptop.wire)
    assert [warning.code for warning in result.warnings] == ["SYNC-006"]
    assert result.batches[0].outcomes == {"stored": 1}


def test_cancel_stops_between_steps_and_nothing_is_lost(laptop: Client) -> None:
    laptop.add_visit(1)
    cancel = CancelToken()
    steps: list[Progress] = []

    def stop(step: Progress) -> None:
        steps.append(step)
        cancel.cancel()

    with pytest.raises(KnownError) as caught:
        sync(
            laptop.identity,
            laptop.outbox,
            clock=laptop.clock,
            ids=laptop.ids,
            adapter=laptop.wire,
            progress=stop,
            cancel=cancel,
        )
    assert caught.value.code == "TASK-001"
    assert list(laptop.outbox.outcomes.values()) == ["stored"]
    assert steps[0].label_zh.startswith("上报")


def test_an_identity_reads_back_from_the_vault(laptop: Client) -> None:
    again = read_identity(laptop.identity.to_bytes())
    assert again.to_bytes() == laptop.identity.to_bytes()
    assert again.signing.key_id == laptop.identity.signing.key_id
    assert laptop.identity.signing.private.hex() not in repr(laptop.identity)


def test_enrolment_can_be_repeated_after_a_lost_answer(laptop: Client, county: County) -> None:
    code = issue_code(county, HELPER, url=ADDRESS).code
    signing, sealing = SigningKey.generate(), SealingKey.generate()
    transport = Transport(ADDRESS, adapter=laptop.wire)
    first = enrol(transport, code, signing=signing, sealing=sealing)
    assert enrol(transport, code, signing=signing, sealing=sealing).device == first.device
    with pytest.raises(WireError) as caught:
        enrol(transport, code, signing=SigningKey.generate(), sealing=sealing)
    assert caught.value.slug == "code-unknown"
