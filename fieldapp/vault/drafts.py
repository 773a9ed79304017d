"""Small sealed files by name: the drafts of forms that are being filled in.

File names are digests, since a draft's name may say whose visit it is; the name itself is sealed with the content.
"""

from __future__ import annotations

import hmac
import struct
from pathlib import Path

from fieldapp.common.errors import KnownError
from fieldapp.common.files import atomic_write, known_disk_errors, sync_folder
from fieldapp.vault.errors import DRAFT_DAMAGED, DRAFT_MISSING
from fieldapp.vault.sealing import NotAuthentic, seal, unseal

__all__ = ["SealedFolder"]

_SUFFIX = ".draft"
_LENGTH = struct.Struct(">I")


class SealedFolder:
    """A folder of sealed, named, small files (all in memory). Writing replaces atomically and durably."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def put(self, name: str, content: bytes) -> None:
        """Write a file, replacing the one of that name. Raises DISK-001, DISK-002; then the old one is still there."""
        path = self._path(name)
        encoded = name.encode()
        with known_disk_errors(path):
            self._folder.mkdir(parents=True, exist_ok=True)
        atomic_write(path, seal(self._key, path.stem, _LENGTH.pack(len(encoded)) + encoded + content))

    def get(self, name: str) -> bytes:
        """Return the content. Raises VAULT-017 when there is none, VAULT-018 when it is not what was written."""
        found, content = self._open(self._path(name))
        if found != name:
            raise DRAFT_DAMAGED()
        return content

    def names(self) -> list[str]:
        """Return the names of all files that open, sorted; ``damaged`` tells of the others."""
        names = []
        for path in self._paths():
            try:
                names.append(self._open(path)[0])
            except KnownError:
                continue
        return sorted(names)

    def delete(self, name: str) -> None:
        """Remove a file; one that is not there is fine. Raises DISK-002."""
        path = self._path(name)
        with known_disk_errors(path):
            path.unlink(missing_ok=True)
            if self._folder.exists():
                sync_folder(self._folder)

    def damaged(self) -> list[KnownError]:
        """Return an error for each file that does not verify."""
        found = []
        for path in self._paths():
            try:
                self._open(path)
            except KnownError as error:
                found.append(error)
        return found

    def _open(self, path: Path) -> tuple[str, bytes]:
        with known_disk_errors(path):
            try:
                sealed = path.read_bytes()
            except FileNotFoundError:
                raise DRAFT_MISSING() from None
        try:
            plain = unseal(self._key, path.stem, sealed)
        except NotAuthentic:
            raise DRAFT_DAMAGED() from None
        (length,) = _LENGTH.unpack_from(plain)
        start = _LENGTH.size + length
        return plain[_LENGTH.size : start].decode(), plain[start:]

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("*" + _SUFFIX))

    def _path(self, name: str) -> Path:
        return self._folder / (
            hmac.digest(self._key, b"name\x00" + name.encode(), "sha256").hex()[:40] + _SUFFIX
        )
