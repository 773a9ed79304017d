from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from fieldapp.common.errors import KnownError
from fieldapp.vault import JournalHead, OutsideHead, Vault
from fieldapp.vault.headfile import HeadFile
from tests.vault.conftest import Home, add_note, unhurried

KEY = b"k" * 32
DIGESTS = st.binary(min_size=32, max_size=32)


def test_entries_are_numbered_chained_and_hold_no_payload(vault: Vault) -> None:
    first = vault.journal.head()
    with vault.writer() as connection:
        second = vault.journal.append(connection, "visit.saved", "张三".encode())
        third = vault.journal.append(connection, "visit.saved", b"b")
    assert (first.seq, second.seq, third.seq) == (1, 2, 3)
    assert vault.journal.head() == third == vault.journal.remembered()
    with vault.reader() as connection:
        rows = connection.exec_driver_sql(
            "SELECT seq, at, kind, payload_hash, prev, hash FROM vault_journal"
        ).all()
    assert [row[4].hex() for row in rows[1:]] == [row[5].hex() for row in rows[:-1]]
    assert rows[1][1:4] == (
        "2026-11-22T08:30:00.000Z",
        "visit.saved",
        hashlib.sha256("张三".encode()).digest(),
    )
    vault.journal.verify()


def test_entries_can_neither_be_changed_nor_removed_by_a_slip(vault: Vault) -> None:
    for statement in (
        "UPDATE vault_journal SET kind = 'x'",
        "DELETE FROM vault_journal",
    ):
        with pytest.raises(DBAPIError, match="only added to"), vault.writer() as connection:
            connection.exec_driver_sql(statement)
    vault.journal.verify()


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE vault_journal SET kind = 'visit.forged' WHERE seq = 3", 3),
        ("UPDATE vault_journal SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2", 2),
        ("UPDATE vault_journal SET payload_hash = zeroblob(32) WHERE seq = 4", 4),
        ("UPDATE vault_journal SET hash = zeroblob(32) WHERE seq = 2", 2),
        ("DELETE FROM vault_journal WHERE seq = 3", 3),
        ("DELETE FROM vault_journal WHERE seq = 1", 1),
        ("UPDATE vault_journal SET seq = 100 WHERE seq = 5", 5),
    ],
)
def test_a_changed_entry_is_found_and_named(vault: Vault, statement: str, seq: int) -> None:
    for text in "abcd":
        add_note(vault, text)
    with vault.writer() as connection:
        connection.exec_driver_sql("DROP TRIGGER vault_journal_no_update")
        connection.exec_driver_sql("DROP TRIGGER vault_journal_no_delete")
        connection.exec_driver_sql(statement)
    with pytest.raises(KnownError) as error:
        vault.journal.verify()
    assert (error.value.code, error.value.details["seq"]) == ("VAULT-012", seq)
    assert [problem.code for problem in vault.integrity().problems] == ["VAULT-012"]


def test_the_newest_entries_cut_off_are_found_by_the_head_outside(vault: Vault) -> None:
    for text in "abc":
        add_note(vault, text)
    with vault.writer() as connection:
        connection.exec_driver_sql("DROP TRIGGER vault_journal_no_delete")
        connection.exec_driver_sql("DELETE FROM vault_journal WHERE seq = 4")
    for check in (vault.journal.verify, vault.journal.verify_head):
        with pytest.raises(KnownError) as error:
            check()
        assert (error.value.code, error.value.details) == ("VAULT-011", {"expected": 4, "found": 3})


def test_a_crash_between_commit_and_head_is_ordinary(home: Home) -> None:
    vault = home.create()
    head_file = next(home.state.glob("head-*"))
    before = head_file.read_bytes()
    with vault.writer() as connection:
        vault.journal.append(connection, "note.added", b"a")
    head_file.write_bytes(before)
    vault._trusted = False  # a killed process puts nothing to rest
    vault.close()
    with home.open() as vault:
        assert vault.journal.outside is OutsideHead.BEHIND
        assert vault.journal.remembered() == vault.journal.head()


def test_a_failed_block_leaves_no_head_behind_for_the_next(vault: Vault) -> None:
    def fail() -> None:
        with vault.writer() as connection:
            vault.journal.append(connection, "note.added", b"a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with vault.writer() as connection:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES ('no entry')")
    assert vault.journal.remembered() == vault.journal.head() == JournalHead(1, vault.journal.head().hash)


@unhurried
@given(heads=st.lists(st.tuples(st.integers(0, 2**63), DIGESTS), min_size=1, max_size=6))
def test_the_head_file_gives_back_the_last_head(
    tmp_path_factory: pytest.TempPathFactory, heads: list[tuple[int, bytes]]
) -> None:
    path = tmp_path_factory.mktemp("head") / "head.bin"
    for seq, digest in heads:
        HeadFile(path, KEY).write(JournalHead(seq, digest.hex()))
    seq, digest = heads[-1]
    remembered = HeadFile(path, KEY).read()
    assert remembered is not None
    assert remembered.head == JournalHead(seq, digest.hex())
    assert remembered.at_rest is None
    assert path.stat().st_size == 8192


def test_a_torn_write_leaves_the_head_before(tmp_path: Path) -> None:
    path = tmp_path / "head.bin"
    file = HeadFile(path, KEY)
    heads = [JournalHead(seq, f"{seq:064x}") for seq in range(1, 8)]
    for head, before in zip(heads[1:], heads, strict=False):
        file.write(before)
        old = path.read_bytes()
        file.write(head)
        new = path.read_bytes()
        changed = [n for n in range(len(new)) if new[n] != old[n]]
        for cut in (changed[0] + 1, changed[len(changed) // 2], changed[-1]):
            path.write_bytes(new[:cut] + old[cut:])
            found = file.read()
            assert found is not None
            assert found.head in (before, head)
            assert found.head == before or path.read_bytes() == new
        path.write_bytes(new)


@unhurried
@given(position=st.integers(0, 8191), bit=st.integers(0, 7))
def test_a_forged_or_foreign_head_is_not_believed(
    tmp_path_factory: pytest.TempPathFactory, position: int, bit: int
) -> None:
    path = tmp_path_factory.mktemp("head") / "head.bin"
    head = JournalHead(5, "ab" * 32)
    HeadFile(path, KEY).write(head)
    content = bytearray(path.read_bytes())
    content[position] ^= 1 << bit
    path.write_bytes(content)
    found = HeadFile(path, KEY).read()
    assert found is None or found.head == head
    assert HeadFile(path, b"x" * 32).read() is None
