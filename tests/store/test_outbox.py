"""Sending: frozen before it leaves, the county's word on every record, nothing deleted, nothing doubled."""

from __future__ import annotations

import dataclasses
import hashlib
import inspect

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.store import BatchPosition, FrozenBatch, Store
from fieldapp.sync import outbox as asked
from fieldapp.wire.batch import FIRST_PREV
from tests.store.change_samples import HOUSEHOLD, correction, new_person, one_household, patch, uid, visit
from tests.store.conftest import Laptop

AT = "2026-11-22T03:00:00Z"


def seal(store: Store, sealed: bytes = b"sealed bytes", limit: int = 1000) -> FrozenBatch:
    """Freeze what waits, as the client does."""
    position = store.position()
    records = tuple(record.id for record in store.pending(limit))
    name = f"batch {position.epoch} {position.bseq}"
    batch = FrozenBatch(uid(name), hashlib.sha256(sealed).hexdigest(), sealed, records)
    store.freeze(batch, position)
    return batch


def outcomes(batch: FrozenBatch, status: str = "stored") -> list[tuple[str, str, int, str]]:
    return [(id, status, number, "") for number, id in enumerate(batch.record_ids, start=1)]


@pytest.fixture
def busy(store: Store) -> Store:
    one_household(store)
    store.apply(visit("visit-1", patch({"food_ok": (True, False)}), new_person("李四")))
    return store


def as_outbox(store: Store) -> asked.Outbox:
    """The store may not know the client; that it is what the client asks for is shown here, by the type checker."""
    return store


def test_the_store_is_the_outbox_that_the_client_asks_for(store: Store) -> None:
    outbox = as_outbox(store)
    for name, method in inspect.getmembers(asked.Outbox, inspect.isfunction):
        if not name.startswith("_"):
            wanted = list(inspect.signature(method).parameters)[1:]
            assert wanted == list(inspect.signature(getattr(outbox, name)).parameters)


def test_records_wait_in_the_order_in_which_they_were_made(busy: Store) -> None:
    busy.apply(correction("c", patch({"door_no": (None, "8号")})))
    records = busy.pending(10)
    assert [record.kind for record in records] == ["visit", "patch", "patch", "patch"]
    assert records[0].author == "staff-1"
    assert records[3].author == "clerk-1"
    assert records[3].body["reason"] == "核对户口簿"
    assert busy.pending(2) == records[:2]
    assert (busy.outbox_counts().waiting, busy.outbox_counts().sealed) == (4, 0)


def test_the_first_batch_stands_at_the_beginning_and_vouches_for_the_journal(busy: Store) -> None:
    position = busy.position()
    head = busy.vault.journal.head()
    assert position == BatchPosition(1, 1, FIRST_PREV, head.seq, head.hash)


def test_a_frozen_batch_is_the_same_bytes_after_the_plug_was_pulled(laptop: Laptop) -> None:
    one_household(laptop.store)
    laptop.store.apply(visit("visit-1"))
    batch = seal(laptop.store, bytes(range(256)) * 1000)
    store = laptop.reopen()
    assert store.frozen() == batch
    assert store.pending(10) == []
    assert (store.outbox_counts().waiting, store.outbox_counts().sealed) == (0, 1)
    assert store.ladder([uid("visit-1")])[uid("visit-1")].state == "sealed"


def test_a_receipt_ends_the_batch_and_the_next_one_follows_it(busy: Store) -> None:
    batch = seal(busy)
    busy.record_receipt(batch.id, b"signed", outcomes(batch), AT)
    assert busy.frozen() is None
    position = busy.position()
    assert (position.bseq, position.prev) == (2, batch.sha256)
    assert busy.receipt(batch.id) == b"signed"
    [line] = busy.household_file(HOUSEHOLD).visits
    assert (line.ladder, line.receipt_at) == ("received", AT)
    [state] = busy.batches()
    assert (state.state, state.records, state.outcomes, state.received_at) == (
        "received",
        3,
        {"stored": 3},
        AT,
    )


def test_unsent_records_are_counted_by_household_until_the_receipt(busy: Store) -> None:
    [key] = [busy.household_key(HOUSEHOLD)]
    assert key is not None
    assert busy.worklist_rows([key])[0].unsent == 3
    batch = seal(busy)
    assert busy.worklist_rows([key])[0].unsent == 3
    busy.record_receipt(batch.id, b"signed", outcomes(batch), AT)
    assert busy.worklist_rows([key])[0].unsent == 0
    assert busy.work_counts().unsent == 0


