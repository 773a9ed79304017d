"""Bringing a county's database up to the tables of this program: before it serves, in one transaction, old or new."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, update
from sqlmodel import SQLModel

from fieldapp.county.database import Database
from fieldapp.county.tables import SchemaRow, county_tables, table_of

__all__ = ["NEWEST", "OLDER", "bring_up"]

#: The version of the tables that this program writes.
NEWEST = 2


def _to_2(connection: Connection) -> None:
    """The register's further lists and units are new tables; the area tree is dated; cadres have a post."""
    SQLModel.metadata.create_all(connection, tables=county_tables())
    for name in ("valid_from", "valid_to", "successor"):
        connection.exec_driver_sql(f"ALTER TABLE areas ADD COLUMN {name} VARCHAR NOT NULL DEFAULT ''")
    connection.exec_driver_sql("ALTER TABLE staff ADD COLUMN post VARCHAR NOT NULL DEFAULT ''")


_STEPS: Mapping[int, Callable[[Connection], None]] = {2: _to_2}
#: The versions that can be brought up.
OLDER = frozenset(version - 1 for version in _STEPS)


def bring_up(database: Database, county_code: str, found: int, now: str) -> None:
    """Run the steps from version ``found`` to the newest. ``now`` is noted beside the version."""
    with database.write() as connection:
        for version in range(found + 1, NEWEST + 1):
            _STEPS[version](connection)
        table = table_of(SchemaRow)
        connection.execute(
            update(table).where(table.c.county_code == county_code).values(version=NEWEST, migrated_at=now)
        )
