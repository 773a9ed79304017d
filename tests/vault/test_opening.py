from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.vault import OutsideHead, create_vault, vault_exists
from tests.vault.conftest import CHEAP, PASSWORD, Home, add_note, notes


def refused(home: Home, password: str = PASSWORD) -> str:
    """Try to open and return the code of the refusal."""
    with pytest.raises(KnownError) as error:
        home.open(password)
    assert not password or password not in str(error.value)
    return error.value.code


def test_a_vault_exists_once_it_was_made(home: Home) -> None:
    assert not vault_exists(home.folder)
    home.create().close()
    assert vault_exists(home.folder)
    assert refused(Home(home.path / "elsewhere", home.clock)) == "VAULT-002"


def test_nothing_that_is_there_is_written_over(home: Home) -> None:
    home.create().close()
    before = {path.name: path.read_bytes() for path in home.folder.iterdir()}
    with pytest.raises(KnownError) as error:
        home.create()
    assert error.value.code == "VAULT-001"
    assert {path.name: path.read_bytes() for path in home.folder.iterdir()} == before


@pytest.mark.parametrize("name", ["register.db", "keyslots.json", "照片.jpg"])
def test_a_folder_with_remains_or_other_files_is_refused(home: Home, name: str) -> None:
    home.folder.mkdir()
    (home.folder / name).write_bytes(b"")
    with pytest.raises(KnownError) as error:
        home.create()
    assert error.value.code == "VAULT-001"


def test_an_empty_folder_and_the_remains_of_a_crash_are_fine(home: Home) -> None:
    home.folder.mkdir()
    unfinished = home.folder.with_name(home.folder.name + ".making")
    unfinished.mkdir()
    (unfinished / "register.db").write_bytes(b"half")
    home.create().close()
    home.open().close()
    assert not unfinished.exists()


def test_a_wrong_password_opens_nothing(home: Home) -> None:
    home.create().close()
    assert refused(home, "襄城-走访2025") == "VAULT-003"
    assert refused(home, "") == "VAULT-019"
    home.open().close()


def test_a_password_typed_in_full_width_is_the_same_password(home: Home) -> None:
    home.create().close()
    home.open("襄城－走访２０２６").close()


def test_an_empty_password_makes_no_vault(home: Home) -> None:
    with pytest.raises(KnownError) as error:
        create_vault(
            home.folder,
            password="",
            recovery_public_key=None,
            vault_id="v",
            clock=home.clock,
            state_dir=home.state,
            cost=CHEAP,
        )
    assert error.value.code == "VAULT-019"
    assert not vault_exists(home.folder)


def test_a_plain_database_is_refused_and_left_alone(home: Home) -> None:
    home.create().close()
    database = home.folder / "register.db"
    database.unlink()
    with closing(sqlite3.connect(database)) as plain:
        plain.execute("CREATE TABLE note (text)")
        plain.commit()
    before = database.read_bytes()
    assert refused(home) == "VAULT-009"
    assert database.read_bytes() == before


def test_another_vaults_database_is_refused_and_left_alone(home: Home) -> None:
    home.create().close()
    other = Home(home.path / "李四", home.clock)
    other.path.mkdir()
    other.create(vault_id="laptop-2").close()
    shutil.copy(other.folder / "register.db", home.folder / "register.db")
    before = (home.folder / "register.db").read_bytes()
    assert refused(home) == "VAULT-010"
    assert (home.folder / "register.db").read_bytes() == before


def test_a_missing_database_is_not_replaced_by_an_empty_one(home: Home) -> None:
    home.create().close()
    (home.folder / "register.db").unlink()
    assert refused(home) == "VAULT-008"
    assert not (home.folder / "register.db").exists()


def test_missing_keys_are_named(home: Home) -> None:
    home.create().close()
    for name in ("keyslots.json", "keyslots.copy.json"):
        (home.folder / name).unlink()
    assert refused(home) == "VAULT-007"
    assert vault_exists(home.folder)


def test_an_old_database_put_back_is_found(home: Home) -> None:
    vault = home.create()
    with vault.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    add_note(vault, "一")
    vault.close()
    old = (home.folder / "register.db").read_bytes()
    with home.open() as vault:
        add_note(vault, "二")
    (home.folder / "register.db").write_bytes(old)
    assert refused(home) == "VAULT-011"
    assert refused(home) == "VAULT-011", "a refused opening must not make the old state the remembered one"


