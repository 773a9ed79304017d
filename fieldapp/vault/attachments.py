"""Photos, signatures and other bytes of a visit, one sealed file each.

As BLOBs in the database photos read 24 times slower. The order is: file written and fsynced, then the row; so a
crash leaves a file without a row, never a row without bytes, and a sweep at start takes such files away.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from fieldapp.common.errors import KnownError
from fieldapp.common.files import atomic_write, known_disk_errors, sync_folder
from fieldapp.vault.errors import ATTACHMENT_DAMAGED, ATTACHMENT_MISSING
from fieldapp.vault.sealing import NotAuthentic, SealedReader, seal, unseal

__all__ = ["AttachmentFolder", "StoredAttachment"]

_SUFFIX = ".att"
# Lower case only: Windows takes A and a for one file. No dot: nothing may leave the folder.
_ID = re.compile(r"[0-9a-z][0-9a-z_-]{0,99}")


@dataclass(frozen=True, slots=True)
class StoredAttachment:
    """What the database keeps of an attachment: size and SHA-256 (hex) are of the plain content."""

    id: str
    size: int
    sha256: str


class AttachmentFolder:
    """The sealed attachments of a vault, by id (lower-case letters, digits, ``-`` and ``_``)."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._put_now: set[str] = set()

    def put(self, id: str, content: bytes) -> StoredAttachment:
        """Store bytes under an id, durably, replacing what was there. Raises DISK-001, DISK-002."""
        path = self._path(id)
        self._put_now.add(id)
        with known_disk_errors(path):
            self._folder.mkdir(parents=True, exist_ok=True)
        atomic_write(path, seal(self._key, id, content))
        return StoredAttachment(id, len(content), hashlib.sha256(content).hexdigest())

    def get(self, id: str) -> bytes:
        """Return the content. Raises VAULT-015 when the file is missing, VAULT-016 when it is not what was stored."""
        try:
            return unseal(self._key, id, self._read(id))
        except NotAuthentic:
            raise ATTACHMENT_DAMAGED(id=id) from None

    def open_stream(self, id: str) -> BinaryIO:
        """Return a seekable stream that verifies as it reads. Raises VAULT-015, 016; reading may raise 016."""
        path = self._path(id)
        if not path.exists():
            raise ATTACHMENT_MISSING(id=id)
        with known_disk_errors(path):
            stream = path.open("rb")
        try:
            return cast(BinaryIO, io.BufferedReader(_AttachmentReader(stream, self._key, id)))
        except NotAuthentic:
            raise ATTACHMENT_DAMAGED(id=id) from None

    def delete(self, id: str) -> None:
        """Remove an attachment; one that is not there is fine. Raises DISK-002."""
        path = self._path(id)
        with known_disk_errors(path):
            path.unlink(missing_ok=True)
            if self._folder.exists():
                sync_folder(self._folder)
        self._put_now.discard(id)

    def ids(self) -> list[str]:
        """Return the ids of all stored attachments, sorted."""
        return sorted(path.stem for path in self._folder.glob("*" + _SUFFIX))

    def orphans(self, known_ids: Collection[str]) -> list[str]:
        """Return the ids that no row knows. What was put since the vault was opened is not counted: its row may come."""
        known = set(known_ids) | self._put_now
        return [id for id in self.ids() if id not in known]

    def sweep(self, known_ids: Collection[str]) -> list[str]:
        """Delete orphans and what half-finished writes left; return the orphans' ids. Call once, before capturing."""
        gone = self.orphans(known_ids)
        for id in gone:
            self.delete(id)
        for leftover in self._folder.glob(f"*{_SUFFIX}.part"):
            leftover.unlink(missing_ok=True)
        return gone

    def damaged(self) -> list[KnownError]:
        """Read every attachment and return an error for each that does not verify."""
        found = []
        for id in self.ids():
            try:
                with self.open_stream(id) as stream:
                    while stream.read(1 << 20):
                        pass
            except KnownError as error:
                found.append(error)
        return found

    def _read(self, id: str) -> bytes:
        path = self._path(id)
        with known_disk_errors(path):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                raise ATTACHMENT_MISSING(id=id) from None

    def _path(self, id: str) -> Path:
        if not _ID.fullmatch(id):
            raise ValueError(f"not an attachment id: {id!r}")
        return self._folder / (id + _SUFFIX)


class _AttachmentReader(SealedReader):
    """A sealed reader whose damage, found while reading, has the attachment's name."""

    def __init__(self, stream: BinaryIO, key: bytes, id: str) -> None:
        self._id = id
        super().__init__(stream, key, id)

    def _load(self, number: int) -> None:
        try:
            super()._load(number)
        except NotAuthentic:
            raise ATTACHMENT_DAMAGED(id=self._id) from None
