"""Is everything in the vault what was put there? The long check, run from the menu and before a backup is trusted."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from fieldapp.common.errors import KnownError
from fieldapp.vault.attachments import AttachmentFolder
from fieldapp.vault.cipher import connect, known_database_errors
from fieldapp.vault.drafts import SealedFolder
from fieldapp.vault.errors import DATABASE_DAMAGED
from fieldapp.vault.journal import Journal, OutsideHead

__all__ = ["IntegrityReport", "check_database", "check_vault"]

_MOST_COMPLAINTS = 20


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """What the long check found: known errors by part (empty = good), and how the head outside compares."""

    database: tuple[KnownError, ...]
    journal: tuple[KnownError, ...]
    attachments: tuple[KnownError, ...]
    drafts: tuple[KnownError, ...]
    outside_head: OutsideHead
    attachments_checked: int

    @property
    def ok(self) -> bool:
        """Whether nothing is damaged. A head that is absent outside is no damage, but worth a word."""
        return not self.problems

    @property
    def problems(self) -> tuple[KnownError, ...]:
        return self.database + self.journal + self.attachments + self.drafts


def check_vault(
    path: Path, key: bytes, journal: Journal, attachments: AttachmentFolder, drafts: SealedFolder
) -> IntegrityReport:
    """Run every check; damage is reported, never raised."""
    database = check_database(path, key)
    return IntegrityReport(
        database=database,
        journal=() if database else _check_journal(journal),
        attachments=tuple(attachments.damaged()),
        drafts=tuple(drafts.damaged()),
        outside_head=journal.outside,
        attachments_checked=len(attachments.ids()),
    )


def check_database(path: Path, key: bytes) -> tuple[KnownError, ...]:
    """Check every page's authenticity and the structure, on a connection of its own (from disk, not from a cache).

    Both checks are needed: a file cut by exactly one page passes the first.
    """
    try:
        with known_database_errors(path), contextlib.closing(connect(path, key)) as connection:
            connection.execute(
                "PRAGMA wal_checkpoint(FULL)"
            ).fetchall()  # the page check reads the main file only
            complaints = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
            complaints += [
                str(row[0])
                for row in connection.execute(f"PRAGMA integrity_check({_MOST_COMPLAINTS})")
                if row[0] != "ok"
            ]
    except KnownError as error:
        return (error,)
    return tuple(DATABASE_DAMAGED(path=path, reason=_short(text)) for text in complaints[:_MOST_COMPLAINTS])


def _check_journal(journal: Journal) -> tuple[KnownError, ...]:
    try:
        journal.verify()
    except KnownError as error:
        return (error,)
    return ()


def _short(complaint: str) -> str:
    return complaint.splitlines()[0][:120]
