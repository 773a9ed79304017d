"""Putting a backup back: everything is checked in a folder beside, then renamed into place at once."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import IO, Any

from fieldapp.common.archives import DAMAGED
from fieldapp.common.files import known_disk_errors, sync_folder
from fieldapp.vault.backup import FORMAT, MANIFEST_NAME, VERSION, BackupInfo
from fieldapp.vault.errors import BACKUP_DAMAGED, KEYS_NEWER
from fieldapp.vault.headfile import JournalHead
from fieldapp.vault.keyslots import KeySlots
from fieldapp.vault.layout import ATTACHMENTS_NAME, DATABASE_NAME, DRAFTS_NAME, MAIN_NAME, refuse_occupied

__all__ = ["read_backup_info", "restore_backup"]

_COPY_BYTES = 1 << 20
_MOST_MANIFEST_BYTES = 64 << 20
# The only names a backup may write, so that no crafted archive reaches outside the folder.
_NAME = re.compile(
    rf"{re.escape(MAIN_NAME)}|{re.escape(DATABASE_NAME)}"
    rf"|{ATTACHMENTS_NAME}/[0-9a-z][0-9a-z_-]{{0,99}}\.att|{DRAFTS_NAME}/[0-9a-f]{{40}}\.draft"
)


def restore_backup(path: Path, folder: Path) -> BackupInfo:
    """Restore a backup into a folder that is missing or empty; it then opens with the backup's password.

    Raises VAULT-001 when the folder holds anything, VAULT-024 when the backup is not whole, DISK-001, DISK-002.
    On the machine that wrote later entries, opening it says VAULT-011 until the person accepts the older data.
    """
    refuse_occupied(folder)
    staging = folder.with_name(folder.name + ".restoring")
    with known_disk_errors(path), path.open("rb") as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                manifest = _manifest(archive, path)
                info = _info(manifest)
                with known_disk_errors(folder):
                    _extract_all(archive, manifest, staging)
            KeySlots.load(staging).save(staging)  # writes the second copy, which a backup does not carry
            _put_in_place(staging, folder)
        except DAMAGED as error:
            raise BACKUP_DAMAGED(path=path, reason=_reason(error)) from None
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return info


def read_backup_info(path: Path) -> BackupInfo:
    """Return what a backup file says of itself, without opening it. Raises VAULT-024, DISK-002."""
    with known_disk_errors(path), path.open("rb") as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                return _info(_manifest(archive, path))
        except DAMAGED as error:
            raise BACKUP_DAMAGED(path=path, reason=_reason(error)) from None


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    entry = archive.getinfo(MANIFEST_NAME)
    if entry.file_size > _MOST_MANIFEST_BYTES or entry.compress_type != zipfile.ZIP_STORED:
        raise ValueError("manifest")
    manifest: dict[str, Any] = json.loads(archive.read(entry))
    if manifest["format"] != FORMAT:
        raise ValueError("format")
    if manifest["version"] != VERSION:
        raise KEYS_NEWER(found=f"{path.name}, {manifest['version']}")
    return manifest


def _info(manifest: dict[str, Any]) -> BackupInfo:
    head = JournalHead(int(manifest["journal"]["seq"]), str(manifest["journal"]["hash"]))
    attachments = sum(str(member["name"]).startswith(ATTACHMENTS_NAME) for member in manifest["members"])
    return BackupInfo(str(manifest["vault_id"]), str(manifest["made_at"]), head, attachments)


def _extract_all(archive: zipfile.ZipFile, manifest: dict[str, Any], staging: Path) -> None:
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    names = [str(member["name"]) for member in manifest["members"]]
    if not {MAIN_NAME, DATABASE_NAME} <= set(names) or len(set(names)) != len(names):
        raise ValueError("members")
    for member in manifest["members"]:
        name, size = str(member["name"]), int(member["size"])
        entry = archive.getinfo(name)
        # Stored members cannot unpack to more than the archive itself holds.
        if not _NAME.fullmatch(name) or entry.compress_type != zipfile.ZIP_STORED or entry.file_size != size:
            raise ValueError("member name or size")
        target = staging / name
        target.parent.mkdir(exist_ok=True)
        with archive.open(entry) as source, target.open("wb") as stream:
            if _copy(source, stream) != member["sha256"]:
                raise ValueError("checksum")
            stream.flush()
            os.fsync(stream.fileno())


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_COPY_BYTES):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()


def _put_in_place(staging: Path, folder: Path) -> None:
    with known_disk_errors(folder):
        for inner in (*(path for path in staging.iterdir() if path.is_dir()), staging):
            sync_folder(inner)
        if folder.exists():
            folder.rmdir()  # empty, or it would have been refused; Windows renames onto nothing that exists
        os.replace(staging, folder)
        sync_folder(folder.parent)


def _reason(error: Exception) -> str:
    return str(error)[:60] if isinstance(error, ValueError) else type(error).__name__
