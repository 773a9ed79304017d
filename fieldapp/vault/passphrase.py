"""A small file sealed with a passphrase, to be opened on another machine that has no vault.

    head     magic "FATL", version byte, memory (KiB), passes, lanes, 32 salt bytes, 16 check bytes
    content  sealed in chunks (:mod:`fieldapp.vault.sealing`) under the passphrase's key and the file's head

The check bytes tell a wrong passphrase from a damaged file. The head is bound into the seal, its costs are bounded: a
hostile file can neither be altered nor make the machine work for minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct

from fieldapp.vault.errors import (
    FILE_DAMAGED,
    FILE_NEWER,
    FILE_TOO_LARGE,
    NOT_A_SEALED_FILE,
    WRONG_PASSPHRASE,
)
from fieldapp.vault.keys import KdfCost, key_check, password_key
from fieldapp.vault.sealing import NotAuthentic, seal, unseal

__all__ = ["MOST_BYTES", "SUFFIX", "open_with_passphrase", "seal_with_passphrase"]

SUFFIX = ".fatl"
#: Room for 100,000 lines; more is no list that anybody types.
MOST_BYTES = 64 * 1024 * 1024
_MAGIC = b"FATL"
_VERSION = 1
_HEAD = struct.Struct(">4sBIHH32s16s")


def seal_with_passphrase(content: bytes, passphrase: str, cost: KdfCost | None = None) -> bytes:
    """Return the sealed file. Raises VAULT-019 for an empty passphrase, VAULT-030 when there is too much."""
    if len(content) > MOST_BYTES:
        raise FILE_TOO_LARGE(most_mb=MOST_BYTES >> 20)
    cost = cost or KdfCost()
    salt = os.urandom(32)
    key = password_key(passphrase, salt, cost)
    head = _HEAD.pack(
        _MAGIC, _VERSION, cost.memory_kib, cost.iterations, cost.lanes, salt, key_check(key, _MAGIC.decode())
    )
    return head + seal(key, _name(head), content)


def open_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Return the content. Raises VAULT-019, VAULT-027 … VAULT-031, VAULT-006 for absurd costs."""
    if len(data) > 2 * MOST_BYTES:
        raise FILE_TOO_LARGE(most_mb=MOST_BYTES >> 20)
    if len(data) < _HEAD.size or not data.startswith(_MAGIC):
        raise NOT_A_SEALED_FILE()
    magic, version, memory, passes, lanes, salt, check = _HEAD.unpack(data[: _HEAD.size])
    if version != _VERSION:
        raise FILE_NEWER(found=version)
    key = password_key(passphrase, salt, KdfCost(memory, passes, lanes))
    if not hmac.compare_digest(key_check(key, magic.decode()), check):
        raise WRONG_PASSPHRASE()
    try:
        return unseal(key, _name(data[: _HEAD.size]), data[_HEAD.size :])
    except NotAuthentic:
        raise FILE_DAMAGED() from None


def _name(head: bytes) -> str:
    return hashlib.sha256(head).hexdigest()