def test_the_same_receipt_again_changes_nothing(busy: Store) -> None:
    batch = seal(busy)
    busy.record_receipt(batch.id, b"signed", outcomes(batch), AT)
    seq = busy.vault.journal.head().seq
    busy.record_receipt(batch.id, b"another", outcomes(batch, "rejected"), AT)
    assert (busy.receipt(batch.id), busy.vault.journal.head().seq) == (b"signed", seq)
    assert busy.returned_records() == []


def test_a_rejected_record_goes_to_the_tray_and_is_not_deleted(busy: Store) -> None:
    batch = seal(busy)
    first, *rest = outcomes(batch)
    busy.record_receipt(batch.id, b"signed", [(first[0], "rejected", 0, "bad-record"), *rest], AT)
    [returned] = busy.returned_records()
    assert (returned.id, returned.kind, returned.detail) == (uid("visit-1"), "visit", "bad-record")
    assert busy.ladder([uid("visit-1")])[uid("visit-1")].state == "returned"
    assert busy.pending(10) == []
    assert len(busy.records_of_batch(batch.id)) == 3


def test_a_record_that_the_receipt_does_not_name_waits_again(busy: Store) -> None:
    batch = seal(busy)
    busy.record_receipt(batch.id, b"signed", outcomes(batch)[:1], AT)
    assert [record.id for record in busy.pending(10)] == list(batch.record_ids[1:])
    again = seal(busy, b"second")
    assert again.record_ids == batch.record_ids[1:]


def test_an_older_value_never_overtakes_a_newer_one_that_was_answered(store: Store) -> None:
    one_household(store)
    store.apply(correction("c", patch({"door_no": (None, "8号")})))
    store.apply(correction("d", patch({"door_no": ("8号", "9号")})))
    batch = seal(store)
    store.record_receipt(batch.id, b"signed", outcomes(batch, "applied")[1:], AT)
    assert store.pending(10) == []
    assert [(record.id, record.outcome) for record in store.returned_records()] == [
        (batch.record_ids[0], "unanswered")
    ]


def test_an_outcome_for_a_record_of_another_batch_is_passed_over(busy: Store) -> None:
    batch = seal(busy, limit=1)
    busy.record_receipt(batch.id, b"signed", [*outcomes(batch), (busy.pending(1)[0].id, "stored", 9, "")], AT)
    assert len(busy.pending(10)) == 2


def test_a_receipt_for_a_batch_that_was_never_sealed_is_refused(busy: Store) -> None:
    with pytest.raises(KnownError) as caught:
        busy.record_receipt(uid("foreign"), b"signed", [], AT)
    assert caught.value.code == "STORE-007"


def test_nothing_else_is_sealed_while_a_batch_is_unanswered(busy: Store) -> None:
    seal(busy)
    busy.apply(correction("c", patch({"door_no": (None, "8号")})))
    with pytest.raises(ValueError, match="unanswered"):
        seal(busy, b"other")
    assert len(busy.pending(10)) == 1


def test_a_batch_out_of_place_or_of_other_bytes_is_a_bug_and_freezes_nothing(busy: Store) -> None:
    position = busy.position()
    records = tuple(record.id for record in busy.pending(10))
    good = FrozenBatch(uid("b"), hashlib.sha256(b"x").hexdigest(), b"x", records)
    wrong = [
        (dataclasses.replace(good, sealed=b"y"), position),
        (good, dataclasses.replace(position, bseq=2)),
        (good, dataclasses.replace(position, prev="f" * 64)),
        (dataclasses.replace(good, record_ids=(*records, uid("nobody"))), position),
    ]
    for batch, place in wrong:
        with pytest.raises(ValueError, match="digest|place|wait"):
            busy.freeze(batch, place)
    assert busy.frozen() is None
    assert len(busy.pending(10)) == 3


def test_a_new_epoch_counts_from_one_again(busy: Store) -> None:
    batch = seal(busy)
    busy.record_receipt(batch.id, b"signed", outcomes(batch), AT)
    busy.begin_epoch(2)
    assert (busy.position().epoch, busy.position().bseq, busy.position().prev) == (2, 1, FIRST_PREV)
    with pytest.raises(ValueError, match="only grows"):
        busy.begin_epoch(2)


def test_photos_are_named_beside_the_record(store: Store) -> None:
    one_household(store)
    store.apply(visit("visit-1", attachments={"photo_1.jpg": "a-1"}))
    assert store.pending(1)[0].attachments == {"photo_1.jpg": "a-1"}
    assert store.pending(1)[0].body["attachments"] == []
