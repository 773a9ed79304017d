"""The county's database: SQLite in one file by default, PostgreSQL by its address; the same code on both.

The SQLite file is SQLCipher's (a newer SQLite than the operating system brings, and the register is encrypted at
rest). A read-then-write transaction in WAL mode cannot wait for its lock when it began as a reader, so writers say
so at once: ``BEGIN IMMEDIATE``, one at a time. A PostgreSQL is protected by its own host.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2
from sqlmodel import SQLModel

from fieldapp.county.errors import DATABASE_DOWN
from fieldapp.county.tables import county_tables, table_of
from fieldapp.wire.problems import BUSY, STORAGE_FULL

__all__ = ["Database", "open_postgresql", "open_sqlite"]

_KEY_BYTES = 32
_BUSY_S = 10.0
_BUSY_RETRY_S = 5
_READERS = 8
#: From so many rows on it pays to write them past SQLAlchemy.
_MANY = 20
#: As SQLAlchemy's JSON columns write it, so that the same value is the same text by either way.
_json = json.JSONEncoder().encode


class Database:
    """Transactions on one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._single_writer = threading.Lock() if engine.dialect.name == "sqlite" else None

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection in a write transaction: committed at the end, rolled back on an error.

        Raises storage-full, busy or COUNTY-009 for what the environment does.
        """
        with (
            self._single_writer or contextlib.nullcontext(),
            _known_errors(),
            self.engine.connect() as connection,
        ):
            writing = connection.execution_options(fieldapp_begin="BEGIN IMMEDIATE")
            with writing.begin():
                yield writing

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection in a read transaction: one unchanging picture."""
        with _known_errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    def insert_one(self, connection: Connection, model: type[SQLModel], row: dict[str, Any]) -> bool:
        """Insert a row unless its key is there; tell whether it was new.

        The row itself is asked back: psycopg gives no row count for such an insert (-1), which reads as “new”.
        """
        table = table_of(model)
        statement = self._insert(table).values(row).on_conflict_do_nothing()
        key = next(iter(table.primary_key.columns))
        return connection.execute(statement.returning(key)).first() is not None

    def insert_new(self, connection: Connection, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
        """Insert the rows whose key is not there yet."""
        if rows:
            self._many(
                connection, table_of(model), self._insert(table_of(model)).on_conflict_do_nothing(), rows
            )

    def upsert(self, connection: Connection, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
        """Insert the rows, replacing all other columns where the key is there."""
        if not rows:
            return
        table = table_of(model)
        statement = self._insert(table)
        keys = list(table.primary_key.columns)
        others = {name: statement.excluded[name] for name in rows[0] if not table.columns[name].primary_key}
        self._many(connection, table, statement.on_conflict_do_update(index_elements=keys, set_=others), rows)

    def _many(self, connection: Connection, table: Table, statement: Any, rows: list[dict[str, Any]]) -> None:
        """Write many rows. SQLite's driver takes them as they are; SQLAlchemy's own way takes thrice the time."""
        if self.engine.dialect.name != "sqlite" or len(rows) < _MANY:
            connection.execute(statement, rows)
            return
        names = list(rows[0])
        compiled = statement.compile(dialect=self.engine.dialect, column_keys=names)
        order = [str(name) for name in compiled.positiontup]
        is_json = [isinstance(table.columns[name].type, JSON) for name in order]
        taken = [
            tuple(
                _json(row[name]) if json_column else row[name]
                for name, json_column in zip(order, is_json, strict=True)
            )
            for row in rows
        ]
        connection.exec_driver_sql(str(compiled), taken)

    def create_tables(self) -> None:
        """Create every table that is not there."""
        with self.write() as connection:
            SQLModel.metadata.create_all(connection, tables=county_tables())

    def close(self) -> None:
        self.engine.dispose()

    def _insert(self, table: Table) -> Any:
        return (postgresql if self.engine.dialect.name == "postgresql" else sqlite).insert(table)


def open_sqlite(path: Path, key: bytes) -> Database:
    """Open or create the encrypted SQLite file at ``path``."""
    if len(key) != _KEY_BYTES:
        raise ValueError("the database key must have 32 bytes")

    def connect() -> Any:
        raw = dbapi2.connect(str(path), timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
        raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute("PRAGMA temp_store=MEMORY")
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA cache_size=-65536")
        return raw

    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, pool_size=_READERS, max_overflow=32
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("fieldapp_begin", "BEGIN"))

    return Database(engine)


def open_postgresql(url: str) -> Database:
    """Open a PostgreSQL database by its SQLAlchemy address (``postgresql+psycopg://…``)."""
    return Database(
        create_engine(url, poolclass=QueuePool, pool_size=_READERS, max_overflow=32, pool_pre_ping=True)
    )


@contextlib.contextmanager
def _known_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        text = _told(error)
        if "disk is full" in text or "no space" in text:
            raise STORAGE_FULL() from error
        if "locked" in text or "busy" in text or "deadlock" in text:
            raise BUSY(retry_after_s=_BUSY_RETRY_S, extra={"retry_after": _BUSY_RETRY_S}) from error
        if error.connection_invalidated or "connection" in text or "unable to open" in text:
            raise DATABASE_DOWN() from error
        raise
    except DBAPIError as error:
        if "file is not a database" in str(error.orig):
            raise DATABASE_DOWN() from error
        raise


def _told(error: OperationalError) -> str:
    """Return what the database said, first cause included.

    A full disk ends SQLite's whole transaction; undoing a savepoint then fails in its turn and would hide why.
    """
    texts = []
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, DBAPIError):
            texts.append(str(cause.orig).lower())
        cause = cause.__cause__ if isinstance(cause.__cause__, DBAPIError) else cause.__context__
    return " ".join(texts)
