"""Photos and signatures: the bytes in sealed files, what is known of them in rows, and the sealed copies that travel."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from fieldapp.store.base import StoreBase
from fieldapp.store.tables import attachments, documents
from fieldapp.wire.blob import seal_blob

__all__ = ["AttachmentInfo", "Attachments", "sealed_file"]


@dataclass(frozen=True, slots=True)
class AttachmentInfo:
    """What is known of an attachment without opening it. ``owner_id`` is the draft, later the visit."""

    id: str
    owner_id: str
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    thumbnail: bytes | None


def sealed_file(attachment_id: str) -> str:
    """Return under which id the vault keeps the sealed copy of an attachment until it is sent."""
    return f"sealed-{attachment_id}"


class Attachments(StoreBase):
    """Keeping attachments and their sealed copies."""

    def put_attachment(
        self,
        attachment_id: str,
        owner_id: str,
        name: str,
        media_type: str,
        content: bytes,
        thumbnail: bytes | None = None,
    ) -> AttachmentInfo:
        """Keep a photo: the file first, then its row, so that no row is without bytes. Raises DISK-001."""
        stored = self.vault.attachments.put(attachment_id, content)
        info = AttachmentInfo(
            attachment_id, owner_id, name, media_type, stored.size, stored.sha256, thumbnail
        )
        with self._write() as connection:
            connection.execute(
                insert(attachments).values({field: getattr(info, field) for field in info.__slots__})
            )
        return info

    def attachment(self, attachment_id: str) -> bytes:
        """Return the plain bytes. Raises VAULT-015 when the file is missing, VAULT-016 when it is damaged."""
        return self.vault.attachments.get(attachment_id)

    def attachment_info(self, attachment_id: str) -> AttachmentInfo | None:
        """Return what is known of an attachment."""
        with self._read() as connection:
            row = connection.execute(select(attachments).where(attachments.c.id == attachment_id)).first()
        return None if row is None else _info(row)

    def attachments_of(self, owner_id: str) -> list[AttachmentInfo]:
        """Return the attachments of a draft or visit, by name."""
        query = select(attachments).where(attachments.c.owner_id == owner_id).order_by(attachments.c.name)
        with self._read() as connection:
            return [_info(row) for row in connection.execute(query)]

    def delete_attachment(self, attachment_id: str) -> None:
        """Delete a photo of a draft. One that belongs to a visit stays (ValueError): visits are never changed."""
        with self._write() as connection:
            owner = connection.execute(
                select(documents.c.visit_id)
                .join(attachments, attachments.c.owner_id == documents.c.visit_id)
                .where(attachments.c.id == attachment_id)
            ).scalar()
            if owner is not None:
                raise ValueError("an attachment of a visit")
            connection.execute(delete(attachments).where(attachments.c.id == attachment_id))
        self.vault.attachments.delete(attachment_id)

    def sealed_blob(self, attachment_id: str) -> tuple[str, bytes, bytes] | None:
        """Return (digest of the sealed bytes, sealed bytes, key) once frozen, else None.

        A copy that was sent is no longer kept; sealing with its key again gives the same bytes.
        """
        row = self._blob(attachment_id)
        if row is None or row.blob_digest is None:
            return None
        if row.blob_sent_at is None:
            sealed = self.vault.attachments.get(sealed_file(attachment_id))
        else:
            sealed = seal_blob(self.attachment(attachment_id), lambda _: bytes(row.blob_key)).content
        if hashlib.sha256(sealed).hexdigest() != row.blob_digest:
            raise RuntimeError("the sealed copy is not the one that was frozen")
        return row.blob_digest, sealed, row.blob_key

    def freeze_blob(self, attachment_id: str, digest: str, sealed: bytes, key: bytes) -> None:
        """Keep the sealed copy before it is sent. A copy frozen earlier stays the only one."""
        row = self._blob(attachment_id)
        if row is None:
            raise KeyError(attachment_id)
        if row.blob_digest is not None:
            return
        self.vault.attachments.put(sealed_file(attachment_id), sealed)
        self._update_blob(attachment_id, blob_digest=digest, blob_key=key, blob_frozen_at=self._now())

    def unsent_blobs(self) -> list[str]:
        """Return the attachments that were frozen and not yet marked as sent, oldest first."""
        query = (
            select(attachments.c.id)
            .where(attachments.c.blob_digest.is_not(None), attachments.c.blob_sent_at.is_(None))
            .order_by(attachments.c.blob_frozen_at, attachments.c.id)
        )
        with self._read() as connection:
            return [row.id for row in connection.execute(query)]

    def mark_blob_sent(self, attachment_id: str) -> None:
        """Note that the county has the sealed copy; the photo itself stays."""
        self._update_blob(attachment_id, blob_sent_at=self._now())
        self.vault.attachments.delete(sealed_file(attachment_id))

    def _blob(self, attachment_id: str) -> Row[Any] | None:
        with self._read() as connection:
            return connection.execute(select(attachments).where(attachments.c.id == attachment_id)).first()

    def _update_blob(self, attachment_id: str, **values: object) -> None:
        with self._write() as connection:
            connection.execute(update(attachments).where(attachments.c.id == attachment_id).values(**values))


def _info(row: Row[Any]) -> AttachmentInfo:
    return AttachmentInfo(
        row.id, row.owner_id, row.name, row.media_type, row.size_bytes, row.sha256, row.thumbnail
    )