def test_an_old_database_put_back_after_a_crash_is_found(home: Home) -> None:
    vault = home.create()
    with vault.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    old = home.path / "old"
    shutil.copytree(home.folder, old)
    add_note(vault, "一")
    crashed = home.path / "crashed"
    shutil.copytree(
        home.folder, crashed
    )  # as a killed process leaves it: the WAL not folded in, no digest at rest
    state = {path: path.read_bytes() for path in home.state.iterdir()}
    vault.close()
    for path, content in state.items():
        path.write_bytes(content)
    shutil.rmtree(home.folder)
    shutil.copytree(old, home.folder)
    assert refused(home) == "VAULT-011"
    assert refused(home) == "VAULT-011"
    shutil.rmtree(home.folder)
    shutil.copytree(crashed, home.folder)
    with home.open() as vault:
        assert notes(vault) == ["一"]


def test_an_old_page_put_back_is_found_although_every_check_of_the_database_passes(home: Home) -> None:
    with home.create() as vault, vault.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE pad (id INTEGER PRIMARY KEY, value TEXT, filler TEXT)")
        for number in range(60):
            row = (number, "低保", "x" * 400)
            connection.exec_driver_sql("INSERT INTO pad VALUES (?, ?, ?)", row)
    database = home.folder / "register.db"
    old = database.read_bytes()
    with home.open() as vault, vault.writer() as connection:
        connection.exec_driver_sql("UPDATE pad SET value = '退出' WHERE id = 30")
    new = database.read_bytes()
    assert len(new) == len(old)
    changed = [n for n in range(0, len(new), 4096) if new[n : n + 4096] != old[n : n + 4096] and n > 0]
    assert changed
    start = changed[0]
    database.write_bytes(new[:start] + old[start : start + 4096] + new[start + 4096 :])
    assert refused(home) == "VAULT-026"
    assert refused(home) == "VAULT-026"
    database.write_bytes(new)
    home.open().close()


def test_an_old_wal_put_back_is_found(home: Home) -> None:
    vault = home.create()
    with vault.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    add_note(vault, "一")
    wal = home.folder / "register.db-wal"
    old = wal.read_bytes()
    assert old
    add_note(vault, "二")
    vault.close()
    wal.write_bytes(old)
    assert refused(home) in {"VAULT-011", "VAULT-026"}


def test_older_data_can_be_taken_on_knowingly_and_that_is_recorded(home: Home) -> None:
    vault = home.create()
    with vault.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    add_note(vault, "一")
    vault.close()
    old = (home.folder / "register.db").read_bytes()
    with home.open() as vault:
        add_note(vault, "二")
        lost = vault.journal.head()
    (home.folder / "register.db").write_bytes(old)
    with home.open(accept_changed=True) as vault:
        assert notes(vault) == ["一"]
        with vault.reader() as connection:
            kinds = connection.exec_driver_sql("SELECT kind FROM vault_journal").scalars().all()
        assert kinds[-1] == f"vault.change_accepted:VAULT-011:{lost.seq}"
        assert vault.integrity().ok
    with home.open() as vault:
        assert vault.journal.outside is OutsideHead.MATCHED


def test_a_cleared_state_folder_locks_nobody_out_but_is_noticed(home: Home) -> None:
    home.create().close()
    shutil.rmtree(home.state)
    with home.open() as vault:
        assert vault.journal.outside is OutsideHead.ABSENT
        assert vault.integrity().outside_head is OutsideHead.ABSENT
    with home.open() as vault:
        assert vault.journal.outside is OutsideHead.MATCHED


def test_a_state_folder_that_cannot_be_written_stops_no_save(home: Home) -> None:
    vault = home.create()
    with vault.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    shutil.rmtree(home.state)
    home.state.write_bytes(b"a file where the folder was")
    add_note(vault, "一")
    assert vault.journal.outside is OutsideHead.STALE
    assert notes(vault) == ["一"]
    vault.close()
    home.state.unlink()
    with home.open() as vault:
        assert notes(vault) == ["一"]


def test_a_vault_moved_to_another_machine_opens_by_its_password(home: Home) -> None:
    home.create().close()
    other = Home(home.path / "另一台", home.clock)
    other.path.mkdir()
    shutil.move(home.folder, other.folder)
    other.open().close()


def test_two_people_have_a_vault_each_on_one_machine(home: Home) -> None:
    first, second = (Home(home.path / name, home.clock) for name in ("张三", "李四"))
    for number, person in enumerate((first, second)):
        person.path.mkdir()
        with create_vault(
            person.folder,
            password=PASSWORD,
            recovery_public_key=None,
            vault_id=f"vault-{number}",
            clock=home.clock,
            state_dir=home.state,
            cost=CHEAP,
        ) as vault:
            assert vault.journal.head().seq == 1
    assert len(list(Path(home.state).glob("head-*"))) == 2
