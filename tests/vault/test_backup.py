from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.vault import Vault, read_backup_info, restore_backup, vault_exists
from tests.common.damage import damaged_archives
from tests.vault.conftest import Home, add_note, notes


@pytest.fixture
def backup(vault: Vault, home: Home) -> Path:
    for text in ("一", "二"):
        add_note(vault, text)
    vault.attachments.put("photo-1", b"p" * 300_000)
    vault.drafts.put("走访", b"draft")
    path = home.path / "U 盘" / "备份.fab"
    path.parent.mkdir()
    vault.backup_to(path)
    return path


def elsewhere(home: Home) -> Home:
    other = Home(home.path / "另一台电脑", home.clock)
    other.path.mkdir()
    return other


def test_a_backup_restores_on_another_machine_by_the_password(backup: Path, home: Home, vault: Vault) -> None:
    other = elsewhere(home)
    info = restore_backup(backup, other.folder)
    assert (info.vault_id, info.made_at, info.attachments) == ("laptop-1", "2026-11-22T08:30:00Z", 1)
    assert info == read_backup_info(backup)
    assert info.head == vault.journal.head()
    with other.open() as restored:
        assert notes(restored) == ["一", "二"]
        assert restored.attachments.get("photo-1") == b"p" * 300_000
        assert restored.drafts.get("走访") == b"draft"
        assert restored.integrity().ok
        add_note(restored, "三")
        assert restored.journal.head().seq == info.head.seq + 1


def test_what_was_open_goes_on_and_no_half_file_is_left(backup: Path, vault: Vault, home: Home) -> None:
    add_note(vault, "三")
    assert [path.name for path in backup.parent.iterdir()] == ["备份.fab"]
    assert not [path for path in home.folder.iterdir() if path.suffix == ".part"]


def test_a_backup_under_a_working_writer_is_an_exact_prefix(vault: Vault, home: Home) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            add_note(vault, f"{number:06}")
            number += 1

    writing = threading.Thread(target=write)
    writing.start()
    try:
        infos = [vault.backup_to(home.path / f"{n}.fab") for n in range(4)]
    finally:
        stop.set()
        writing.join(30)
    for n, info in enumerate(infos):
        other = Home(home.path / f"other-{n}", home.clock)
        other.path.mkdir()
        restore_backup(home.path / f"{n}.fab", other.folder)
        with other.open() as restored:
            found = notes(restored)
            assert found == [f"{number:06}" for number in range(len(found))]
            assert restored.journal.head() == info.head
            assert info.head.seq == len(found) + 1
            restored.journal.verify()


def test_restoring_an_older_backup_on_the_same_machine_asks_first(
    backup: Path, vault: Vault, home: Home
) -> None:
    add_note(vault, "三")
    vault.close()
    shutil.rmtree(home.folder)
    restore_backup(backup, home.folder)
    with pytest.raises(KnownError, match="VAULT-011"):
        home.open()
    with home.open(accept_changed=True) as restored:
        assert notes(restored) == ["一", "二"]
    home.open().close()


def test_a_backup_never_goes_over_anything(backup: Path, home: Home, vault: Vault) -> None:
    with pytest.raises(KnownError, match="VAULT-001"):
        restore_backup(backup, home.folder)
    assert notes(vault) == ["一", "二"]


def test_a_place_that_is_not_there_is_a_known_error(vault: Vault, home: Home) -> None:
    with pytest.raises(KnownError, match="DISK-002"):
        vault.backup_to(home.path / "unplugged" / "b.fab")
    with pytest.raises(KnownError, match="DISK-002"):
        restore_backup(home.path / "unplugged.fab", home.path / "new")
    add_note(vault, "still works")


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_backup_is_refused_and_leaves_nothing(backup: Path, home: Home, keep: float) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * keep)])
    other = elsewhere(home)
    with pytest.raises(KnownError, match="VAULT-024"):
        restore_backup(backup, other.folder)
    assert list(other.path.iterdir()) == []
    with pytest.raises(KnownError, match="VAULT-024"):
        read_backup_info(backup)


def test_a_flipped_bit_in_a_backup_is_found(backup: Path, home: Home) -> None:
    content = backup.read_bytes()
    other = elsewhere(home)
    for position in range(40, len(content), len(content) // 40):
        damaged = bytearray(content)
        damaged[position] ^= 0x10
        backup.write_bytes(damaged)
        try:
            restore_backup(backup, other.folder)
        except KnownError as error:
            assert error.code in {"VAULT-024", "VAULT-006"}  # noqa: PT017 - either refusal or an equal restore
            assert not vault_exists(other.folder)
            continue
        with other.open() as restored:  # a bit of the ZIP's own book-keeping: what is restored must be whole
            assert notes(restored) == ["一", "二"]
            assert restored.integrity().ok
            assert restored.attachments.ids() == ["photo-1"]
        shutil.rmtree(other.folder)
        shutil.rmtree(other.state)


def rewritten(backup: Path, change: Callable[[dict[str, bytes]], None], *, deflate: bool = False) -> None:
    """Write the archive again with members changed, as an attacker would."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    method = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    with zipfile.ZipFile(backup, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _escape(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    entry = next(member for member in manifest["members"] if member["name"].startswith("drafts/"))
    members["../escaped.draft"] = members.pop(entry["name"])
    entry["name"] = "../escaped.draft"
    members["manifest.json"] = json.dumps(manifest).encode()


def _drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.__delitem__(name)


def _manifest(content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.__setitem__("manifest.json", content)


@pytest.mark.parametrize(
    "change",
    [
        _escape,
        _drop("manifest.json"),
        _drop("register.db"),
        _drop("keyslots.json"),
        _manifest(b"[]"),
        _manifest(b"{}"),
        _manifest(b"\xff"),
        _manifest(b'{"format": "fieldapp-backup", "version": 1, "members": []}'),
        _manifest(b'{"format": "fieldapp-backup", "version": 1, "members": 5, "journal": 7}'),
    ],
)
def test_a_crafted_backup_writes_nothing(
    backup: Path, home: Home, change: Callable[[dict[str, bytes]], None]
) -> None:
    rewritten(backup, change)
    other = elsewhere(home)
    with pytest.raises(KnownError, match="VAULT-024"):
        restore_backup(backup, other.folder)
    assert list(other.path.iterdir()) == []
    assert not (home.path / "escaped.draft").exists()


def test_a_compressed_member_is_refused_since_it_could_be_a_bomb(backup: Path, home: Home) -> None:
    rewritten(backup, lambda members: None, deflate=True)
    with pytest.raises(KnownError, match="VAULT-024"):
        restore_backup(backup, elsewhere(home).folder)


def test_a_backup_of_a_newer_program_asks_for_an_update(backup: Path, home: Home) -> None:
    def newer(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), "version": 2}).encode()

    rewritten(backup, newer)
    with pytest.raises(KnownError, match="VAULT-006"):
        restore_backup(backup, elsewhere(home).folder)


def test_a_backup_that_is_damaged_anywhere_restores_whole_or_not_at_all(backup: Path, home: Home) -> None:
    other, whole = elsewhere(home), backup.read_bytes()
    told: list[str] = []
    for damaged in damaged_archives(whole, number=120):
        backup.write_bytes(damaged)
        try:
            restore_backup(backup, other.folder)
        except KnownError as error:
            told.append(f"{error.code}{' and half of it is there' if other.folder.exists() else ''}")
        else:
            shutil.rmtree(other.folder)
    assert set(told) <= {"VAULT-024", "VAULT-013", "VAULT-014"}
    assert len(told) > 60
