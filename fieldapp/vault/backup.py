"""A backup is one file: a ZIP, stored uncompressed, of members that are all encrypted already.

    keyslots.json   so that it opens on another machine with the password (or the county's recovery key)
    register.db     made by VACUUM INTO under the same key, an exact committed state while others go on writing
    attachments/…   drafts/…   copied as they are, sealed
    manifest.json   vault id, time, journal head, and size and SHA-256 of each member

The manifest finds damage and missing members before anything is put in place; authenticity is the seals' work.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from fieldapp.common.clock import Clock
from fieldapp.common.files import known_disk_errors, sync_folder
from fieldapp.vault.cipher import connect, known_database_errors
from fieldapp.vault.headfile import JournalHead
from fieldapp.vault.layout import ATTACHMENTS_NAME, DATABASE_NAME, DRAFTS_NAME, MAIN_NAME

__all__ = ["FORMAT", "MANIFEST_NAME", "VERSION", "BackupInfo", "write_backup"]

FORMAT = "fieldapp-backup"
VERSION = 1
MANIFEST_NAME = "manifest.json"
_SNAPSHOT_NAME = "backup-snapshot.part"
_COPY_BYTES = 1 << 20
# The ZIP's own times say nothing; the manifest's does. (ZIP knows no year before 1980.)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup is of: the vault, when it was made (ISO-8601 UTC), and its newest journal entry."""

    vault_id: str
    made_at: str
    head: JournalHead
    attachments: int


def write_backup(target: Path, folder: Path, key: bytes, vault_id: str, clock: Clock) -> BackupInfo:
    """Write a backup of a vault folder to ``target``, replacing it atomically. Raises DISK-001, 002, VAULT-013, 014.

    Runs beside a writer. The database is taken before the attachments, so every row's file is in it.
    """
    snapshot = folder / _SNAPSHOT_NAME
    temporary = target.with_name(target.name + ".part")
    made_at = clock.now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    with known_disk_errors(target):
        try:
            head = _take_snapshot(folder / DATABASE_NAME, snapshot, key)
            members = _members(folder, snapshot)
            info = BackupInfo(
                vault_id, made_at, head, sum(name.startswith(ATTACHMENTS_NAME) for name in members)
            )
            _write_archive(temporary, members, info)
            os.replace(temporary, target)
            sync_folder(target.parent)
        finally:
            snapshot.unlink(missing_ok=True)
            temporary.unlink(missing_ok=True)
    return info


def _take_snapshot(database: Path, snapshot: Path, key: bytes) -> JournalHead:
    snapshot.unlink(missing_ok=True)
    with known_database_errors(database):
        with contextlib.closing(connect(database, key)) as connection:
            connection.execute("VACUUM INTO ?", (str(snapshot),))
        with contextlib.closing(connect(snapshot, key, journal_mode="DELETE")) as copy:
            seq, digest = copy.execute(
                "SELECT seq, hash FROM vault_journal ORDER BY seq DESC LIMIT 1"
            ).fetchone()
    return JournalHead(seq, digest.hex())


def _members(folder: Path, snapshot: Path) -> dict[str, Path]:
    members = {MAIN_NAME: folder / MAIN_NAME, DATABASE_NAME: snapshot}
    for name, pattern in ((ATTACHMENTS_NAME, "*.att"), (DRAFTS_NAME, "*.draft")):
        members |= {f"{name}/{path.name}": path for path in sorted((folder / name).glob(pattern))}
    return members


def _write_archive(path: Path, members: dict[str, Path], info: BackupInfo) -> None:
    written = []
    with path.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, source in members.items():
                # A draft may be finished, and so gone, while the backup runs.
                with contextlib.suppress(FileNotFoundError):
                    written.append(_add(archive, name, source))
            manifest = {
                "format": FORMAT,
                "version": VERSION,
                "vault_id": info.vault_id,
                "made_at": info.made_at,
                "journal": {"seq": info.head.seq, "hash": info.head.hash},
                "members": written,
            }
            archive.writestr(zipfile.ZipInfo(MANIFEST_NAME, _ZIP_TIME), json.dumps(manifest, indent=1))
        stream.flush()
        os.fsync(stream.fileno())


def _add(archive: zipfile.ZipFile, name: str, source: Path) -> dict[str, object]:
    digest = hashlib.sha256()
    size = 0
    with (
        source.open("rb") as stream,
        archive.open(zipfile.ZipInfo(name, _ZIP_TIME), "w", force_zip64=True) as member,
    ):
        while piece := stream.read(_COPY_BYTES):
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}
