"""One way to open the encrypted file, and what SQLite's complaints mean for a person.

The raw key is set by the first statement; then the settings that keep the promise: ``temp_store=MEMORY`` (FILE
spills plaintext to disk), WAL with ``synchronous=FULL`` (NORMAL loses acknowledged commits in a power cut),
foreign keys on, a large page cache (a page that crosses it is decrypted again). ``cipher_memory_security`` stays
off: it makes every allocation of the process two to four times slower.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from fieldapp.common.files import DISK_FULL, NOT_WRITABLE, known_disk_errors
from fieldapp.vault.errors import DATABASE_DAMAGED, DATABASE_FOREIGN, DATABASE_MISSING, DATABASE_PLAIN, LOCKED
from fieldapp.vault.keys import KEY_BYTES

__all__ = ["connect", "connect_new", "known_database_errors", "refuse_plain"]

_PLAIN_HEAD = b"SQLite format 3\x00"
_BUSY_TIMEOUT_S = 5.0
_CACHE_KIB = 65_536
# Primary SQLite result codes, https://www.sqlite.org/rescode.html
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26


def connect(path: Path, key: bytes, *, query_only: bool = False, journal_mode: str = "WAL") -> Any:
    """Open an existing encrypted database. Raises VAULT-008, 009, 010, 013, DISK-002; never creates a file."""
    if not path.exists():
        raise DATABASE_MISSING(path=path)
    refuse_plain(path)
    return _open(path, key, "rw", query_only, journal_mode)


def connect_new(path: Path, key: bytes) -> Any:
    """Create an encrypted database. The caller has made sure that nothing is there."""
    return _open(path, key, "rwc", False, "WAL")


def refuse_plain(path: Path) -> None:
    """Raise VAULT-009 when the file is an unencrypted SQLite database."""
    with known_disk_errors(path), path.open("rb") as stream:
        if stream.read(len(_PLAIN_HEAD)) == _PLAIN_HEAD:
            raise DATABASE_PLAIN(path=path)


def _open(path: Path, key: bytes, mode: str, query_only: bool, journal_mode: str) -> Any:
    if len(key) != KEY_BYTES:
        raise ValueError("SQLCipher takes a shorter key for a passphrase")
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    with known_database_errors(path):
        connection = dbapi2.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_TIMEOUT_S
        )
        try:
            _prepare(connection, key, query_only, journal_mode)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: Any, key: bytes, query_only: bool, journal_mode: str) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()  # shows whether the key fits
    for setting in (
        "temp_store = MEMORY",
        f"journal_mode = {journal_mode}",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"cache_size = -{_CACHE_KIB}",
        f"query_only = {'ON' if query_only else 'OFF'}",
    ):
        connection.execute(f"PRAGMA {setting}").fetchall()


@contextlib.contextmanager
def known_database_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says about disk, locks and damage into known errors; other errors pass as they are."""
    try:
        yield
    except dbapi2.Error as error:
        _raise_known(error, path)
        raise
    except DBAPIError as error:
        if isinstance(error.orig, dbapi2.Error):
            _raise_known(error.orig, path)
        raise


def _raise_known(error: Any, path: Path) -> None:
    name = str(getattr(error, "sqlite_errorname", ""))
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == _FULL:
        raise DISK_FULL(path=path) from None
    if code in (_BUSY, _LOCKED):
        raise LOCKED() from None
    if code == _NOTADB:
        raise DATABASE_FOREIGN(path=path) from None
    if code == _CORRUPT or (code == _IOERR and "READ" in name):
        raise DATABASE_DAMAGED(path=path, reason=name) from None
    if code in (_PERM, _READONLY, _IOERR, _CANTOPEN):
        raise NOT_WRITABLE(path=path, reason=name) from None
