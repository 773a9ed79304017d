"""A forgotten password, recovered without a network and without anyone seeing the data key on the way.

The laptop makes a challenge: its recovery slot and a fresh public key. It travels as a file, a QR code or digits
read over the telephone. Whoever keeps the county's recovery key opens the slot and seals the data key to that
fresh key: the answer. Overhearing challenge and answer gives nothing; only the laptop that asked can use it.
Until the answer comes, the fresh private key lies beside the key slots, so the laptop can be restarted.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from fieldapp.common.errors import KnownError
from fieldapp.common.files import atomic_write, known_disk_errors
from fieldapp.vault.errors import ANSWER_DOES_NOT_FIT, CHALLENGE_DAMAGED, NO_RECOVERY
from fieldapp.vault.keys import SUITE
from fieldapp.vault.keyslots import HPKE, KeySlots, open_recovery_slot
from fieldapp.vault.layout import PENDING_RECOVERY_NAME
from fieldapp.vault.slotfile import RecoverySlot

__all__ = [
    "RecoveryChallenge",
    "answer_challenge",
    "read_challenge",
    "recover_data_key",
    "recovery_challenge",
]

_CHALLENGE = b"FAR1"
_ANSWER = b"FAA1"
_SUITES = {1: SUITE}
_SUITE_NUMBER = 1
_HEAD = struct.Struct(">4sBB8s32s")  # magic, suite, length of vault id, key id, fresh public key
_SEALED_BYTES = 80


@dataclass(frozen=True, slots=True)
class RecoveryChallenge:
    """What a challenge says: which vault asks, and which recovery key (id) can answer."""

    vault_id: str
    key_id: str
    suite: str
    fresh_public_key: bytes
    sealed: bytes


def recovery_challenge(folder: Path) -> bytes:
    """Start a recovery and return the challenge (about 160 bytes). It replaces any earlier one.

    Raises VAULT-020 when the vault has no recovery slot, DISK-001, DISK-002.
    """
    slots = KeySlots.load(folder)
    slot = slots.recovery_slot()
    fresh = X25519PrivateKey.generate()
    vault_id = slots.vault_id.encode()
    head = _HEAD.pack(
        _CHALLENGE,
        _SUITE_NUMBER,
        len(vault_id),
        bytes.fromhex(slot.key_id),
        fresh.public_key().public_bytes_raw(),
    )
    challenge = head + vault_id + slot.sealed
    pending = {"private": _b64(fresh.private_bytes_raw()), "challenge": _b64(challenge)}
    atomic_write(folder / PENDING_RECOVERY_NAME, json.dumps(pending).encode())
    return challenge


def read_challenge(challenge: bytes) -> RecoveryChallenge:
    """Return what a challenge says, to be shown before it is answered. Raises VAULT-021."""
    try:
        magic, suite, length, key_id, fresh = _HEAD.unpack_from(challenge)
        vault_id = challenge[_HEAD.size : _HEAD.size + length].decode()
        sealed = challenge[_HEAD.size + length :]
        if magic != _CHALLENGE or len(sealed) != _SEALED_BYTES:
            raise CHALLENGE_DAMAGED()
        return RecoveryChallenge(vault_id, key_id.hex(), _SUITES[suite], fresh, sealed)
    except (struct.error, UnicodeDecodeError, KeyError):
        raise CHALLENGE_DAMAGED() from None


def answer_challenge(challenge: bytes, recovery_private_key: bytes) -> bytes:
    """Return the answer to a challenge by the recovery key (raw X25519). Raises VAULT-021. Needs no vault."""
    asked = read_challenge(challenge)
    slot = RecoverySlot(asked.key_id, asked.sealed)
    try:
        data_key = open_recovery_slot(slot, asked.suite, asked.vault_id, recovery_private_key)
        fresh = X25519PublicKey.from_public_bytes(asked.fresh_public_key)
        return _ANSWER + HPKE.encrypt(data_key, fresh, info=_answer_info(challenge))
    except (InvalidTag, ValueError):
        raise CHALLENGE_DAMAGED() from None


def recover_data_key(folder: Path, slots: KeySlots, answer: bytes) -> bytes:
    """Return the data key from the county's answer. Raises VAULT-020 when nothing was asked, VAULT-022."""
    private, challenge = _pending(folder / PENDING_RECOVERY_NAME)
    if not answer.startswith(_ANSWER):
        raise ANSWER_DOES_NOT_FIT()
    try:
        data_key = HPKE.decrypt(
            answer[len(_ANSWER) :], X25519PrivateKey.from_private_bytes(private), info=_answer_info(challenge)
        )
        return slots.checked(data_key)
    except (InvalidTag, ValueError, KnownError):
        raise ANSWER_DOES_NOT_FIT() from None


def _pending(path: Path) -> tuple[bytes, bytes]:
    with known_disk_errors(path):
        try:
            raw = json.loads(path.read_bytes())
            return base64.b64decode(raw["private"]), base64.b64decode(raw["challenge"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            raise NO_RECOVERY() from None


def _answer_info(challenge: bytes) -> bytes:
    return b"fieldapp recovery answer v1\x00" + hashlib.sha256(challenge).digest()


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
