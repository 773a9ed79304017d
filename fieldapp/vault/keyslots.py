"""The key-slot file: the data key, wrapped once for the password and once for the county's recovery key.

A password change replaces one slot and re-encrypts nothing. Both slots are bound to the vault id, the suite and
their own parameters (AES-GCM by its additional data; HPKE, whose one-shot call has none, by ``info``), so a slot
cannot be moved to another vault or have its cost lowered. The file is kept twice, since losing 700 bytes would
lose everything; a checksum tells damage from a wrong password.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldapp.common.files import atomic_write, known_disk_errors
from fieldapp.vault.errors import KEYS_DAMAGED, KEYS_MISSING, NO_RECOVERY, NO_VAULT, WRONG_PASSWORD
from fieldapp.vault.keys import KEY_BYTES, SUITE, KdfCost, key_check, password_key
from fieldapp.vault.layout import COPY_NAME, DATABASE_NAME, MAIN_NAME
from fieldapp.vault.slotfile import (
    PasswordSlot,
    RecoverySlot,
    SlotFile,
    parse_slot_file,
    public_key_id,
    render_slot_file,
)

__all__ = ["HPKE", "KeySlots", "open_recovery_slot"]

HPKE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_SALT_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class KeySlots:
    """The key slots of one vault: who can get at its data key."""

    file: SlotFile

    @property
    def vault_id(self) -> str:
        return self.file.vault_id

    @classmethod
    def create(
        cls,
        vault_id: str,
        data_key: bytes,
        *,
        password: str,
        recovery_public_key: bytes | None,
        cost: KdfCost,
    ) -> KeySlots:
        """Wrap a data key for the password and, if given, for the recovery key (raw X25519, 32 bytes)."""
        slot = _wrap(vault_id, data_key, password, cost)
        recovery = _seal(vault_id, data_key, recovery_public_key) if recovery_public_key is not None else None
        return cls(SlotFile(SUITE, vault_id, key_check(data_key, vault_id), slot, recovery))

    @classmethod
    def load(cls, folder: Path) -> KeySlots:
        """Read the key file of a vault folder, falling back to its copy. Raises VAULT-002, 005, 006, 007."""
        main, copy = folder / MAIN_NAME, folder / COPY_NAME
        if not main.exists() and not copy.exists():
            raise (KEYS_MISSING(path=main) if (folder / DATABASE_NAME).exists() else NO_VAULT(folder=folder))
        damage = None
        for path in (main, copy):
            if not path.exists():
                continue
            with known_disk_errors(path):
                content = path.read_bytes()
            try:
                return cls(parse_slot_file(content))
            except ValueError as error:
                damage = damage or KEYS_DAMAGED(path=path, reason=str(error))
        assert damage is not None
        raise damage

    def save(self, folder: Path) -> None:
        """Write the file and then its copy, each atomically. Raises DISK-001, DISK-002."""
        content = render_slot_file(self.file)
        atomic_write(folder / MAIN_NAME, content)
        atomic_write(folder / COPY_NAME, content)

    def heal(self, folder: Path) -> bool:
        """Make file and copy equal to this, when a crash or damage left them different. Returns whether they were."""
        content = render_slot_file(self.file)
        paths = (folder / MAIN_NAME, folder / COPY_NAME)
        differing = [path for path in paths if not path.exists() or path.read_bytes() != content]
        for path in differing:
            atomic_write(path, content)
        return bool(differing)

    def unlock(self, password: str) -> bytes:
        """Return the data key. Raises VAULT-003 for a wrong password, VAULT-006 for absurd parameters."""
        slot = self.file.password
        key = password_key(password, slot.salt, slot.cost)
        try:
            data_key = AESGCM(key).decrypt(
                slot.nonce, slot.wrapped, slot.bound_to(self.file.suite, self.vault_id)
            )
        except InvalidTag:
            raise WRONG_PASSWORD() from None
        return self.checked(data_key)

    def checked(self, data_key: bytes) -> bytes:
        """Return the key if it is this vault's. Raises VAULT-003."""
        if len(data_key) != KEY_BYTES or key_check(data_key, self.vault_id) != self.file.check:
            raise WRONG_PASSWORD()
        return data_key

    def with_password(self, data_key: bytes, password: str, cost: KdfCost | None = None) -> KeySlots:
        """Return the slots with the password replaced; the cost stays as it was unless given."""
        cost = cost or self.file.password.cost
        return KeySlots(
            replace(self.file, password=_wrap(self.vault_id, self.checked(data_key), password, cost))
        )

    def with_recovery(self, data_key: bytes, public_key: bytes | None) -> KeySlots:
        """Return the slots with the county's recovery key (raw X25519) set, replaced or removed."""
        sealed = None if public_key is None else _seal(self.vault_id, self.checked(data_key), public_key)
        return KeySlots(replace(self.file, recovery=sealed))

    def recovery_slot(self) -> RecoverySlot:
        """Return the recovery slot. Raises VAULT-020 when there is none."""
        if self.file.recovery is None:
            raise NO_RECOVERY()
        return self.file.recovery


def _recovery_info(suite: str, vault_id: str, key_id: str) -> bytes:
    """Return what a recovery slot is bound to."""
    return b"\x00".join((b"fieldapp recovery slot v1", suite.encode(), vault_id.encode(), key_id.encode()))


def _wrap(vault_id: str, data_key: bytes, password: str, cost: KdfCost) -> PasswordSlot:
    empty = PasswordSlot(cost.checked(), os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES), b"")
    key = password_key(password, empty.salt, cost)
    return replace(empty, wrapped=AESGCM(key).encrypt(empty.nonce, data_key, empty.bound_to(SUITE, vault_id)))


def _seal(vault_id: str, data_key: bytes, public_key: bytes) -> RecoverySlot:
    key_id = public_key_id(public_key)
    info = _recovery_info(SUITE, vault_id, key_id)
    return RecoverySlot(
        key_id, HPKE.encrypt(data_key, X25519PublicKey.from_public_bytes(public_key), info=info)
    )


def open_recovery_slot(slot: RecoverySlot, suite: str, vault_id: str, private_key: bytes) -> bytes:
    """Return the data key by the recovery private key (raw X25519). Raises InvalidTag when it does not fit."""
    info = _recovery_info(suite, vault_id, slot.key_id)
    return HPKE.decrypt(slot.sealed, X25519PrivateKey.from_private_bytes(private_key), info=info)
