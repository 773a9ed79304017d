"""The county's private keys on the server's disk.

``keys/server.key`` (mode 0600) is 32 random bytes; it may be kept elsewhere (another disk, a mounted secret) and be
named when the server starts. From it are derived the database's key and the key that wraps ``keys/county.keys``, where
root, sealing, receipt and bundle keys lie. So a copy of the data without ``server.key`` opens nothing, and a server
restarts without anybody typing a passphrase: an unattended county office matters more than a thief who takes the
running machine, against whom only full-disk encryption helps. The recovery private key is never here: it is printed
once (:mod:`fieldapp.county.recovery`).
"""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.common.files import atomic_write, known_disk_errors
from fieldapp.county.errors import DAMAGED_KEYS
from fieldapp.wire.canonical import encode, parse_object
from fieldapp.wire.enrolment import CountyKeys
from fieldapp.wire.fields import Fields, base64_text
from fieldapp.wire.keys import KEY_BYTES, SealingKey, SigningKey

__all__ = ["Keyring", "create_keyring", "open_keyring", "write_private"]

_SERVER_KEY = "server.key"
_COUNTY_KEYS = "county.keys"
_SUITE = "hkdf-sha256+aes256gcm"
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Keyring:
    """The four private keys, the public half of the recovery key, and the secrets derived from ``server.key``."""

    root: SigningKey
    sealing: SealingKey
    receipt: SigningKey
    bundle: SigningKey
    recovery_public: bytes
    database_key: bytes = field(repr=False)
    challenge_key: bytes = field(repr=False)

    @property
    def public(self) -> CountyKeys:
        """The public keys, as laptops receive them."""
        return CountyKeys(
            self.root.public,
            self.sealing.public,
            self.receipt.public,
            self.bundle.public,
            self.recovery_public,
        )


def create_keyring(folder: Path, county_code: str, recovery_public: bytes) -> Keyring:
    """Make fresh keys in ``folder`` (created, mode 0700). ``server.key`` is written last: without it nothing counts."""
    with known_disk_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    server_key = secrets.token_bytes(KEY_BYTES)
    private = {
        "root": SigningKey.generate().private,
        "sealing": SealingKey.generate().private,
        "receipt": SigningKey.generate().private,
        "bundle": SigningKey.generate().private,
    }
    content = {
        **{name: base64_text(value) for name, value in private.items()},
        "recovery_public": base64_text(recovery_public),
    }
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_derived(server_key, "keys")).encrypt(nonce, encode(content), _bound(county_code))
    header = {"v": 1, "suite": _SUITE, "nonce": base64_text(nonce), "sealed": base64_text(sealed)}
    write_private(folder / _COUNTY_KEYS, encode(header))
    write_private(folder / _SERVER_KEY, server_key)
    return open_keyring(folder, county_code)


def open_keyring(folder: Path, county_code: str, key_file: Path | None = None) -> Keyring:
    """Open the keys of a county. Raises COUNTY-003 when they are missing, damaged or another county's."""
    try:
        server_key = (key_file or folder / _SERVER_KEY).read_bytes()
        header = Fields(parse_object((folder / _COUNTY_KEYS).read_bytes()))
        if (header.integer("v"), header.text("suite"), len(server_key)) != (1, _SUITE, KEY_BYTES):
            raise DAMAGED_KEYS()
        nonce = header.octets("nonce", length=_NONCE_BYTES)
        sealed = base64.b64decode(header.text("sealed", longest=4096), validate=True)
        content = AESGCM(_derived(server_key, "keys")).decrypt(nonce, sealed, _bound(county_code))
        keys = Fields(parse_object(content))
        return Keyring(
            root=SigningKey(keys.octets("root", length=KEY_BYTES)),
            sealing=SealingKey(keys.octets("sealing", length=KEY_BYTES)),
            receipt=SigningKey(keys.octets("receipt", length=KEY_BYTES)),
            bundle=SigningKey(keys.octets("bundle", length=KEY_BYTES)),
            recovery_public=keys.octets("recovery_public", length=KEY_BYTES),
            database_key=_derived(server_key, "database"),
            challenge_key=_derived(server_key, "challenge"),
        )
    except (OSError, ValueError, InvalidTag):
        raise DAMAGED_KEYS() from None


def _derived(server_key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"fieldapp county {purpose} 1".encode()).derive(
        server_key
    )


def _bound(county_code: str) -> bytes:
    return f"fieldapp county keys {county_code}".encode()


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, atomically. Raises DISK-00x."""
    # The empty file gets its mode before any secret is in it; the rename keeps that of the temporary file.
    temporary = path.with_name(path.name + ".part")
    with known_disk_errors(path):
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    atomic_write(path, content)
    with contextlib.suppress(OSError):
        path.chmod(0o600)
