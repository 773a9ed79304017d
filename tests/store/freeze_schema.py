"""Freezes the newest schema: ``python -m tests.store.freeze_schema`` writes ``tests/fixtures/schema/<revision>.db``.

The file is plain and empty. A released one is never written again: a changed revision would be a schema that no
laptop has. Run it when a new revision is added.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from fieldapp.store.migrations.chain import upgrade
from fieldapp.store.schema import NEWEST

__all__ = ["SCHEMAS", "freeze", "schema_of"]

SCHEMAS = Path(__file__).parents[1] / "fixtures" / "schema"


def schema_of(raw: Any) -> dict[str, str | None]:
    """Return every statement of a schema by the kind and name of what it makes, the vault's own journal left out."""
    rows = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE tbl_name != 'vault_journal'")
    return {f"{kind} {name}": sql for kind, name, sql in rows.fetchall()}


def freeze(path: Path) -> None:
    """Write the newest schema to a new file. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise FileExistsError(path)
    engine = create_engine(
        "sqlite://", creator=lambda: dbapi2.connect(str(path)), module=dbapi2, poolclass=NullPool
    )
    with engine.begin() as connection:
        upgrade(connection)
    raw = dbapi2.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA page_size = 512")  # most of the pages hold nothing
    raw.execute("VACUUM")
    raw.close()


if __name__ == "__main__":
    target = SCHEMAS / f"{NEWEST}.db"
    freeze(target)
    sys.stdout.write(f"{target}\n")
