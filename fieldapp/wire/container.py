"""The two outer layouts of everything signed.

Container (batch ``HVB1``, bundle ``HVD1``)::

    magic | u32 header length | header JSON | u64 ciphertext length | ciphertext | 64-byte Ed25519 signature

Document (receipt ``HVR1``, enrolment answer ``HVE1``)::

    magic | u32 length | JSON | 64-byte Ed25519 signature

Integers are big-endian. The signature is over the SHA-512 of all bytes before it; the magic in front keeps one
kind from being taken for another.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.wire.canonical import Json, encode, parse_object
from fieldapp.wire.keys import SIGNATURE_BYTES, SigningKey, verify
from fieldapp.wire.limits import HEADER_BYTES, MAX_DOCUMENT_BYTES
from fieldapp.wire.problems import BAD_CONTAINER, SIGNATURE, TOO_LARGE

__all__ = [
    "Container",
    "Document",
    "header_prefix",
    "sign_container",
    "sign_document",
    "split_container",
    "split_document",
]

_LENGTH = struct.Struct(">I")
_LONG = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Container:
    """A taken-apart container whose signature has not been looked at yet."""

    header: dict[str, Json]
    info: bytes
    ciphertext: bytes
    digest: bytes
    signature: bytes

    def check(self, public: bytes) -> None:
        """Raise signature unless ``public`` signed it."""
        if not verify(public, self.digest, self.signature):
            raise SIGNATURE()


@dataclass(frozen=True, slots=True)
class Document:
    """A taken-apart document whose signature has not been looked at yet."""

    content: dict[str, Json]
    digest: bytes
    signature: bytes

    def check(self, public: bytes) -> None:
        """Raise signature unless ``public`` signed it."""
        if not verify(public, self.digest, self.signature):
            raise SIGNATURE()


def header_prefix(magic: bytes, header: Mapping[str, object]) -> tuple[bytes, bytes]:
    """Return the container's first bytes and the HPKE ``info`` (magic + header) that binds the seal to them."""
    encoded = encode(header)
    if len(encoded) > HEADER_BYTES:
        raise TOO_LARGE(detail=f"header {len(encoded)}", limit=HEADER_BYTES)
    return magic + _LENGTH.pack(len(encoded)) + encoded, magic + encoded


def sign_container(prefix: bytes, ciphertext: bytes, key: SigningKey) -> bytes:
    """Return the whole container."""
    body = prefix + _LONG.pack(len(ciphertext)) + ciphertext
    return body + key.sign(hashlib.sha512(body).digest())


def split_container(magic: bytes, data: bytes, *, limit: int) -> Container:
    """Take a container apart. Raises too-large or bad-container; every byte must be accounted for."""
    if len(data) > limit:
        raise TOO_LARGE(detail=f"{len(data)} bytes", limit=limit)
    encoded, at = _block(magic, data, HEADER_BYTES)
    if len(data) < at + _LONG.size:
        raise BAD_CONTAINER(detail="truncated")
    (length,) = _LONG.unpack_from(data, at)
    at += _LONG.size
    if len(data) != at + length + SIGNATURE_BYTES:
        raise BAD_CONTAINER(detail="length")
    signed = data[: at + length]
    digest = hashlib.sha512(signed).digest()
    return Container(_object(encoded), magic + encoded, signed[at:], digest, data[at + length :])


def sign_document(magic: bytes, content: Mapping[str, object], key: SigningKey) -> bytes:
    """Return the signed document."""
    encoded = encode(content)
    if len(encoded) > MAX_DOCUMENT_BYTES:
        raise TOO_LARGE(detail=f"{len(encoded)} bytes", limit=MAX_DOCUMENT_BYTES)
    body = magic + _LENGTH.pack(len(encoded)) + encoded
    return body + key.sign(hashlib.sha512(body).digest())


def split_document(magic: bytes, data: bytes) -> Document:
    """Take a document apart. Raises bad-container."""
    encoded, at = _block(magic, data, MAX_DOCUMENT_BYTES)
    if len(data) != at + SIGNATURE_BYTES:
        raise BAD_CONTAINER(detail="length")
    return Document(_object(encoded), hashlib.sha512(data[:at]).digest(), data[at:])


def _block(magic: bytes, data: bytes, limit: int) -> tuple[bytes, int]:
    start = len(magic) + _LENGTH.size
    if data[: len(magic)] != magic:
        raise BAD_CONTAINER(detail=f"not {magic.decode()}")
    if len(data) < start:
        raise BAD_CONTAINER(detail="truncated")
    (length,) = _LENGTH.unpack_from(data, len(magic))
    if length > limit or start + length > len(data):
        raise BAD_CONTAINER(detail="header length")
    return data[start : start + length], start + length


def _object(encoded: bytes) -> dict[str, Json]:
    try:
        return parse_object(encoded)
    except ValueError as error:
        raise BAD_CONTAINER(detail=f"header: {error}") from None
