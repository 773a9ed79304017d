"""The schema: frozen per revision, equal to the tables, made in one piece, refused when newer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlcipher3 import dbapi2
from sqlmodel import SQLModel

from fieldapp.common.clock import FixedClock
from fieldapp.common.errors import KnownError
from fieldapp.store.base import FACTS, FIELD_STATES, raw, table_of
from fieldapp.store.migrations import chain, v001_laptop
from fieldapp.store.migrations.chain import REVISIONS
from fieldapp.store.schema import NEWEST, OLDER, ensure_schema, schema_revision
from fieldapp.store.tables import METADATA
from fieldapp.tables.register import TABLES
from fieldapp.vault import Vault, create_vault
from tests.store.conftest import CHEAP, Laptop, open_store
from tests.store.freeze_schema import SCHEMAS, freeze, schema_of


@pytest.fixture
def empty_vault(tmp_path: Path, laptop: Laptop) -> Vault:
    """A vault that no store has opened yet."""
    clock: FixedClock = laptop.clock
    return create_vault(
        tmp_path / "empty",
        password="p",
        recovery_public_key=None,
        vault_id="empty",
        clock=clock,
        state_dir=tmp_path / "empty-state",
        cost=CHEAP,
    )


def test_the_schema_made_by_migration_is_the_frozen_one(laptop: Laptop) -> None:
    frozen = dbapi2.connect(f"file:{SCHEMAS / f'{NEWEST}.db'}?mode=ro", uri=True)
    with laptop.vault.reader() as connection:
        assert schema_of(raw(connection)) == schema_of(frozen)
    frozen.close()


def test_every_revision_has_its_frozen_schema_and_it_is_empty() -> None:
    assert [module.revision for module in REVISIONS] == [*OLDER, NEWEST]
    for revision in (*OLDER, NEWEST):
        frozen = dbapi2.connect(f"file:{SCHEMAS / f'{revision}.db'}?mode=ro", uri=True)
        assert frozen.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision,)]
        assert frozen.execute("SELECT count(*) FROM households").fetchall() == [(0,)]
        frozen.close()


def test_a_frozen_schema_is_never_written_over(tmp_path: Path) -> None:
    freeze(tmp_path / "1.db")
    with pytest.raises(FileExistsError):
        freeze(tmp_path / "1.db")


def test_the_tables_of_the_program_are_those_of_the_migration(laptop: Laptop) -> None:
    """Types aside: SQLite knows no difference between VARCHAR and TEXT."""
    mine = {
        *METADATA.tables.values(),
        FACTS,
        FIELD_STATES,
        *map(table_of, (*TABLES, "areas", "staff", "units")),
    }

    def compared(thing: object, name: str | None, kind: str, reflected: bool, _: object) -> bool:
        if kind != "table":
            return True
        return thing in mine if not reflected else not str(name).startswith(("search", "vault_journal"))

    with laptop.vault.reader() as connection:
        options = {"include_object": compared, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, [SQLModel.metadata, METADATA]) == []  # type: ignore[arg-type]


def test_opening_a_second_time_changes_nothing_and_loads_no_migrations(laptop: Laptop) -> None:
    seq = laptop.vault.journal.head().seq
    laptop.reopen()
    assert laptop.vault.journal.head().seq == seq
    code = "import sys, fieldapp.store; print([n for n in sys.modules if n.split('.')[0] in ('alembic', 'pypinyin')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_data_of_a_newer_program_is_refused_and_left_alone(laptop: Laptop) -> None:
    with laptop.vault.writer() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '999'")
    with pytest.raises(KnownError) as caught:
        open_store(laptop.vault, laptop.clock)
    assert caught.value.code == "STORE-001"
    assert "999" in caught.value.zh
    with laptop.vault.reader() as connection:
        assert schema_revision(connection) == "999"


def test_the_data_of_another_county_is_refused(laptop: Laptop) -> None:
    with pytest.raises(KnownError) as caught:
        open_store(laptop.vault, laptop.clock, county="410182")
    assert caught.value.code == "STORE-002"


def test_a_migration_that_is_cut_off_leaves_the_old_schema(
    empty_vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut() -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(v001_laptop, "make_derived", cut)
        with pytest.raises(OSError, match="power cut"):
            ensure_schema(empty_vault)
    with empty_vault.reader() as connection:
        assert schema_revision(connection) is None
        assert schema_of(raw(connection)) == {}
    ensure_schema(empty_vault)
    with empty_vault.reader() as connection:
        assert schema_revision(connection) == NEWEST
    empty_vault.close()


def test_a_later_revision_runs_after_the_earlier_ones(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chain itself: a made-up next revision rebuilds a table without losing a row."""
    import types

    from alembic import op

    def upgrade() -> None:
        with op.batch_alter_table("settings", recreate="always") as batch:
            batch.alter_column("value", new_column_name="content")

    later = types.ModuleType("later", "Revision 003.")
    later.__dict__.update(
        revision="003", down_revision="002", branch_labels=None, depends_on=None, upgrade=upgrade
    )
    monkeypatch.setattr(chain, "REVISIONS", (*REVISIONS, later))
    with laptop.vault.writer(foreign_keys=False) as connection:
        chain.upgrade(connection)
        assert schema_revision(connection) == "003"
        assert _county(connection) == "411025"


def _county(connection: Connection) -> str:
    row = connection.exec_driver_sql("SELECT content FROM settings WHERE key = 'county_code'").one()
    return str(row[0]).strip('"')
