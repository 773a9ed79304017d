"""What the laptop remembers by key: its identity and keys, the server, who works on it, when it last synced.

Values are JSON. They lie in the encrypted database, so private keys may be among them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import sqlite

from fieldapp.store.base import StoreBase
from fieldapp.store.tables import settings

__all__ = ["Settings", "read_setting", "write_setting"]


def read_setting(connection: Connection, key: str) -> Any:
    """Return the value of a key, None when there is none."""
    return connection.execute(select(settings.c.value).where(settings.c.key == key)).scalar()


def write_setting(connection: Connection, key: str, value: Any) -> None:
    """Set a key in the caller's transaction; None forgets it."""
    if value is None:
        connection.execute(delete(settings).where(settings.c.key == key))
        return
    row = {"key": key, "value": value}
    connection.execute(
        sqlite.insert(settings).values(row).on_conflict_do_update(index_elements=["key"], set_=row)
    )


class Settings(StoreBase):
    """Settings by key."""

    def setting(self, key: str) -> Any:
        """Return a setting's JSON value, None when it was never set."""
        with self._read() as connection:
            return read_setting(connection, key)

    def put_setting(self, key: str, value: Any) -> None:
        """Set a setting durably; None forgets it. Raises DISK-001."""
        with self._write() as connection:
            write_setting(connection, key, value)
