from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from fieldapp.common.errors import KnownError
from fieldapp.vault import Vault, cipher, sqlite_utils_database
from tests.vault.conftest import Home, add_note, notes


def test_what_was_written_is_there_after_closing_and_opening(home: Home) -> None:
    with home.create() as vault:
        with vault.writer() as connection:
            connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        add_note(vault, "张三户，饮水安全")
    with home.open() as vault:
        assert notes(vault) == ["张三户，饮水安全"]
        assert vault.vault_id == "laptop-1"
        assert vault.folder == home.folder


def test_a_block_that_raises_leaves_nothing_behind(vault: Vault) -> None:
    before = vault.journal.head()

    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES ('lost')")
        vault.journal.append(connection, "note.added", b"lost")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), vault.writer() as connection:
        fail(connection)
    assert notes(vault) == []
    assert vault.journal.head() == before == vault.journal.remembered()
    vault.journal.verify()


def test_a_broken_rule_of_the_tables_is_not_disguised_and_shows_no_values(vault: Vault) -> None:
    add_note(vault, "李四")
    with pytest.raises(IntegrityError) as error:
        add_note(vault, "李四")
    assert "李四" not in str(error.value)


def test_a_reader_cannot_write(vault: Vault) -> None:
    with pytest.raises((OperationalError, KnownError)), vault.reader() as connection:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES ('x')")
    assert notes(vault) == []


def test_a_reader_sees_one_state_while_a_writer_commits(vault: Vault) -> None:
    add_note(vault, "一")
    with vault.reader() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 1
        add_note(vault, "二")
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 1
    assert len(notes(vault)) == 2


def test_writers_of_several_threads_wait_for_each_other(vault: Vault) -> None:
    def work(name: str) -> None:
        for number in range(10):
            add_note(vault, f"{name}-{number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(notes(vault)) == 40
    assert vault.journal.head().seq == 41
    vault.journal.verify()


def test_a_writer_inside_a_writer_is_a_bug_and_says_so(vault: Vault) -> None:
    with vault.writer(), pytest.raises(RuntimeError, match="inside"), vault.writer():
        pass
    add_note(vault, "still works")


def test_many_readers_at_once_are_served(vault: Vault) -> None:
    add_note(vault, "一")
    seen: list[int] = []

    def read() -> None:
        for _ in range(20):
            seen.append(len(notes(vault)))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert seen == [1] * 160


def test_the_promised_settings_are_in_force(vault: Vault) -> None:
    wanted = {
        "temp_store": 2,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "cache_size": -65536,
    }
    with vault.writer() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert str(connection.exec_driver_sql("PRAGMA cipher_version").scalar()).startswith("4.")
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 0
    assert found == wanted
    with vault.reader() as connection:
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_sqlite_utils_shares_the_transaction_and_adds_columns(vault: Vault) -> None:
    def fail(connection: Connection) -> None:
        sqlite_utils_database(connection).table("loaded").insert_all([{"id": n} for n in range(3)], pk="id")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), vault.writer() as connection:
        fail(connection)
    with vault.writer() as connection:
        database = sqlite_utils_database(connection)
        assert "loaded" not in database.table_names()
        database.table("loaded").insert({"id": 1, "name": "张三"}, pk="id")
        database.table("loaded").insert({"id": 2, "phone": "1"}, alter=True)
    with vault.reader() as connection:
        assert sqlite_utils_database(connection)["loaded"].columns_dict == {
            "id": int,
            "name": str,
            "phone": str,
        }


def test_foreign_keys_can_be_off_for_a_migration_and_are_checked_at_its_end(vault: Vault) -> None:
    with vault.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE child (note INTEGER REFERENCES note (id) ON DELETE CASCADE)")
        connection.exec_driver_sql("INSERT INTO note (id, text) VALUES (1, 'parent')")
        connection.exec_driver_sql("INSERT INTO child VALUES (1)")
    with vault.writer(foreign_keys=False) as connection:
        connection.exec_driver_sql("CREATE TABLE rebuilt (id INTEGER PRIMARY KEY, text TEXT)")
        connection.exec_driver_sql("INSERT INTO rebuilt SELECT * FROM note")
        connection.exec_driver_sql("DROP TABLE note")
        connection.exec_driver_sql("ALTER TABLE rebuilt RENAME TO note")
    with vault.reader() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1
    with (
        pytest.raises(RuntimeError, match="broken references"),
        vault.writer(foreign_keys=False) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM note")
    with vault.writer() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert notes(vault) == ["parent"]


def test_a_closed_vault_says_it_is_locked(home: Home) -> None:
    vault = home.create()
    vault.close()
    vault.close()
    for use in (vault.reader, vault.writer):
        with pytest.raises(KnownError) as error, use():
            pass
        assert error.value.code == "VAULT-025"
    for refused in (
        lambda: vault.backup_to(home.path / "b"),
        lambda: vault.attachments,
        lambda: vault.drafts,
        vault.integrity,
        vault.journal.head,
    ):
        with pytest.raises(KnownError, match="VAULT-025"):
            refused()
    assert "closed" in repr(vault)


def test_closing_folds_the_wal_in(home: Home) -> None:
    home.create().close()
    assert sorted(path.name for path in home.folder.iterdir()) == [
        "keyslots.copy.json",
        "keyslots.json",
        "register.db",
    ]


def test_a_database_held_by_another_program_is_a_known_error(
    vault: Vault, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "_BUSY_TIMEOUT_S", 0.1)
    other = home.open()
    try:
        with vault.writer(), pytest.raises(KnownError) as error, other.writer():
            pass
        assert error.value.code == "VAULT-013"
    finally:
        other.close()


def test_a_full_disk_is_a_known_error_and_loses_nothing_before(vault: Vault) -> None:
    add_note(vault, "saved")
    with vault.writer() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(KnownError) as error:
        add_note(vault, "x" * 100_000)
    assert error.value.code == "DISK-001"
    assert notes(vault) == ["saved"]
    with vault.writer() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    add_note(vault, "space is back")
    vault.journal.verify()


def test_nothing_secret_is_in_the_text_of_a_vault(vault: Vault, tmp_path: Path) -> None:
    text = repr(vault) + repr(vars(vault))
    assert vault._keys.database.hex() not in text
    assert repr(vault._keys.database) not in text
