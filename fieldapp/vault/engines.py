"""SQLAlchemy over the encrypted file: one writer connection, a small pool of readers that cannot write.

``poolclass`` is given because ``create_engine("sqlite://", creator=…)`` would silently pick a pool meant for
in-memory databases. Parameters are hidden from exception texts: they are people's data.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from fieldapp.vault.cipher import connect

__all__ = ["READERS_AT_REST", "reader_engine", "writer_engine"]

#: Readers kept open; up to ``_MORE_READERS`` more are opened in a rush and closed after use.
READERS_AT_REST = 2
_MORE_READERS = 6
_WAIT_FOR_READER_S = 30.0


def writer_engine(path: Path, key: bytes) -> Engine:
    """Return the engine of the one writer; its transactions begin IMMEDIATE, so a lock shows at the start."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(connect, path, key),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader_engine(path: Path, key: bytes) -> Engine:
    """Return the engine of the readers; a block of reads sees one state of the data."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(connect, path, key, query_only=True),
        poolclass=QueuePool,
        pool_size=READERS_AT_REST,
        max_overflow=_MORE_READERS,
        pool_timeout=_WAIT_FOR_READER_S,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
