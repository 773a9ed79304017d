"""The open vault: the one object that holds the keys, and the doors to what is behind them.

``opening.py`` makes and opens it. Inside, one writer connection under a lock and a few readers; the journal, the
attachments and the drafts each with a key of their own. The data key itself is not kept.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from fieldapp.common.clock import Clock
from fieldapp.common.errors import KnownError
from fieldapp.common.log import logger
from fieldapp.vault.atrest import rest_digest, wal_is_empty
from fieldapp.vault.attachments import AttachmentFolder
from fieldapp.vault.backup import BackupInfo, write_backup
from fieldapp.vault.cipher import known_database_errors
from fieldapp.vault.drafts import SealedFolder
from fieldapp.vault.engines import reader_engine, writer_engine
from fieldapp.vault.errors import CLOSED, WRONG_PASSWORD
from fieldapp.vault.headfile import HeadFile
from fieldapp.vault.integrity import IntegrityReport, check_vault
from fieldapp.vault.journal import Journal
from fieldapp.vault.keys import KdfCost, SubKeys
from fieldapp.vault.keyslots import KeySlots
from fieldapp.vault.layout import ATTACHMENTS_NAME, DATABASE_NAME, DRAFTS_NAME, state_file
from fieldapp.vault.throttle import TryCounter

__all__ = ["Vault"]


class Vault:
    """An unlocked vault. Close it (or use ``with``) to lock it again."""

    def __init__(self, folder: Path, slots: KeySlots, keys: SubKeys, clock: Clock, state_dir: Path) -> None:
        self.folder = folder
        self.vault_id = slots.vault_id
        self._database = folder / DATABASE_NAME
        self._keys = keys
        self._clock = clock
        self._tries = TryCounter(state_file(state_dir, slots.vault_id, "tries"), clock)
        self._writing = threading.Lock()
        self._writing_thread: int | None = None
        self._writer = writer_engine(self._database, keys.database)
        self._readers = reader_engine(self._database, keys.database)
        self._closed = False
        self._trusted = False
        head_file = HeadFile(state_file(state_dir, slots.vault_id, "head"), keys.journal)
        self.journal = Journal(keys.journal, clock, head_file, self.reader)
        self._attachments = AttachmentFolder(folder / ATTACHMENTS_NAME, keys.attachments)
        self._drafts = SealedFolder(folder / DRAFTS_NAME, keys.drafts)

    def __repr__(self) -> str:
        return f"Vault({self.vault_id!r}, {'closed' if self._closed else 'open'})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def attachments(self) -> AttachmentFolder:
        """The sealed attachments. Raises VAULT-025."""
        self._refuse_closed()
        return self._attachments

    @property
    def drafts(self) -> SealedFolder:
        """The sealed drafts. Raises VAULT-025."""
        self._refuse_closed()
        return self._drafts

    @contextlib.contextmanager
    def writer(self, *, foreign_keys: bool = True) -> Iterator[Connection]:
        """Yield the writer's connection in a transaction: durable when the block is left, undone when it raises.

        Writers wait for each other; a writer inside a writer of the same thread is a bug (RuntimeError). With
        ``foreign_keys=False`` (for migrations, which rebuild tables) they are off during the block and checked at
        its end. Raises DISK-001, DISK-002, VAULT-013, VAULT-014, VAULT-025.
        """
        with (
            self._turn_to_write(),
            known_database_errors(self._database),
            self._writer.connect() as connection,
        ):
            if not foreign_keys:
                _set_foreign_keys(connection, on=False)
            try:
                with connection.begin():
                    self.journal.transaction_began()
                    yield connection
                    if not foreign_keys:
                        _check_foreign_keys(connection)
            finally:
                if not foreign_keys:
                    _set_foreign_keys(connection, on=True)
            self.journal.transaction_committed()

    @contextlib.contextmanager
    def reader(self) -> Iterator[Connection]:
        """Yield a connection that cannot write and sees one state of the data for the whole block."""
        self._refuse_closed()
        with known_database_errors(self._database), self._readers.connect() as connection, connection.begin():
            yield connection

    def check_password(self, password: str) -> bool:
        """Return whether the password is right (for unlocking the screen). Raises VAULT-004 after wrong ones."""
        try:
            self._tries.guard(lambda: KeySlots.load(self.folder).unlock(password))
        except KnownError as error:
            if error.spec is WRONG_PASSWORD:
                return False
            raise
        return True

    def change_password(self, old: str, new: str, *, cost: KdfCost | None = None) -> None:
        """Wrap the data key anew; nothing else changes, however large the vault. Raises VAULT-003, 004, 019.

        Backups made before keep the old password.
        """
        slots, data_key = self._unlock(old)
        slots.with_password(data_key, new, cost).save(self.folder)

    def set_recovery_key(self, password: str, public_key: bytes | None) -> None:
        """Let the county's recovery key (raw X25519) open this vault, or (None) no longer. Raises VAULT-003, 004."""
        slots, data_key = self._unlock(password)
        slots.with_recovery(data_key, public_key).save(self.folder)

    def integrity(self) -> IntegrityReport:
        """Check every page, the structure, the journal, every attachment and draft. Damage is reported, not raised."""
        self._refuse_closed()
        return check_vault(self._database, self._keys.database, self.journal, self.attachments, self.drafts)

    def backup_to(self, path: Path) -> BackupInfo:
        """Write a complete, encrypted backup to one file, beside a working writer. Raises DISK-001, DISK-002."""
        self._refuse_closed()
        return write_backup(path, self.folder, self._keys.database, self.vault_id, self._clock)

    def trust(self) -> None:
        """Say that the database was checked against what is remembered outside; only then may closing renew that."""
        self._trusted = True

    def close(self) -> None:
        """Lock the vault: wait for the writer, put the database to rest, close every connection. Twice is fine."""
        with self._writing:
            if self._closed:
                return
            self._closed = True
            self._readers.dispose()
            try:
                if self._trusted and not self.journal.is_at_rest():
                    self._put_to_rest()
            except (KnownError, OSError) as error:  # what is committed is in the WAL and will be found there
                logger("vault").warning("not put to rest: %s", getattr(error, "code", type(error).__name__))
            self._writer.dispose()

    @contextlib.contextmanager
    def _turn_to_write(self) -> Iterator[None]:
        me = threading.get_ident()
        if self._writing_thread == me:
            raise RuntimeError("a writer inside a writer")
        with self._writing:
            self._refuse_closed()
            self._writing_thread = me
            try:
                yield
            finally:
                self._writing_thread = None

    def _put_to_rest(self) -> None:
        """Fold the WAL in and remember the file's digest, while nobody else can write."""
        with known_database_errors(self._database), self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            with connection.begin():
                if wal_is_empty(self._database):
                    self.journal.put_to_rest(connection, rest_digest(self._database, self._keys.journal))

    def _unlock(self, password: str) -> tuple[KeySlots, bytes]:
        slots = KeySlots.load(self.folder)
        return slots, self._tries.guard(lambda: slots.unlock(password))

    def _refuse_closed(self) -> None:
        if self._closed:
            raise CLOSED()


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """Only possible outside a transaction, so on the raw connection."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}").fetchall()


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = sorted({str(row[0]) for row in broken})
        raise RuntimeError(f"{len(broken)} broken references in {tables}")
