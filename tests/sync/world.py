"""A laptop for tests: an outbox in memory that keeps what a disk would keep, and the county behind a wire."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldapp.common.clock import Clock
from fieldapp.common.ids import IdSource
from fieldapp.county.app import create_app
from fieldapp.county.enrolling import issue_code
from fieldapp.county.setup import County
from fieldapp.sync import DeviceIdentity, enrol
from fieldapp.sync.line import Line
from fieldapp.sync.outbox import BatchPosition, FrozenBatch
from fieldapp.sync.transport import Transport
from fieldapp.wire.batch import FIRST_PREV
from fieldapp.wire.canonical import Json
from fieldapp.wire.keys import SealingKey, SigningKey
from fieldapp.wire.records import VISIT
from fieldapp.wire.visits import VisitBody
from tests.county.inprocess import InProcess
from tests.county.world import household_id

ADDRESS = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Waiting:
    """A record that waits."""

    id: str
    kind: str
    author: str
    at: str
    body: Mapping[str, Json]
    attachments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A place in the chain."""

    epoch: int
    bseq: int
    prev: str
    journal_seq: int = 0
    journal_head: str = "00" * 32


@dataclass
class Photo:
    """A photo and its sealed copy."""

    plain: bytes
    sealed: tuple[str, bytes, bytes] | None = None
    sent: bool = False


class Crash(Exception):
    """The laptop lost its power."""


@dataclass
class MemoryOutbox:
    """What the store promises, in memory. ``crash_at`` counts calls down; at zero the power goes, before or after."""

    records: list[Waiting] = field(default_factory=list)
    batch_of: dict[str, str] = field(default_factory=dict)
    batches: list[tuple[FrozenBatch, BatchPosition]] = field(default_factory=list)
    receipts: dict[str, bytes] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    rows: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    kept_cursor: str = ""
    crash_at: int = -1

    def _maybe_crash(self) -> None:
        self.crash_at -= 1
        if self.crash_at == 0:
            raise Crash

    def position(self) -> BatchPosition:
        if not self.batches:
            return Place(1, 1, FIRST_PREV)
        batch, place = self.batches[-1]
        return Place(place.epoch, place.bseq + 1, batch.sha256)

    def pending(self, limit: int) -> list[Waiting]:
        return [record for record in self.records if record.id not in self.batch_of][:limit]

    def freeze(self, batch: FrozenBatch, position: BatchPosition) -> None:
        self._maybe_crash()
        self.batches.append((batch, position))
        self.batch_of |= dict.fromkeys(batch.record_ids, batch.id)
        self._maybe_crash()

    def frozen(self) -> FrozenBatch | None:
        return next((batch for batch, _ in self.batches if batch.id not in self.receipts), None)

    def record_receipt(
        self, batch_id: str, raw: bytes, outcomes: Iterable[tuple[str, str, int, str]], received_at: str
    ) -> None:
        self._maybe_crash()
        assert received_at.endswith("Z")
        self.receipts[batch_id] = raw
        self.outcomes |= {record_id: status for record_id, status, _, _ in outcomes}
        self._maybe_crash()

    def attachment(self, attachment_id: str) -> bytes:
        return self.photos[attachment_id].plain

    def sealed_blob(self, attachment_id: str) -> tuple[str, bytes, bytes] | None:
        return self.photos[attachment_id].sealed

    def freeze_blob(self, attachment_id: str, digest: str, sealed: bytes, key: bytes) -> None:
        self._maybe_crash()
        self.photos[attachment_id].sealed = (digest, sealed, key)

    def unsent_blobs(self) -> list[str]:
        return [name for name, photo in self.photos.items() if photo.sealed and not photo.sent]

    def mark_blob_sent(self, attachment_id: str) -> None:
        self._maybe_crash()
        self.photos[attachment_id].sent = True

    def cursor(self) -> str:
        return self.kept_cursor

    def apply_feed(self, rows: Iterable[Mapping[str, Any]], cursor: str, *, more: bool = False) -> int:
        self._maybe_crash()
        taken = {(row["list"], row["id"]): row for row in rows}
        self.rows |= taken
        self.kept_cursor = cursor
        self._maybe_crash()
        return len(taken)


@dataclass
class Client:
    """A laptop: identity, outbox, wire and clock."""

    identity: DeviceIdentity
    outbox: MemoryOutbox
    wire: InProcess
    clock: Clock
    ids: IdSource

    def line(self, **changes: Any) -> Line:
        return Line(self.identity, Transport(ADDRESS, adapter=self.wire), self.clock, **changes)

    def add_visit(self, number: int, *, photo: bytes | None = None) -> str:
        """Finish a visit to a household; return its record's id."""
        body = VisitBody(
            household=household_id(number),
            form_id="visit",
            form_version="1",
            form_sha256="ab" * 32,
            xml="<data><visit_date>2026-11-20</visit_date></data>",
            visit_date="2026-11-20",
            entered_at="2026-11-20T08:00:00Z",
            source="onsite",
            status="met",
        )
        identifier = self.ids.new()
        attachments = {}
        if photo is not None:
            attachments = {"photo_1.jpg": f"photo-{identifier}"}
            self.outbox.photos[f"photo-{identifier}"] = Photo(photo)
        self.outbox.records.append(
            Waiting(
                identifier, VISIT, self.identity.person, "2026-11-20T08:00:00Z", body.to_json(), attachments
            )
        )
        return identifier


def enrolled_client(county: County, person: str, *, wire: InProcess | None = None) -> Client:
    """Enrol a laptop over the wire with a code of the county."""
    file = issue_code(county, person, url=ADDRESS)
    direct = InProcess(create_app(county), county.clock)
    identity = enrol(
        Transport(ADDRESS, adapter=direct),
        file.code,
        signing=SigningKey.generate(),
        sealing=SealingKey.generate(),
        person=file.person,
    )
    return Client(identity, MemoryOutbox(), wire or direct, county.clock, IdSource(county.clock))


def moved(identity: DeviceIdentity, **changes: Any) -> DeviceIdentity:
    """Return the identity with something changed."""
    return dataclasses.replace(identity, **changes)
