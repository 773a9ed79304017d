"""Sending: records become a sealed batch, the batch is frozen, then sent until the county's receipt is here.

Whatever happens in between, the next run finds the frozen batch and sends exactly its bytes again; the county answers
with the same receipt. Nothing else is sealed while a batch waits.
"""

from __future__ import annotations

import mimetypes
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.common.clock import Clock
from fieldapp.common.ids import IdSource
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.sync.errors import WRONG_RECEIPT
from fieldapp.sync.line import Line
from fieldapp.sync.outbox import FrozenBatch, Outbox, PendingRecord, SealedBatch
from fieldapp.wire.batch import BatchHeader, batch_digest, seal_batch
from fieldapp.wire.blob import open_blob, seal_blob
from fieldapp.wire.limits import MAX_RECORDS
from fieldapp.wire.receipt import Receipt, open_receipt
from fieldapp.wire.records import Record, take_batch
from fieldapp.wire.visits import AttachmentRef

__all__ = ["SentBatch", "freeze_next", "push", "send_frozen"]


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch that has its receipt: how many records and how many of each outcome."""

    id: str
    records: int
    outcomes: Mapping[str, int]
    server_time: str


def push(
    line: Line,
    outbox: Outbox,
    *,
    clock: Clock,
    ids: IdSource,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
) -> list[SentBatch]:
    """Send everything that waits, batch by batch. Raises SYNC-00x, WIRE-0xx, TASK-001; run it again to go on."""
    sent: list[SentBatch] = []
    while True:
        if cancel is not None:
            cancel.check()
        frozen = outbox.frozen() or freeze_next(line, outbox, ids)
        if frozen is None:
            return sent
        count = len(frozen.record_ids)
        progress(Progress(len(sent), 0, f"上报 {count} 条记录", f"sending {count} records"))
        sent.append(send_frozen(line, outbox, frozen, clock))


def freeze_next(line: Line, outbox: Outbox, ids: IdSource) -> FrozenBatch | None:
    """Seal the next records into a batch and freeze it; None when nothing waits. Needs no network."""
    waiting = outbox.pending(MAX_RECORDS)
    if not waiting:
        return None
    position = outbox.position()
    records = take_batch(_record(outbox, record) for record in waiting)
    identity = line.identity
    header = BatchHeader(
        batch=ids.new(),
        county=identity.county,
        device=identity.signing.key_id,
        epoch=position.epoch,
        bseq=position.bseq,
        prev=position.prev,
        journal_seq=position.journal_seq,
        journal_head=position.journal_head,
    )
    sealed = seal_batch(records, header, signing=identity.signing, county_sealing=identity.keys.sealing)
    frozen = SealedBatch(header.batch, batch_digest(sealed), sealed, tuple(record.id for record in records))
    outbox.freeze(frozen, position)
    return frozen


def send_frozen(line: Line, outbox: Outbox, frozen: FrozenBatch, clock: Clock) -> SentBatch:
    """Send a frozen batch and keep its receipt. Raises SYNC-005 when the receipt is another batch's."""
    reply = line.call("PUT", f"/v1/batches/{frozen.id}", body=frozen.sealed)
    receipt = open_receipt(reply.content, line.identity.keys.receipt)
    outcomes = _checked_outcomes(line, frozen, receipt)
    outbox.record_receipt(
        frozen.id,
        reply.content,
        outcomes,
        clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    )
    counts = Counter(status for _, status, _, _ in outcomes)
    return SentBatch(frozen.id, len(frozen.record_ids), counts, receipt.server_time)


def _checked_outcomes(line: Line, frozen: FrozenBatch, receipt: Receipt) -> list[tuple[str, str, int, str]]:
    """Return the outcomes by our record ids; a line whose id the county could not read is told by its number."""
    identity = line.identity
    told = (receipt.county, receipt.device, receipt.key, receipt.batch, receipt.sha256)
    mine = (identity.county, identity.device, identity.signing.key_id, frozen.id, frozen.sha256)
    if told != mine or len(receipt.outcomes) != len(frozen.record_ids):
        raise WRONG_RECEIPT()
    outcomes = []
    for number, (record_id, outcome) in enumerate(zip(frozen.record_ids, receipt.outcomes, strict=True), 1):
        if outcome.id not in (record_id, f"#{number}"):
            raise WRONG_RECEIPT()
        outcomes.append((record_id, str(outcome.status), outcome.seq, outcome.detail))
    return outcomes


def _record(outbox: Outbox, waiting: PendingRecord) -> Record:
    body: Mapping[str, Any] = waiting.body
    if waiting.attachments:
        photos = [
            _sealed(outbox, name, attachment_id).to_json()
            for name, attachment_id in sorted(waiting.attachments.items())
        ]
        body = {**body, "attachments": photos}
    return Record(waiting.id, waiting.kind, waiting.author, waiting.at, body)


def _sealed(outbox: Outbox, name: str, attachment_id: str) -> AttachmentRef:
    """Return the reference of a photo, sealing and freezing its copy the first time."""
    known = outbox.sealed_blob(attachment_id)
    if known is None:
        plain = outbox.attachment(attachment_id)
        blob = seal_blob(plain)
        outbox.freeze_blob(attachment_id, blob.digest, blob.content, blob.key)
        digest, content, key, size = blob.digest, blob.content, blob.key, len(plain)
    else:
        digest, content, key = known
        size = len(open_blob(content, key, digest))
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return AttachmentRef(name, media_type, size, digest, len(content), key)
