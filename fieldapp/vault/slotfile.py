"""How the key slots are written: JSON with base64, a format name, a version, a suite and a checksum."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from fieldapp.vault.errors import KEYS_NEWER
from fieldapp.vault.keys import SUITE, KdfCost

__all__ = [
    "PasswordSlot",
    "RecoverySlot",
    "SlotFile",
    "parse_slot_file",
    "public_key_id",
    "render_slot_file",
]

_FORMAT = "fieldapp-keyslots"
_VERSION = 1
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class PasswordSlot:
    """The data key wrapped by AES-256-GCM under an Argon2id key of the password."""

    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes = field(repr=False)

    def bound_to(self, suite: str, vault_id: str) -> bytes:
        """Return the additional data: everything the slot says beside the wrapped key."""
        return _canonical(
            {
                "format": _FORMAT,
                "version": _VERSION,
                "suite": suite,
                "vault_id": vault_id,
                "kdf": _kdf(self.cost),
                "salt": _b64(self.salt),
            }
        )


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The data key sealed by HPKE to the county's recovery key."""

    key_id: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlotFile:
    """The content of the key-slot file. ``check`` shows whether an unwrapped key is the right one."""

    suite: str
    vault_id: str
    check: bytes
    password: PasswordSlot
    recovery: RecoverySlot | None


def public_key_id(public_key: bytes) -> str:
    """Return the id of a raw public key, as everywhere in the program: 16 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def render_slot_file(file: SlotFile) -> bytes:
    """Return the bytes to write."""
    slot = file.password
    content: dict[str, object] = {
        "format": _FORMAT,
        "version": _VERSION,
        "suite": file.suite,
        "vault_id": file.vault_id,
        "check": _b64(file.check),
        "password": {
            "kdf": _kdf(slot.cost),
            "salt": _b64(slot.salt),
            "nonce": _b64(slot.nonce),
            "wrapped": _b64(slot.wrapped),
        },
        "recovery": file.recovery and {"key_id": file.recovery.key_id, "sealed": _b64(file.recovery.sealed)},
    }
    content["sha256"] = hashlib.sha256(_canonical(content)).hexdigest()
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def parse_slot_file(content: bytes) -> SlotFile:
    """Read the bytes back. Raises ValueError when damaged, VAULT-006 when from a newer program."""
    raw = _verified(content)
    if raw.get("version") != _VERSION or raw.get("suite") != SUITE:
        raise KEYS_NEWER(found=f"{raw.get('version')}, {raw.get('suite')}")
    try:
        recovery = raw["recovery"]
        return SlotFile(
            str(raw["suite"]),
            _utf8(raw["vault_id"]),
            _unb64(raw["check"]),
            _password_slot(raw["password"]),
            recovery and RecoverySlot(_utf8(recovery["key_id"]), _unb64(recovery["sealed"])),
        )
    except (KeyError, TypeError, AttributeError, OverflowError, ValueError) as error:
        raise ValueError(f"malformed: {type(error).__name__}") from None


def _password_slot(raw: dict[str, Any]) -> PasswordSlot:
    kdf = raw["kdf"]
    if kdf["name"] != "argon2id":
        raise KEYS_NEWER(found=kdf["name"])
    cost = KdfCost(int(kdf["memory_kib"]), int(kdf["iterations"]), int(kdf["lanes"]))
    slot = PasswordSlot(cost, _unb64(raw["salt"]), _unb64(raw["nonce"]), _unb64(raw["wrapped"]))
    if not (16 <= len(slot.salt) <= 64 and len(slot.nonce) == 12):
        raise ValueError("lengths")
    return slot


def _verified(content: bytes) -> dict[str, Any]:
    if len(content) > _MOST_BYTES:
        raise ValueError("too long")
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(raw, dict) or raw.get("format") != _FORMAT:
        raise ValueError("not a key file")
    told = raw.pop("sha256", None)
    if told != hashlib.sha256(_canonical(raw)).hexdigest():
        raise ValueError("checksum")
    return raw


def _kdf(cost: KdfCost) -> dict[str, object]:
    return {
        "name": "argon2id",
        "memory_kib": cost.memory_kib,
        "iterations": cost.iterations,
        "lanes": cost.lanes,
    }


def _canonical(content: dict[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _utf8(text: str) -> str:
    text.encode()  # a lone surrogate is refused here, not where the id is first used
    return text


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _unb64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
