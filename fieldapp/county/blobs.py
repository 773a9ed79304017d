"""Sealed attachments of laptops: announced, sent in parts, resumed where they stopped, checked when whole.

A device only ever learns about its own. The row's offset is what counts as received; bytes a crash left behind it in
the file are cut off before the next part is written.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from fieldapp.common.files import known_disk_errors, sync_folder
from fieldapp.county.devices import Device
from fieldapp.county.setup import County
from fieldapp.county.tables import BlobRow, table_of
from fieldapp.wire.limits import BLOB_PART_BYTES, MAX_BLOB_BYTES
from fieldapp.wire.problems import (
    BAD_REQUEST,
    BLOB_UNKNOWN,
    DEVICE_REVOKED,
    DIGEST_MISMATCH,
    OFFSET_MISMATCH,
    TOO_LARGE,
)

__all__ = ["BlobState", "announce", "blob_path", "blob_state", "missing", "receive_part"]

#: A sealed copy is a little longer than what it seals.
_MOST_SEALED_BYTES = MAX_BLOB_BYTES + MAX_BLOB_BYTES // 1024


@dataclass(frozen=True, slots=True)
class BlobState:
    """How much of an attachment is here."""

    offset: int
    length: int

    @property
    def complete(self) -> bool:
        return self.offset == self.length


def announce(county: County, device: Device, digest: str, length: int) -> BlobState:
    """Announce an attachment; return how much of it is here already. Raises too-large, bad-request."""
    if device.revoked:
        raise DEVICE_REVOKED()
    if length > _MOST_SEALED_BYTES:
        raise TOO_LARGE(detail=f"attachment of {length} bytes", limit=_MOST_SEALED_BYTES)
    row = {
        "county_code": county.code,
        "device_id": device.id,
        "sha256": digest,
        "length": length,
        "offset": 0,
        "announced_at": county.now(),
        "completed_at": "",
    }
    with county.database.write() as connection:
        county.database.insert_new(connection, BlobRow, [row])
    state = blob_state(county, device, digest)
    if state.length != length:
        raise BAD_REQUEST(detail="length")
    return state


def missing(county: County, device: Device, digests: list[str]) -> list[str]:
    """Return those of ``digests`` of which this device has not sent everything."""
    table = table_of(BlobRow)
    with county.database.read() as connection:
        whole = set(
            connection.execute(
                select(table.c.sha256).where(
                    table.c.county_code == county.code,
                    table.c.device_id == device.id,
                    table.c.sha256.in_(digests),
                    table.c.offset == table.c.length,
                )
            ).scalars()
        )
    return [digest for digest in digests if digest not in whole]


def blob_state(county: County, device: Device, digest: str) -> BlobState:
    """Return how much of this device's attachment is here. Raises blob-unknown."""
    table = table_of(BlobRow)
    with county.database.read() as connection:
        row = connection.execute(
            select(table.c.offset, table.c.length).where(
                table.c.county_code == county.code, table.c.device_id == device.id, table.c.sha256 == digest
            )
        ).first()
    if row is None:
        raise BLOB_UNKNOWN()
    return BlobState(row.offset, row.length)


def receive_part(county: County, device: Device, digest: str, offset: int, part: bytes) -> BlobState:
    """Take a part that begins at ``offset``; when it is the last one, check the whole.

    Raises device-revoked, blob-unknown, offset-mismatch (with the right offset), too-large, digest-mismatch; after the
    last the attachment starts from nothing.
    """
    if device.revoked:
        raise DEVICE_REVOKED()
    if len(part) > BLOB_PART_BYTES:
        raise TOO_LARGE(detail=f"part of {len(part)} bytes", limit=BLOB_PART_BYTES)
    table = table_of(BlobRow)
    mine = (
        (table.c.county_code == county.code) & (table.c.device_id == device.id) & (table.c.sha256 == digest)
    )
    damaged = False
    with county.database.write() as connection:
        row = connection.execute(select(table.c.offset, table.c.length).where(mine).with_for_update()).first()
        if row is None:
            raise BLOB_UNKNOWN()
        if offset != row.offset:
            raise OFFSET_MISMATCH(offset=row.offset, extra={"offset": row.offset})
        if offset + len(part) > row.length:
            raise TOO_LARGE(detail=f"{offset + len(part)} bytes", limit=row.length)
        path = blob_path(county, device.id, digest)
        _write_at(path, offset, part)
        reached = offset + len(part)
        done = reached == row.length
        if done and _digest(path) != digest:
            reached, damaged = 0, True
        values = {"offset": reached, "completed_at": county.now() if done and not damaged else ""}
        connection.execute(update(table).where(mine).values(**values))
    if damaged:
        raise DIGEST_MISMATCH(detail="attachment")
    return BlobState(reached, row.length)


def blob_path(county: County, device_id: str, digest: str) -> Path:
    """Return where the sealed bytes lie."""
    return county.folder / "blobs" / device_id / digest


def _write_at(path: Path, offset: int, part: bytes) -> None:
    with known_disk_errors(path):
        fresh = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab" if fresh else "r+b") as stream:
            stream.truncate(offset)
            stream.seek(offset)
            stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        if fresh:
            sync_folder(path.parent)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
