"""A name typed into the vault is nowhere in what it writes: not in the WAL, a draft, a backup or an open temporary."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import pytest

from fieldapp.vault import Vault, sqlite_utils_database
from fieldapp.vault.cipher import connect
from tests.vault.conftest import Home, add_note

MARKERS = ["欧阳植标", "411099199001011234", "PLANTED-MARKER"]


def forms(marker: str) -> list[bytes]:
    return [marker.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gbk", "gb18030")]


def hits(*places: Path) -> list[str]:
    """Return which files below the places hold a marker in any encoding."""
    found = []
    for path in sorted(path for place in places for path in place.rglob("*") if path.is_file()):
        if any(
            form in path.read_bytes() + os.fsencode(path.name) for marker in MARKERS for form in forms(marker)
        ):
            found.append(path.name)
    return found


def open_file_hits() -> list[str]:
    """Return which files this process has open hold a marker, unlinked temporaries included (where /proc tells)."""
    found = []
    for link in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):
            if link.stat().st_size and link.is_file():
                content = link.read_bytes()
                if any(form in content for marker in MARKERS for form in forms(marker)):
                    found.append(os.readlink(link))
    return found


def plant(vault: Vault) -> None:
    text = " ".join(MARKERS)
    with vault.writer() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE found USING fts5 (text)")
        for number in range(50):
            connection.exec_driver_sql("INSERT INTO found VALUES (?)", (f"{number} {text}",))
        sqlite_utils_database(connection).table("loaded").insert_all(
            [{"id": n, "name": text} for n in range(50)]
        )
        vault.journal.append(connection, "planted", text.encode())
    add_note(vault, text)
    vault.attachments.put("photo", text.encode() * 50)
    vault.drafts.put(text, text.encode("utf-16-le"))


def test_planted_markers_are_nowhere_in_what_is_written(
    vault: Vault, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(vault)
    assert (home.folder / "register.db-wal").stat().st_size > 0
    assert hits(tmp_path) == []
    vault.backup_to(home.path / "backup.fab")
    vault.change_password("襄城-走访2026", MARKERS[0])
    assert hits(tmp_path) == []
    vault.close()
    assert hits(tmp_path) == []
    with home.open(MARKERS[0]) as again:
        assert again.drafts.names() == [" ".join(MARKERS)]
        with again.reader() as connection:
            rows = connection.exec_driver_sql(
                "SELECT count(*) FROM found WHERE found MATCH 'PLANTED'"
            ).scalar()
    assert rows == 50


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gbk"])
def test_the_search_for_markers_finds_one_that_is_there(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "leak.bin").write_bytes(b"\x00\x01" + MARKERS[0].encode(encoding))
    assert hits(tmp_path) == ["leak.bin"]


def sort_much(connection: Any) -> list[str]:
    """Sort more than the sorter keeps in memory and look at the open files in the middle of it."""
    connection.execute("PRAGMA cache_size = 50")
    query = (
        "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 60000)"
        " SELECT printf('%s %d %s', ?, n, hex(randomblob(60))) AS text FROM many ORDER BY text DESC"
    )
    cursor = connection.execute(query, (MARKERS[2],))
    cursor.fetchone()
    found = open_file_hits()
    cursor.close()
    return found


def test_a_large_sort_spills_nothing_to_disk(vault: Vault, home: Home) -> None:
    key = vault._keys.database
    with contextlib.closing(connect(home.folder / "register.db", key)) as connection:
        assert sort_much(connection) == []


def test_the_look_at_open_files_finds_the_spill_that_file_storage_would_make(
    vault: Vault, home: Home
) -> None:
    with contextlib.closing(connect(home.folder / "register.db", vault._keys.database)) as connection:
        connection.execute("PRAGMA temp_store = FILE")
        found = sort_much(connection)
    # Where the system does not show a process its open files, the planted spill cannot be seen either.
    assert bool(found) == Path("/proc/self/fd").is_dir()
