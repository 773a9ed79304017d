"""What came back and what waits for a person: batches with their outcomes, returned records, held answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, func, select, update

from fieldapp.store.base import StoreBase
from fieldapp.store.ladder import RETURNED, LadderStep, read_ladder
from fieldapp.store.tables import batches, held, outbox

__all__ = ["BatchState", "HeldAnswer", "OutboxCounts", "SentRecord", "Tray"]

#: The county has the record and its register does not yet say the same.
_WAITING_THERE = ("conflict", "held")


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch and the county's word on it: how many records had which outcome."""

    id: str
    epoch: int
    bseq: int
    frozen_at: str
    records: int
    state: Literal["sealed", "received"]
    outcomes: Mapping[str, int]
    received_at: str | None


@dataclass(frozen=True, slots=True)
class SentRecord:
    """A record with its outcome; ``detail`` is the county's word (a case, a reason, a code)."""

    id: str
    kind: str
    household_id: str
    list: str
    entity_id: str
    at: str
    outcome: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """Records that wait to be sealed, and those sealed and unanswered."""

    waiting: int
    sealed: int


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer that was not taken over, with the reason."""

    id: str
    change_id: str
    household_id: str
    list: str
    entity_id: str
    name: str
    text: str
    reason_zh: str
    reason_en: str
    at: str


class Tray(StoreBase):
    """Reading outcomes, and settling what is held."""

    def ladder(self, visit_ids: list[str]) -> Mapping[str, LadderStep]:
        """Return how far each visit has come."""
        with self._read() as connection:
            return read_ladder(connection, visit_ids)

    def outbox_counts(self) -> OutboxCounts:
        """Return how much has no receipt yet."""
        query = select(func.count(), func.count(outbox.c.batch_id)).where(outbox.c.outcome.is_(None))
        with self._read() as connection:
            unsent, sealed = connection.execute(query).one()
        return OutboxCounts(unsent - sealed, sealed)

    def batches(self) -> list[BatchState]:
        """Return the batches of this laptop, newest first."""
        columns = [column for column in batches.c if column.name not in ("sealed", "receipt")]
        counted = select(outbox.c.batch_id, outbox.c.outcome, func.count()).where(
            outbox.c.outcome.is_not(None)
        )
        with self._read() as connection:
            rows = connection.execute(
                select(*columns).order_by(batches.c.epoch.desc(), batches.c.bseq.desc())
            ).all()
            outcomes: dict[str, Counter[str]] = defaultdict(Counter)
            for batch_id, outcome, number in connection.execute(
                counted.group_by(outbox.c.batch_id, outbox.c.outcome)
            ):
                outcomes[batch_id][outcome] = number
        return [_batch(row, outcomes[row.id]) for row in rows]

    def receipt(self, batch_id: str) -> bytes | None:
        """Return the county's receipt of a batch, byte for byte as it was signed."""
        with self._read() as connection:
            return connection.execute(select(batches.c.receipt).where(batches.c.id == batch_id)).scalar()

    def returned_records(self) -> list[SentRecord]:
        """Return the records that the county did not take, newest first. Nothing of them is deleted."""
        return self._records(outbox.c.outcome.in_(RETURNED))

    def unsettled_records(self, most: int) -> list[SentRecord]:
        """Return the records whose content the county's register does not have: returned, in conflict or kept there."""
        return self._records(outbox.c.outcome.in_((*RETURNED, *_WAITING_THERE)), most)

    def records_of_batch(self, batch_id: str) -> list[SentRecord]:
        """Return the records of a batch with their outcomes, newest first."""
        return self._records(outbox.c.batch_id == batch_id)

    def held_answers(self, household_id: str | None = None) -> list[HeldAnswer]:
        """Return the answers that wait for a decision, of one household or of all, newest first."""
        query = select(held).where(held.c.resolved_at.is_(None)).order_by(held.c.at.desc(), held.c.id)
        if household_id is not None:
            query = query.where(held.c.household_id == household_id)
        with self._read() as connection:
            return [_held(row) for row in connection.execute(query)]

    def settle_held(self, held_ids: Sequence[str], *, settled: bool) -> None:
        """Mark answers as decided, or as waiting again; they stay on record."""
        resolved = self._now() if settled else None
        with self._write() as connection:
            connection.execute(update(held).where(held.c.id.in_(held_ids)).values(resolved_at=resolved))

    def _records(self, condition: Any, most: int | None = None) -> list[SentRecord]:
        query = select(outbox).where(condition).order_by(outbox.c.seq.desc()).limit(most)
        with self._read() as connection:
            rows = connection.execute(query).all()
        return [
            SentRecord(
                row.id,
                row.kind,
                row.household_id,
                row.list,
                row.entity_id,
                row.at,
                row.outcome,
                row.detail or "",
            )
            for row in rows
        ]


def _batch(row: Row[Any], outcomes: Counter[str]) -> BatchState:
    return BatchState(
        id=row.id,
        epoch=row.epoch,
        bseq=row.bseq,
        frozen_at=row.frozen_at,
        records=row.records,
        state="sealed" if row.received_at is None else "received",
        outcomes=dict(outcomes),
        received_at=row.received_at,
    )


def _held(row: Row[Any]) -> HeldAnswer:
    return HeldAnswer(
        row.id,
        row.change_id,
        row.household_id,
        row.list,
        row.entity_id,
        row.name,
        row.value,
        row.reason_zh,
        row.reason_en,
        row.at,
    )
