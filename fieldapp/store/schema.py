"""Is the schema in the vault the one this program knows? Made when new, brought up when older, refused when newer."""

from __future__ import annotations

from sqlalchemy import Connection

from fieldapp.store.errors import NEWER_SCHEMA
from fieldapp.vault import Vault

__all__ = ["NEWEST", "OLDER", "ensure_schema", "schema_revision"]

#: The revision this program writes, and the ones it can bring up. (Alembic itself is loaded only when there is work:
#: it would cost half of the time a vault takes to open.)
NEWEST = "002"
OLDER: tuple[str, ...] = ("001",)


def schema_revision(connection: Connection) -> str | None:
    """Return the revision of the database; None when it has no schema yet."""
    made = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
    if made is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def ensure_schema(vault: Vault) -> None:
    """Make or bring up the schema. Raises STORE-001 for one of a newer program, and leaves it alone."""
    with vault.reader() as connection:
        found = schema_revision(connection)
    if found == NEWEST:
        return
    if found is not None and found not in OLDER:
        raise NEWER_SCHEMA(found=found, known=NEWEST)
    from fieldapp.store.migrations.chain import upgrade

    with vault.writer(foreign_keys=False) as connection:
        upgrade(connection)
        vault.journal.append(connection, "store.migrated", f"{found or ''}>{NEWEST}".encode())
