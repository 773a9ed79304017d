from __future__ import annotations

import base64
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.vault.keys import KdfCost, SubKeys, derive, password_key
from fieldapp.vault.keyslots import KeySlots, open_recovery_slot
from fieldapp.vault.slotfile import parse_slot_file, render_slot_file
from tests.vault.conftest import CHEAP, PASSWORD, Home, add_note, notes, unhurried

KEY = bytes(range(32))
RECOVERY = X25519PrivateKey.from_private_bytes(b"\x07" * 32)
RECOVERY_PUBLIC = RECOVERY.public_key().public_bytes_raw()


def slots(vault_id: str = "v1") -> KeySlots:
    return KeySlots.create(vault_id, KEY, password=PASSWORD, recovery_public_key=RECOVERY_PUBLIC, cost=CHEAP)


def edited(content: bytes, **changes: Any) -> bytes:
    """Return the key file with fields changed and the checksum made to fit again, as an attacker would."""
    raw = json.loads(content)
    raw.pop("sha256")
    for path, value in changes.items():
        *parents, last = path.split("__")
        target = raw
        for parent in parents:
            target = target[parent]
        target[last] = value
    canonical = json.dumps(raw, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    raw["sha256"] = hashlib.sha256(canonical).hexdigest()
    return json.dumps(raw).encode()


def test_a_guess_at_the_password_costs_what_the_design_asks() -> None:
    cost = KdfCost()
    assert cost.memory_kib >= 64 * 1024
    assert cost.iterations >= 3
    begin = time.process_time()
    password_key("guess", b"s" * 32, cost)
    # The full figure (at least 0.3 s on a desk machine) is measured by hand; this only catches a cost that fell away.
    assert time.process_time() - begin > 0.05


def test_password_and_recovery_key_give_the_same_data_key(tmp_path: Path) -> None:
    slots().save(tmp_path)
    loaded = KeySlots.load(tmp_path)
    assert loaded.unlock(PASSWORD) == KEY
    slot = loaded.recovery_slot()
    assert open_recovery_slot(slot, loaded.file.suite, "v1", RECOVERY.private_bytes_raw()) == KEY


def test_the_key_file_names_its_suite_and_holds_no_key(tmp_path: Path) -> None:
    slots().save(tmp_path)
    text = (tmp_path / "keyslots.json").read_text(encoding="utf-8")
    assert json.loads(text)["suite"] == "A256GCM-HKDF256-X25519-SQLCIPHER4"
    assert KEY.hex() not in text
    assert base64.b64encode(KEY).decode() not in text


def test_a_slot_moved_to_another_vault_does_not_open(tmp_path: Path) -> None:
    content = edited(render_slot_file(slots("v1").file), vault_id="v2")
    (tmp_path / "keyslots.json").write_bytes(content)
    moved = KeySlots.load(tmp_path)
    with pytest.raises(KnownError, match="VAULT-003"):
        moved.unlock(PASSWORD)
    with pytest.raises(InvalidTag):
        open_recovery_slot(moved.recovery_slot(), moved.file.suite, "v2", RECOVERY.private_bytes_raw())


@pytest.mark.parametrize("change", [{"password__kdf__iterations": 2}, {"password__kdf__memory_kib": 128}])
def test_a_slot_whose_cost_was_changed_does_not_open(tmp_path: Path, change: dict[str, object]) -> None:
    (tmp_path / "keyslots.json").write_bytes(edited(render_slot_file(slots().file), **change))
    with pytest.raises(KnownError, match="VAULT-003"):
        KeySlots.load(tmp_path).unlock(PASSWORD)


@pytest.mark.parametrize(
    "change",
    [
        {"password__kdf__memory_kib": 2**31},
        {"password__kdf__memory_kib": 1},
        {"password__kdf__iterations": 10**9},
        {"password__kdf__iterations": 0},
        {"password__kdf__lanes": 0},
        {"password__kdf__lanes": 64},
        {"password__kdf__name": "md5"},
        {"suite": "SM4"},
        {"version": 2},
    ],
)
def test_absurd_work_and_unknown_suites_are_refused_at_once(
    tmp_path: Path, change: dict[str, object]
) -> None:
    (tmp_path / "keyslots.json").write_bytes(edited(render_slot_file(slots().file), **change))
    begin = time.monotonic()
    with pytest.raises(KnownError, match="VAULT-006"):
        KeySlots.load(tmp_path).unlock(PASSWORD)
    assert time.monotonic() - begin < 2


def test_a_damaged_key_file_falls_back_to_its_copy_and_is_healed(home: Home) -> None:
    home.create().close()
    main, copy = home.folder / "keyslots.json", home.folder / "keyslots.copy.json"
    good = main.read_bytes()
    for damaged in (main, copy):
        damaged.write_bytes(b"\x00" * 100)
        home.open().close()
        assert main.read_bytes() == copy.read_bytes() == good
        damaged.unlink()
        home.open().close()
        assert main.read_bytes() == copy.read_bytes() == good


def test_two_damaged_key_files_are_damage_not_a_wrong_password(home: Home) -> None:
    home.create().close()
    for name in ("keyslots.json", "keyslots.copy.json"):
        path = home.folder / name
        path.write_bytes(path.read_bytes().replace(b'"salt": "', b'"salt": "A'))
    with pytest.raises(KnownError) as error:
        home.open()
    assert error.value.code == "VAULT-005"


@unhurried
@given(
    content=st.binary(max_size=300)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_any_other_bytes_are_damage_and_nothing_else(content: bytes) -> None:
    with pytest.raises(ValueError):
        parse_slot_file(content)


@unhurried
@given(
    field=st.sampled_from(
        [
            "vault_id",
            "check",
            "password",
            "password__salt",
            "password__kdf",
            "password__nonce",
            "recovery",
            "recovery__key_id",
            "recovery__sealed",
            "password__kdf__lanes",
            "password__wrapped",
        ]
    ),
    value=st.none() | st.integers() | st.floats() | st.text() | st.lists(st.integers()) | st.just({}),
)
def test_any_other_value_in_a_field_is_a_value_or_a_known_error(field: str, value: object) -> None:
    content = edited(render_slot_file(slots().file), **{field: value})
    try:
        parsed = parse_slot_file(content)
    except (ValueError, KnownError):
        return
    assert isinstance(parsed.vault_id, str)


def test_changing_the_password_rewraps_and_touches_nothing_else(home: Home) -> None:
    with home.create() as vault:
        with vault.writer() as connection:
            connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        add_note(vault, "一")
        vault.drafts.put("d", b"draft")
        before = {
            p: p.read_bytes() for p in home.folder.rglob("*") if p.is_file() and "keyslots" not in p.name
        }
        with pytest.raises(KnownError, match="VAULT-003"):
            vault.change_password("wrong", "新密码")
        vault.change_password(PASSWORD, "新密码")
        assert {p: p.read_bytes() for p in before} == before
        assert vault.check_password("新密码")
    with pytest.raises(KnownError, match="VAULT-003"):
        home.open(PASSWORD)
    with home.open("新密码") as vault:
        assert notes(vault) == ["一"]
        assert vault.drafts.get("d") == b"draft"


def test_the_recovery_key_can_be_set_and_removed_later(home: Home) -> None:
    with home.create() as vault:
        with pytest.raises(KnownError, match="VAULT-020"):
            KeySlots.load(home.folder).recovery_slot()
        vault.set_recovery_key(PASSWORD, RECOVERY_PUBLIC)
        assert KeySlots.load(home.folder).recovery_slot().key_id
        vault.set_recovery_key(PASSWORD, None)
        with pytest.raises(KnownError, match="VAULT-020"):
            KeySlots.load(home.folder).recovery_slot()


def test_no_two_purposes_and_no_two_vaults_share_a_key() -> None:
    keys = [SubKeys.of(KEY, vault_id) for vault_id in ("v1", "v2")]
    every = [key for sub in keys for key in (sub.database, sub.attachments, sub.journal, sub.drafts)]
    every += [KEY, derive(KEY, "check", "v1")]
    assert len(set(every)) == len(every)
    assert KEY.hex() not in repr(keys)


@pytest.mark.parametrize("password", ["", "x" * 1025])
def test_no_password_and_an_endless_one_are_refused(password: str) -> None:
    with pytest.raises(KnownError, match="VAULT-019"):
        password_key(password, b"s" * 32, CHEAP)
