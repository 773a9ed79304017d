"""The sealed copy ``HVA1`` of a photo or other attachment: frozen before sending, the same bytes on every way.

::

    "HVA1" | u32 header length | header JSON {v, seal, chunk, size} | chunks

Each chunk is AES-256-GCM over 256 KiB (the last one shorter, perhaps empty) under a random key made for this copy
alone and carried inside the sealed record. Nonce = chunk number + last flag (the STREAM construction), so a cut, a
swap and a foreign chunk are noticed; the header is bound to every chunk. The name is the SHA-256 of all the bytes.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldapp.wire.canonical import encode, parse_object
from fieldapp.wire.fields import Fields
from fieldapp.wire.keys import KEY_BYTES
from fieldapp.wire.limits import HEADER_BYTES, MAX_BLOB_BYTES
from fieldapp.wire.problems import BAD_BLOB, DIGEST_MISMATCH, TOO_LARGE

__all__ = ["CHUNK_BYTES", "SealedBlob", "open_blob", "seal_blob"]

CHUNK_BYTES = 256 * 1024
_MAGIC = b"HVA1"
_SEAL = "aes256gcm-stream"
_TAG_BYTES = 16
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class SealedBlob:
    """A sealed copy: ``digest`` names it, ``key`` opens it."""

    digest: str
    content: bytes
    key: bytes = field(repr=False)


def seal_blob(plain: bytes, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> SealedBlob:
    """Return a sealed copy of ``plain`` under a fresh key. Raises too-large."""
    if len(plain) > MAX_BLOB_BYTES:
        raise TOO_LARGE(detail=f"attachment of {len(plain)} bytes", limit=MAX_BLOB_BYTES)
    key = random_bytes(KEY_BYTES)
    header = encode({"v": 1, "seal": _SEAL, "chunk": CHUNK_BYTES, "size": len(plain)})
    bound = _MAGIC + _LENGTH.pack(len(header)) + header
    cipher = AESGCM(key)
    parts = [bound]
    for number, start, last in _chunks(len(plain), CHUNK_BYTES):
        parts.append(cipher.encrypt(_nonce(number, last), plain[start : start + CHUNK_BYTES], bound))
    content = b"".join(parts)
    return SealedBlob(hashlib.sha256(content).hexdigest(), content, key)


def open_blob(content: bytes, key: bytes, digest: str) -> bytes:
    """Return the plain bytes. Raises digest-mismatch when it is another blob, bad-blob when it does not open."""
    if hashlib.sha256(content).hexdigest() != digest:
        raise DIGEST_MISMATCH(detail="attachment")
    chunk, size, start = _header(content)
    sealed_bytes = size + _TAG_BYTES * max(1, -(-size // chunk))
    if len(content) != start + sealed_bytes:
        raise BAD_BLOB(detail="length")
    try:
        cipher = AESGCM(key)
        parts = []
        for number, offset, last in _chunks(size, chunk):
            at = start + offset + _TAG_BYTES * number
            end = len(content) if last else at + chunk + _TAG_BYTES
            parts.append(cipher.decrypt(_nonce(number, last), content[at:end], content[:start]))
    except (InvalidTag, ValueError):
        raise BAD_BLOB(detail="seal") from None
    return b"".join(parts)


def _header(content: bytes) -> tuple[int, int, int]:
    start = len(_MAGIC) + _LENGTH.size
    if content[: len(_MAGIC)] != _MAGIC or len(content) < start:
        raise BAD_BLOB(detail="not HVA1")
    (length,) = _LENGTH.unpack_from(content, len(_MAGIC))
    if length > HEADER_BYTES or len(content) < start + length:
        raise BAD_BLOB(detail="header length")
    try:
        fields = Fields(parse_object(content[start : start + length]))
        if (fields.integer("v"), fields.text("seal")) != (1, _SEAL):
            raise BAD_BLOB(detail="version")
        chunk = fields.integer("chunk", least=4096, most=CHUNK_BYTES * 16)
        return chunk, fields.integer("size", most=MAX_BLOB_BYTES), start + length
    except ValueError as error:
        raise BAD_BLOB(detail=f"header: {error}") from None


def _chunks(size: int, chunk: int) -> Iterator[tuple[int, int, bool]]:
    count = max(1, -(-size // chunk))
    for number in range(count):
        yield number, number * chunk, number == count - 1


def _nonce(number: int, last: bool) -> bytes:
    return b"\x00" * 7 + _LENGTH.pack(number) + bytes([last])
