"""Where things lie in a vault's folder, and which files of the state folder belong to which vault."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fieldapp.common.files import known_disk_errors
from fieldapp.vault.errors import VAULT_EXISTS

__all__ = [
    "ATTACHMENTS_NAME",
    "COPY_NAME",
    "DATABASE_NAME",
    "DRAFTS_NAME",
    "MAIN_NAME",
    "PENDING_RECOVERY_NAME",
    "refuse_occupied",
    "state_file",
    "vault_exists",
]

MAIN_NAME = "keyslots.json"
COPY_NAME = "keyslots.copy.json"
DATABASE_NAME = "register.db"
ATTACHMENTS_NAME = "attachments"
DRAFTS_NAME = "drafts"
PENDING_RECOVERY_NAME = "recovery-pending.json"


def state_file(state_dir: Path, vault_id: str, kind: str) -> Path:
    """Return the path of a vault's file in the state folder.

    The name is a digest: a vault id is read from a file and must never be able to name a path.
    """
    digest = hashlib.sha256(b"fieldapp state\x00" + vault_id.encode()).hexdigest()[:24]
    return state_dir / f"{kind}-{digest}.bin"


def vault_exists(folder: Path) -> bool:
    """Return whether a folder holds a vault or what is left of one; such a folder is never written over."""
    return any((folder / name).exists() for name in (MAIN_NAME, COPY_NAME, DATABASE_NAME))


def refuse_occupied(folder: Path) -> None:
    """Raise VAULT-001 unless the folder is missing or empty."""
    with known_disk_errors(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise VAULT_EXISTS(folder=folder)
