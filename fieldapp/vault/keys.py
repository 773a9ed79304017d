"""Keys: Argon2id from a password, sub-keys from the data key, and the names of the cipher suites.

One random 32-byte data key opens everything; what encrypts the bytes are HKDF-SHA256 sub-keys of it, one for
each purpose, so that no two parts of the vault ever share a key. The suite is named in every header so that a
county can be given another one (SM4, say) without guessing.
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.vault.errors import EMPTY_PASSWORD, KEYS_NEWER

__all__ = [
    "KEY_BYTES",
    "LONGEST_PASSWORD",
    "SUITE",
    "KdfCost",
    "SubKeys",
    "derive",
    "key_check",
    "password_key",
]

#: The only suite so far: Argon2id, HKDF-SHA256, AES-256-GCM, HPKE over X25519, SQLCipher 4.
SUITE = "A256GCM-HKDF256-X25519-SQLCIPHER4"
KEY_BYTES = 32
LONGEST_PASSWORD = 1024
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_ITERATIONS = 32
_MOST_LANES = 16


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess at the password costs; stored in the slot, so that it can be raised later.

    The default (128 MiB, three passes, one lane) is twice the floor of the design (64 MiB) because 64 MiB took
    0.23 s on a 2-core cloud machine (128 MiB: 0.49 s) and a stolen profile must cost an attacker at least 0.3 s a guess.
    Tests pass a cheap one.
    """

    memory_kib: int = 128 * 1024
    iterations: int = 3
    lanes: int = 1

    def checked(self) -> KdfCost:
        """Return itself, or raise VAULT-006 when a key file asks for absurd work (a hostile file must not hang us)."""
        sane = (
            8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
            and 1 <= self.iterations <= _MOST_ITERATIONS
            and 1 <= self.lanes <= _MOST_LANES
        )
        if not sane:
            raise KEYS_NEWER(found=f"argon2id {self.memory_kib}/{self.iterations}/{self.lanes}")
        return self


@dataclass(frozen=True, slots=True)
class SubKeys:
    """The sub-keys of one data key, each 32 bytes. Never printed."""

    database: bytes = field(repr=False)
    attachments: bytes = field(repr=False)
    journal: bytes = field(repr=False)
    drafts: bytes = field(repr=False)

    @classmethod
    def of(cls, data_key: bytes, vault_id: str) -> SubKeys:
        """Derive the four keys of a vault."""
        named = {
            name: derive(data_key, name, vault_id)
            for name in ("database", "attachments", "journal", "drafts")
        }
        return cls(**named)


def derive(key: bytes, purpose: str, context: str, *, salt: bytes | None = None) -> bytes:
    """Return a 32-byte HKDF-SHA256 key for a purpose; ``context`` (a vault or file id) is bound into it."""
    info = b"\x00".join((b"fieldapp.vault.v1", purpose.encode(), context.encode()))
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(key)


def key_check(data_key: bytes, vault_id: str) -> bytes:
    """Return 16 bytes that only the right data key gives: shows a foreign key without touching the database."""
    return hmac.digest(derive(data_key, "check", vault_id), b"check", "sha256")[:16]


def password_key(password: str, salt: bytes, cost: KdfCost) -> bytes:
    """Return the key of a password. Takes about half a second at the default cost. Raises VAULT-019.

    Passwords are brought to NFKC first: a Chinese input method in full-width mode types １２３ for 123.
    """
    text = unicodedata.normalize("NFKC", password)
    if not text or len(password) > LONGEST_PASSWORD:
        raise EMPTY_PASSWORD(most=LONGEST_PASSWORD)
    checked = cost.checked()
    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=checked.iterations,
        lanes=checked.lanes,
        memory_cost=checked.memory_kib,
    )
    return kdf.derive(text.encode("utf-8", "surrogatepass"))
