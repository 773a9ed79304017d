"""What is remembered of a vault outside its folder: the journal's head and, when it was closed in good order, a
digest of the database file at rest. A preallocated file of two slots.

A save costs one write and one ``fdatasync`` here; a temporary file and a rename would cost more than the save
itself. The slots take turns, each with a generation and a MAC, so a torn write leaves the other one. The file
lies in the per-user state folder: whoever puts an old vault folder back does not put this back with it.
"""

from __future__ import annotations

import hmac
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["HeadFile", "JournalHead", "Remembered"]

_SLOT_BYTES = 4096  # a sector of today's disks: a torn write cannot reach the other slot
_BODY = struct.Struct(">4sQQ32s32s")  # magic, generation, seq, hash, digest at rest (zeros: in use)
_MAGIC = b"FAH1"
_MAC_BYTES = 32
_IN_USE = bytes(32)
_make_durable: Callable[[int], None] = getattr(
    os, "fdatasync", os.fsync
)  # Windows and macOS have no fdatasync


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The newest entry of the journal: its number (0 = none yet) and its hash in hex."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the head file says: the head, and the database's digest at rest (None while it is in use)."""

    head: JournalHead
    at_rest: bytes | None


class HeadFile:
    """Reads and writes it. Several processes may have it open; every write looks at both slots first."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def read(self) -> Remembered | None:
        """Return the newest valid slot; None when the file is missing or holds none."""
        newest = max(self._slots(), default=None)
        if newest is None:
            return None
        _, seq, digest, at_rest = newest
        return Remembered(JournalHead(seq, digest.hex()), None if at_rest == _IN_USE else at_rest)

    def write(self, head: JournalHead, *, at_rest: bytes | None = None) -> None:
        """Remember a head durably, and with it the digest at rest or (None) that the vault is in use. Raises OSError."""
        generation = max((slot[0] for slot in self._slots()), default=0) + 1
        body = _BODY.pack(_MAGIC, generation, head.seq, bytes.fromhex(head.hash), at_rest or _IN_USE)
        if not self._path.exists():
            self._preallocate()
        with self._path.open("r+b", buffering=0) as stream:
            stream.seek(generation % 2 * _SLOT_BYTES)
            stream.write(body + self._mac(body))
            _make_durable(stream.fileno())

    def _preallocate(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("wb") as stream:
            stream.write(bytes(2 * _SLOT_BYTES))
            stream.flush()
            os.fsync(stream.fileno())

    def _slots(self) -> list[tuple[int, int, bytes, bytes]]:
        try:
            content = self._path.read_bytes()
        except OSError:
            return []
        return [
            slot for start in (0, _SLOT_BYTES) if (slot := self._slot(content[start : start + _SLOT_BYTES]))
        ]

    def _slot(self, content: bytes) -> tuple[int, int, bytes, bytes] | None:
        body, mac = content[: _BODY.size], content[_BODY.size : _BODY.size + _MAC_BYTES]
        if len(mac) != _MAC_BYTES or not hmac.compare_digest(mac, self._mac(body)):
            return None
        _, generation, seq, digest, at_rest = _BODY.unpack(body)
        return generation, seq, digest, at_rest

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, b"head\x00" + body, "sha256")
