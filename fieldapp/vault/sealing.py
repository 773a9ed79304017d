"""The sealed file: AES-256-GCM in chunks of 256 KiB under a key of its own.

    header   magic "FAS1", suite byte, three zero bytes, 32 random salt bytes
    chunk    up to 256 KiB of content, then 16 bytes of tag; the last one may be empty

The file key is HKDF(part's key, salt, name): a photo retaken under the same id gets a new salt and thereby a new
key, so a counter is a safe nonce. The nonce is counter and a last-chunk flag, the additional data is the header:
truncation, a swapped chunk, a foreign name and a flipped bit are all noticed.
"""

from __future__ import annotations

import io
import os
import struct
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldapp.vault.keys import derive

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["CHUNK_BYTES", "NotAuthentic", "SealedReader", "seal", "unseal"]

CHUNK_BYTES = 256 * 1024
_TAG_BYTES = 16
_SALT_BYTES = 32
_HEAD = struct.Struct(">4sB3x32s")
_MAGIC = b"FAS1"
_SUITE_AES_256_GCM = 1


class NotAuthentic(Exception):
    """The bytes are not what was sealed under this name and key. The caller says which file it was."""


def seal(key: bytes, name: str, content: bytes) -> bytes:
    """Return the sealed form of ``content``, bound to ``name``."""
    salt = os.urandom(_SALT_BYTES)
    head = _HEAD.pack(_MAGIC, _SUITE_AES_256_GCM, salt)
    cipher = AESGCM(derive(key, "sealed file", name, salt=salt))
    view = memoryview(content)
    last = max(0, (len(content) - 1) // CHUNK_BYTES)
    chunks = [
        cipher.encrypt(_nonce(n, n == last), view[n * CHUNK_BYTES : (n + 1) * CHUNK_BYTES], head)
        for n in range(last + 1)
    ]
    return b"".join((head, *chunks))


def unseal(key: bytes, name: str, sealed: bytes) -> bytes:
    """Return the content. Raises NotAuthentic."""
    with SealedReader(io.BytesIO(sealed), key, name) as reader:
        return reader.read()


class SealedReader(io.RawIOBase):
    """Reads a sealed file from the start or from anywhere, giving out only bytes that were verified.

    Opening verifies the last chunk, so a truncated file is noticed before the first byte is given out.
    Raises NotAuthentic, and owns (closes) the stream it reads from.
    """

    def __init__(self, stream: BinaryIO, key: bytes, name: str) -> None:
        super().__init__()
        self._stream = stream
        try:
            self._open(key, name)
        except BaseException:
            self.close()
            raise

    def _open(self, key: bytes, name: str) -> None:
        head = self._stream.read(_HEAD.size)
        body_bytes = self._stream.seek(0, io.SEEK_END) - _HEAD.size
        if len(head) != _HEAD.size or body_bytes < _TAG_BYTES:
            raise NotAuthentic("too short")
        magic, suite, salt = _HEAD.unpack(head)
        # Packed again, because the padding must be zero: every bit of the header counts.
        if magic != _MAGIC or suite != _SUITE_AES_256_GCM or head != _HEAD.pack(magic, suite, salt):
            raise NotAuthentic("not a sealed file of a known suite")
        self._head = head
        self._cipher = AESGCM(derive(key, "sealed file", name, salt=salt))
        self._last = (body_bytes - 1) // (CHUNK_BYTES + _TAG_BYTES)
        self._position = 0
        self._loaded = -1
        self._chunk = b""
        self._load(self._last)
        self.size_bytes = self._last * CHUNK_BYTES + len(self._chunk)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size_bytes}[whence]
        if start + offset < 0:
            raise ValueError("negative position")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer).cast("B")
        number, start = divmod(self._position, CHUNK_BYTES)
        if self._position >= self.size_bytes:
            return 0
        self._load(number)
        piece = self._chunk[start : start + len(target)]
        target[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _load(self, number: int) -> None:
        if number == self._loaded:
            return
        self._stream.seek(_HEAD.size + number * (CHUNK_BYTES + _TAG_BYTES))
        sealed = self._stream.read(CHUNK_BYTES + _TAG_BYTES)
        try:
            self._chunk = self._cipher.decrypt(_nonce(number, number == self._last), sealed, self._head)
        except (InvalidTag, ValueError):
            raise NotAuthentic(f"chunk {number}") from None
        self._loaded = number


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">3xQ?", number, last)
