"""Forms being filled in, and their photos. A draft is saved durably at every pause; its id becomes the visit's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects import sqlite

from fieldapp.store.attachments import sealed_file
from fieldapp.store.base import StoreBase
from fieldapp.store.tables import attachments, documents, drafts

__all__ = ["KEPT_DAYS", "DraftRecord", "Drafts"]

#: How long a discarded draft can be taken back.
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft: whose, on which form version, how it is recorded (onsite, paper, remote), and the session's bytes."""

    id: str
    household_id: str
    head_name: str
    form_id: str
    form_version: str
    source: str
    saved_at: str
    content: bytes
    attachments: Mapping[str, str] = field(default_factory=dict)


class Drafts(StoreBase):
    """Keeping drafts."""

    def put_draft(self, draft: DraftRecord) -> None:
        """Save a draft durably, over the one before; a discarded one is taken back by it. Raises DISK-001."""
        row = {**asdict(draft), "attachments": dict(draft.attachments), "discarded_at": None}
        with self._write() as connection:
            connection.execute(
                sqlite.insert(drafts).values(row).on_conflict_do_update(index_elements=["id"], set_=row)
            )

    def draft(self, draft_id: str) -> DraftRecord | None:
        """Return a draft that waits; None when it was finished or discarded."""
        found = self._drafts(drafts.c.id == draft_id, drafts.c.discarded_at.is_(None))
        return found[0] if found else None

    def drafts(self) -> list[DraftRecord]:
        """Return the drafts that wait, last saved first."""
        return self._drafts(drafts.c.discarded_at.is_(None))

    def discarded_drafts(self) -> list[DraftRecord]:
        """Return the discarded drafts that can still be taken back, last saved first."""
        return self._drafts(drafts.c.discarded_at.is_not(None))

    def discard_draft(self, draft_id: str) -> None:
        """Put a draft away for 30 days."""
        self._mark(draft_id, self._now())

    def restore_draft(self, draft_id: str) -> None:
        """Take a discarded draft back."""
        self._mark(draft_id, None)

    def end_draft(self, draft_id: str) -> None:
        """Forget a draft that became a visit, and the photos that were replaced before it was finished."""
        with self._write() as connection:
            connection.execute(delete(drafts).where(drafts.c.id == draft_id))
            gone = _forget_loose(connection, draft_id)
        self._delete_files(gone)

    def tidy(self) -> None:
        """Drop drafts discarded more than 30 days ago and files that no row knows. Once after unlocking."""
        oldest = (self._clock.now() - timedelta(days=KEPT_DAYS)).isoformat().replace("+00:00", "Z")
        with self._write() as connection:
            ids = connection.execute(
                delete(drafts).where(drafts.c.discarded_at < oldest).returning(drafts.c.id)
            )
            gone = [id for (draft_id,) in ids.all() for id in _forget_loose(connection, draft_id)]
            known = _known_files(connection)
        self._delete_files(gone)
        self.vault.attachments.sweep(known)

    def _drafts(self, *conditions: Any) -> list[DraftRecord]:
        query = select(drafts).where(*conditions).order_by(drafts.c.saved_at.desc(), drafts.c.id.desc())
        with self._read() as connection:
            return [_draft(row) for row in connection.execute(query)]

    def _mark(self, draft_id: str, discarded_at: str | None) -> None:
        with self._write() as connection:
            connection.execute(
                update(drafts).where(drafts.c.id == draft_id).values(discarded_at=discarded_at)
            )

    def _delete_files(self, attachment_ids: Iterable[str]) -> None:
        """After the commit: a crash before it leaves a file without a row, which the next sweep takes."""
        for attachment_id in attachment_ids:
            self.vault.attachments.delete(attachment_id)


def _draft(row: Row[Any]) -> DraftRecord:
    return DraftRecord(
        id=row.id,
        household_id=row.household_id,
        head_name=row.head_name,
        form_id=row.form_id,
        form_version=row.form_version,
        source=row.source,
        saved_at=row.saved_at,
        content=row.content,
        attachments=row.attachments,
    )


def _forget_loose(connection: Connection, owner_id: str) -> list[str]:
    """Delete the attachment rows of an owner that its visit, if there is one, does not refer to; return their ids."""
    document = connection.execute(
        select(documents.c.attachments).where(documents.c.visit_id == owner_id)
    ).scalar()
    kept = list((document or {}).values())
    rows = connection.execute(
        delete(attachments)
        .where(attachments.c.owner_id == owner_id, attachments.c.id.not_in(kept))
        .returning(attachments.c.id)
    )
    return [row.id for row in rows]


def _known_files(connection: Connection) -> set[str]:
    rows = connection.execute(select(attachments.c.id, attachments.c.blob_digest, attachments.c.blob_sent_at))
    known: set[str] = set()
    for row in rows:
        known.add(row.id)
        if row.blob_digest is not None and row.blob_sent_at is None:
            known.add(sealed_file(row.id))
    return known
