"""Everything in a store, to compare before and after."""

from __future__ import annotations

from typing import Any

from fieldapp.store import Store
from fieldapp.store.base import raw
from fieldapp.vault import sqlite_utils_database

__all__ = ["dump"]


def dump(store: Store) -> dict[str, list[Any]]:
    """Return every row of every table, and what the search index finds."""
    with store.vault.reader() as connection:
        database = sqlite_utils_database(connection)
        names = [name for name in database.table_names() if not name.startswith("search")]
        tables = {name: list(database.table(name).rows) for name in names}
        tables["search"] = raw(connection).execute("SELECT rowid FROM search('zhang* OR li*')").fetchall()
    return tables
