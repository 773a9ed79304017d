"""The way to the county: what waits, the sealed batch on disk, the receipt. What ``fieldapp.sync.outbox.Outbox`` asks.

Order of a send: ``freeze`` (bytes on disk, records marked) → send → ``record_receipt``. Nothing is ever deleted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, Row, insert, select, update

from fieldapp.store.errors import UNKNOWN_BATCH
from fieldapp.store.ladder import UNANSWERED
from fieldapp.store.rolling import Rolling
from fieldapp.store.settings import read_setting, write_setting
from fieldapp.store.tables import batches, outbox
from fieldapp.wire.batch import FIRST_PREV
from fieldapp.wire.records import PATCH

__all__ = ["BatchPosition", "FrozenBatch", "Outbox", "PendingRecord"]

_EPOCH_KEY = "sync.epoch"


@dataclass(frozen=True, slots=True)
class PendingRecord:
    """A record that waits. ``body`` is what travels, ``attachments`` the photos it refers to: name in the form to id."""

    id: str
    kind: str  # visit | patch
    author: str
    at: str
    body: Mapping[str, Any]
    attachments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchPosition:
    """Where the next batch stands in this device's chain, and the journal head it vouches for."""

    epoch: int
    bseq: int
    prev: str
    journal_seq: int
    journal_head: str


@dataclass(frozen=True, slots=True)
class FrozenBatch:
    """A sealed batch on disk: the only bytes that may be sent under its id."""

    id: str
    sha256: str
    sealed: bytes
    record_ids: tuple[str, ...]


class _Batch(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def sealed(self) -> bytes: ...
    @property
    def record_ids(self) -> tuple[str, ...]: ...


class _Position(Protocol):
    @property
    def epoch(self) -> int: ...
    @property
    def bseq(self) -> int: ...
    @property
    def prev(self) -> str: ...
    @property
    def journal_seq(self) -> int: ...
    @property
    def journal_head(self) -> str: ...


class Outbox(Rolling):
    """Sending and its receipts."""

    def position(self) -> BatchPosition:
        """Return the place of the next batch."""
        head = self.vault.journal.head()
        with self._read() as connection:
            epoch, bseq, prev = _next_place(connection)
        return BatchPosition(epoch, bseq, prev, head.seq, head.hash)

    def begin_epoch(self, epoch: int) -> None:
        """Begin a new chain with new device keys (a restored vault, a second laptop): batches count from 1 again."""
        with self._write() as connection:
            if epoch <= (read_setting(connection, _EPOCH_KEY) or 1):
                raise ValueError("an epoch only grows")
            write_setting(connection, _EPOCH_KEY, epoch)

    def pending(self, limit: int) -> list[PendingRecord]:
        """Return records not yet in any batch, oldest first."""
        query = select(outbox).where(outbox.c.batch_id.is_(None)).order_by(outbox.c.seq).limit(limit)
        with self._read() as connection:
            return [
                PendingRecord(row.id, row.kind, row.author, row.at, row.body, row.attachments)
                for row in connection.execute(query)
            ]

    def freeze(self, batch: _Batch, position: _Position) -> None:
        """Store the sealed bytes and mark the records as sealed, in one transaction.

        Raises ValueError (a bug of the caller) when another batch is unanswered, the place is not the next one, the
        digest is not of these bytes, or a record does not wait.
        """
        if hashlib.sha256(batch.sealed).hexdigest() != batch.sha256:
            raise ValueError("the digest is not of these bytes")
        with self._write() as connection:
            if _unanswered(connection) is not None:
                raise ValueError("a frozen batch is unanswered")
            if (position.epoch, position.bseq, position.prev) != _next_place(connection):
                raise ValueError("this is not the next place in the chain")
            connection.execute(
                insert(batches).values(
                    id=batch.id,
                    epoch=position.epoch,
                    bseq=position.bseq,
                    prev=position.prev,
                    sha256=batch.sha256,
                    journal_seq=position.journal_seq,
                    journal_head=position.journal_head,
                    records=len(batch.record_ids),
                    sealed=batch.sealed,
                    frozen_at=self._now(),
                )
            )
            marked = connection.execute(
                update(outbox)
                .where(outbox.c.id.in_(batch.record_ids), outbox.c.batch_id.is_(None))
                .values(batch_id=batch.id)
            ).rowcount
            if marked != len(set(batch.record_ids)):
                raise ValueError("a record does not wait")
            self.vault.journal.append(connection, "batch.frozen", batch.sha256.encode())

    def frozen(self) -> FrozenBatch | None:
        """Return the batch that was sealed and has no receipt, if any."""
        with self._read() as connection:
            row = _unanswered(connection)
            if row is None:
                return None
            ids = connection.execute(
                select(outbox.c.id).where(outbox.c.batch_id == row.id).order_by(outbox.c.seq)
            ).scalars()
            return FrozenBatch(row.id, row.sha256, row.sealed, tuple(ids))

    def record_receipt(
        self, batch_id: str, raw: bytes, outcomes: Iterable[tuple[str, str, int, str]], received_at: str
    ) -> None:
        """Keep the verified receipt and the outcome of each record. The same receipt again changes nothing.

        A record that the receipt does not name waits again, to be sent once more; but a patch after which a later one
        of the same record was answered would put an older value back, so it goes to the tray as ``unanswered``.
        Raises STORE-007 for a batch that this laptop never sealed.
        """
        with self._write() as connection:
            known = connection.execute(select(batches.c.receipt).where(batches.c.id == batch_id)).first()
            if known is None:
                raise UNKNOWN_BATCH()
            if known.receipt is not None:
                return
            connection.execute(
                update(batches).where(batches.c.id == batch_id).values(receipt=raw, received_at=received_at)
            )
            for id, status, seq, detail in outcomes:
                connection.execute(
                    update(outbox)
                    .where(outbox.c.id == id, outbox.c.batch_id == batch_id)
                    .values(outcome=status, county_seq=seq, detail=detail)
                )
            homes = connection.execute(
                select(outbox.c.household_id).where(outbox.c.batch_id == batch_id).distinct()
            ).scalars()
            touched = set(homes)
            _wait_again(connection, batch_id)
            self.vault.journal.append(connection, "batch.received", raw)
            self._refresh(connection, counted=touched)


def _next_place(connection: Connection) -> tuple[int, int, str]:
    epoch = int(read_setting(connection, _EPOCH_KEY) or 1)
    last = connection.execute(
        select(batches.c.bseq, batches.c.sha256)
        .where(batches.c.epoch == epoch)
        .order_by(batches.c.bseq.desc())
        .limit(1)
    ).first()
    return (epoch, 1, FIRST_PREV) if last is None else (epoch, last.bseq + 1, last.sha256)


def _wait_again(connection: Connection, batch_id: str) -> None:
    later = outbox.alias("later")
    overtaken = (
        select(later.c.id)
        .where(
            later.c.list == outbox.c.list,
            later.c.entity_id == outbox.c.entity_id,
            later.c.seq > outbox.c.seq,
            later.c.outcome.is_not(None),
        )
        .exists()
    )
    unnamed = (outbox.c.batch_id == batch_id) & outbox.c.outcome.is_(None)
    connection.execute(
        update(outbox).where(unnamed, outbox.c.kind == PATCH, overtaken).values(outcome=UNANSWERED)
    )
    connection.execute(update(outbox).where(unnamed).values(batch_id=None))


def _unanswered(connection: Connection) -> Row[Any] | None:
    return connection.execute(select(batches).where(batches.c.receipt.is_(None)).limit(1)).first()
