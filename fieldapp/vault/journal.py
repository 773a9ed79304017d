"""The hash-chained journal of every accepted change.

SQLCipher authenticates each page, but an *old* page, file or WAL put back is a valid one: both integrity checks
pass and a row silently reverts. So every change adds a row here whose hash (HMAC-SHA256 under the journal key,
so that nobody without it can test a guess at the content) covers the one before, and the newest hash is kept
outside the vault's folder too and in each county receipt. The journal holds hashes of payloads, never payloads.

Order of a save: commit, then the head outside. A crash in between leaves the database ahead, which is fine; the
other way round is what a rollback looks like.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC
from enum import Enum
from typing import Any

from sqlalchemy import Connection

from fieldapp.common.clock import Clock
from fieldapp.common.log import logger
from fieldapp.vault.errors import JOURNAL_BROKEN, ROLLED_BACK
from fieldapp.vault.headfile import HeadFile, JournalHead

__all__ = ["JOURNAL_SCHEMA", "Journal", "OutsideHead"]

#: The table, and triggers against a slip: entries are only ever added.
JOURNAL_SCHEMA = (
    "CREATE TABLE vault_journal (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,"
    " payload_hash BLOB NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL) STRICT",
    "CREATE TRIGGER vault_journal_no_update BEFORE UPDATE ON vault_journal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END",
    "CREATE TRIGGER vault_journal_no_delete BEFORE DELETE ON vault_journal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END",
)
_COLUMNS = "SELECT seq, at, kind, payload_hash, prev, hash FROM vault_journal"
_NONE_YET = JournalHead(0, bytes(32).hex())


class OutsideHead(Enum):
    """How the head kept outside compared when the vault was opened (a rolled-back database is an error instead)."""

    MATCHED = "matched"
    BEHIND = "behind"  # a crash between commit and writing the head: ordinary
    ABSENT = "absent"  # a new machine or a cleared state folder: a rollback shows only at the next contact
    STALE = "stale"  # the newest head could not be written outside


class Journal:
    """The journal of one open vault. Made by the vault, which tells it when a transaction ends."""

    def __init__(
        self,
        key: bytes,
        clock: Clock,
        head_file: HeadFile,
        reader: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._key = key
        self._clock = clock
        self._head_file = head_file
        self._reader = reader
        self._pending: JournalHead | None = None
        self.outside = OutsideHead.MATCHED

    def append(self, connection: Connection, kind: str, payload: bytes) -> JournalHead:
        """Add an entry in the caller's writer transaction and return the new head.

        ``kind`` says what happened (``visit.saved``); of ``payload``, the canonical bytes of the change, only
        the SHA-256 is kept.
        """
        last = _newest(connection)
        at = self._clock.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        seq, prev = last.seq + 1, bytes.fromhex(last.hash)
        payload_hash = hashlib.sha256(payload).digest()
        digest = self._hash(seq, at, kind, payload_hash, prev)
        connection.exec_driver_sql(
            "INSERT INTO vault_journal (seq, at, kind, payload_hash, prev, hash) VALUES (?, ?, ?, ?, ?, ?)",
            (seq, at, kind, payload_hash, prev, digest),
        )
        self._pending = JournalHead(seq, digest.hex())
        return self._pending

    def head(self) -> JournalHead:
        """Return the newest committed entry (seq 0 when there is none)."""
        with self._reader() as connection:
            return _newest(connection)

    def remembered(self) -> JournalHead | None:
        """Return the head kept outside the vault's folder, if any."""
        remembered = self._head_file.read()
        return None if remembered is None else remembered.head

    def verify(self) -> None:
        """Check the whole chain and the head outside. Raises VAULT-012 at a break, VAULT-011 for an old database.

        Reads every entry: 0.6 s for 100,000 on a 2-core cloud machine.
        """
        with self._reader() as connection:
            expected_seq, prev = 1, bytes(32)
            for row in connection.exec_driver_sql(f"{_COLUMNS} ORDER BY seq"):
                if row[0] != expected_seq or row[4] != prev or not self._intact(row):
                    raise JOURNAL_BROKEN(seq=expected_seq)
                expected_seq, prev = expected_seq + 1, row[5]
            self._compare(connection)

    def verify_head(self) -> OutsideHead:
        """Check the newest entry and the head outside, in constant time; what opening a vault does.

        Raises VAULT-011 for an old database put back, VAULT-012 when the newest entry is broken.
        """
        with self._reader() as connection:
            newest = connection.exec_driver_sql(f"{_COLUMNS} ORDER BY seq DESC LIMIT 1").first()
            if newest is not None and not self._intact(newest):
                raise JOURNAL_BROKEN(seq=newest[0])
            self.outside = self._compare(connection)
        return self.outside

    def accept_changed(self, connection: Connection, reason: str) -> JournalHead:
        """Record that a person chose to go on with data this laptop did not leave like that.

        ``reason`` is the code of the error they were shown; the entry names the head that was remembered.
        """
        remembered = self.remembered() or _NONE_YET
        payload = json.dumps({"seq": remembered.seq, "hash": remembered.hash}, sort_keys=True).encode()
        return self.append(connection, f"vault.change_accepted:{reason}:{remembered.seq}", payload)

    def catch_up(self) -> None:
        """Remember the newest committed entry outside: after a crash between the two, or on a new machine."""
        self._remember(self.head())

    def transaction_began(self) -> None:
        """Say outside, durably and before anything can be committed, that the database is in use.

        Costs a write once a session. If it fails the save goes on: the guard must not cost a person's work, and
        the next opening will ask.
        """
        self._pending = None
        remembered = self._head_file.read()
        if remembered is not None and remembered.at_rest is not None:
            self._remember(remembered.head)

    def is_at_rest(self) -> bool:
        """Return whether a digest at rest stands: nothing was written since the vault was closed in good order."""
        remembered = self._head_file.read()
        return remembered is not None and remembered.at_rest is not None

    def put_to_rest(self, connection: Connection, digest: bytes) -> None:
        """Remember, with the newest entry, the digest of the database file as it is left. Raises OSError."""
        self._head_file.write(_newest(connection), at_rest=digest)

    def transaction_committed(self) -> None:
        """Carry the new head outside. A failure is noted, not raised: the change itself is saved."""
        if self._pending is not None:
            self._remember(self._pending)
        self._pending = None

    def _remember(self, head: JournalHead) -> None:
        try:
            self._head_file.write(head)
        except OSError as error:
            self.outside = OutsideHead.STALE
            logger("vault").warning("the journal head was not written outside: %s", type(error).__name__)
        else:
            if self.outside is OutsideHead.STALE:
                self.outside = OutsideHead.MATCHED

    def _compare(self, connection: Connection) -> OutsideHead:
        remembered = self.remembered()
        if remembered is None:
            return OutsideHead.ABSENT
        newest = _newest(connection)
        if remembered == newest:
            return OutsideHead.MATCHED
        row = connection.exec_driver_sql(
            "SELECT hash FROM vault_journal WHERE seq = ?", (remembered.seq,)
        ).first()
        if row is None or row[0].hex() != remembered.hash:
            raise ROLLED_BACK(expected=remembered.seq, found=newest.seq)
        return OutsideHead.BEHIND

    def _intact(self, row: Any) -> bool:
        seq, at, kind, payload_hash, prev, digest = row
        return hmac.compare_digest(digest, self._hash(seq, at, kind, payload_hash, prev))

    def _hash(self, seq: int, at: str, kind: str, payload_hash: bytes, prev: bytes) -> bytes:
        parts = (struct.pack(">Q", seq), at.encode(), kind.encode(), payload_hash, prev)
        framed = b"".join(struct.pack(">I", len(part)) + part for part in parts)
        return hmac.digest(self._key, b"entry\x00" + framed, "sha256")


def _newest(connection: Connection) -> JournalHead:
    row = connection.exec_driver_sql("SELECT seq, hash FROM vault_journal ORDER BY seq DESC LIMIT 1").first()
    return _NONE_YET if row is None else JournalHead(row[0], row[1].hex())
