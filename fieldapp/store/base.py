"""What every part of the store shares: the vault, whose laptop this is, the clock, and the two doors to the data."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from fieldapp.common.clock import Clock
from fieldapp.common.ids import IdSource
from fieldapp.register.schema import RegisterSchema
from fieldapp.tables import history, register
from fieldapp.vault import Vault

__all__ = ["FACTS", "FIELD_STATES", "Site", "StoreBase", "raw", "table_of"]

#: The register's tables as Core tables, by list (and ``areas``, ``staff``, ``units``).
_TABLES: dict[str, Table] = {
    name: SQLModel.metadata.tables[name] for name in (*register.TABLES, "areas", "staff", "units")
}
FACTS = SQLModel.metadata.tables[str(history.FactRow.__tablename__)]
FIELD_STATES = SQLModel.metadata.tables[str(history.FieldStateRow.__tablename__)]


def table_of(name: str) -> Table:
    """Return the table of a list. Raises KeyError for a list the register does not have."""
    return _TABLES[name]


def raw(connection: Connection) -> Any:
    """Return the driver's own connection, for queries whose thousands of rows need no wrapping."""
    return connection.connection.driver_connection


@dataclass(frozen=True, slots=True)
class Site:
    """Whose data this is: the county, this device's writer id, and the register's schema."""

    county_code: str
    device: str
    schema: RegisterSchema


class StoreBase:
    """The vault with its doors. Parts of the store inherit it."""

    def __init__(self, vault: Vault, site: Site, clock: Clock, ids: IdSource) -> None:
        self.vault = vault
        self.site = site
        self._clock = clock
        self._ids = ids

    @contextlib.contextmanager
    def _write(self) -> Iterator[Connection]:
        """The one writer, in a transaction. Raises DISK-001 and the vault's errors; then nothing was done."""
        with self.vault.writer() as connection:
            yield connection

    @contextlib.contextmanager
    def _read(self) -> Iterator[Connection]:
        with self.vault.reader() as connection:
            yield connection

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
