"""What the client needs of the laptop's store. The store provides it; tests may provide another.

Order of a send, so that the plug may be pulled anywhere: ``freeze`` (bytes on disk) → send → ``record_receipt``. While
a frozen batch is unanswered, nothing else is sealed: exactly those bytes are sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

__all__ = ["BatchPosition", "FrozenBatch", "Outbox", "PendingRecord", "SealedBatch"]


class PendingRecord(Protocol):
    """A record that waits. ``body`` is what travels (:class:`~fieldapp.wire.visits.VisitBody` or
    :class:`~fieldapp.wire.patches.PatchBody` as JSON); ``attachments`` the photos it refers to, file name in the form
    to attachment id. The client seals them and puts their references (digest and key) into the body.
    """

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any]: ...
    @property
    def attachments(self) -> Mapping[str, str]: ...


class BatchPosition(Protocol):
    """Where the next batch stands in this device's chain, and the journal head it vouches for."""

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


class FrozenBatch(Protocol):
    """A sealed batch on disk: the only bytes that may be sent under its id; ``record_ids`` in the order sealed."""

    @property
    def id(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def sealed(self) -> bytes: ...
    @property
    def record_ids(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A batch just sealed, to be frozen."""

    id: str
    sha256: str
    sealed: bytes
    record_ids: tuple[str, ...]


class Outbox(Protocol):
    """The store as the client sees it."""

    def position(self) -> BatchPosition: ...

    def pending(self, limit: int) -> Sequence[PendingRecord]:
        """Return records not yet in any batch, oldest first."""
        ...

    def freeze(self, batch: FrozenBatch, position: BatchPosition) -> None:
        """Store the sealed bytes and mark the records as sealed, in one transaction."""
        ...

    def frozen(self) -> FrozenBatch | None:
        """Return the batch that was sealed and has no receipt, if any."""
        ...

    def record_receipt(
        self, batch_id: str, raw: bytes, outcomes: Iterable[tuple[str, str, int, str]], received_at: str
    ) -> None:
        """Keep the verified receipt (raw, signed bytes) and the outcome of each record; nothing is deleted."""
        ...

    def attachment(self, attachment_id: str) -> bytes:
        """Return a photo's plain bytes."""
        ...

    def sealed_blob(self, attachment_id: str) -> tuple[str, bytes, bytes] | None:
        """Return (digest of the sealed bytes, sealed bytes, random key) once frozen, else None."""
        ...

    def freeze_blob(self, attachment_id: str, digest: str, sealed: bytes, key: bytes) -> None: ...

    def unsent_blobs(self) -> list[str]:
        """Return attachment ids that were frozen and not yet marked as sent, oldest first."""
        ...

    def mark_blob_sent(self, attachment_id: str) -> None: ...

    def cursor(self) -> str:
        """Return the feed position up to which changes were applied; empty at the start."""
        ...

    def apply_feed(self, rows: Iterable[Mapping[str, Any]], cursor: str, *, more: bool = False) -> int:
        """Apply a page of the county's feed and its cursor in one transaction; return the rows applied. ``more`` pages
        follow it.

        A row: ``{"list", "id", "status", "version", "values": {property: value}, "fields": {property: version},
        "writers": {property: device}, "origins": […]}`` for the register's lists (``county/rendering.py``), and ``{"list": "areas" | "staff" | "forms" | "policy", …}`` for the rest.
        """
        ...
