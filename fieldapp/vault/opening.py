"""Making a vault, opening it by password, and opening it by the county's answer.

A vault is made in a folder beside and renamed into place, so a crash leaves no half vault that looks whole; and
nothing that is there already, whatever it is, is ever written over. Opening checks, in this order: the waiting
time after wrong passwords, the key file, the password, the database (plain? foreign? damaged?), the newest
journal entry against the head kept outside.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from fieldapp.common.clock import Clock
from fieldapp.common.errors import KnownError
from fieldapp.common.files import known_disk_errors, sync_folder
from fieldapp.common.log import logger
from fieldapp.vault.atrest import changed_at_rest
from fieldapp.vault.cipher import connect_new, known_database_errors, refuse_plain
from fieldapp.vault.errors import DATABASE_MISSING, JOURNAL_BROKEN, ROLLED_BACK
from fieldapp.vault.headfile import HeadFile
from fieldapp.vault.journal import JOURNAL_SCHEMA, OutsideHead
from fieldapp.vault.keys import KEY_BYTES, KdfCost, SubKeys
from fieldapp.vault.keyslots import KeySlots
from fieldapp.vault.layout import DATABASE_NAME, PENDING_RECOVERY_NAME, refuse_occupied, state_file
from fieldapp.vault.recovery import recover_data_key
from fieldapp.vault.throttle import TryCounter
from fieldapp.vault.vault import Vault

__all__ = ["create_vault", "open_vault", "open_with_answer"]

_LONGEST_VAULT_ID_BYTES = 200


def create_vault(
    folder: Path,
    *,
    password: str,
    recovery_public_key: bytes | None,
    vault_id: str,
    clock: Clock,
    state_dir: Path,
    cost: KdfCost | None = None,
) -> Vault:
    """Make a vault in a folder that is missing or empty, and return it open.

    ``recovery_public_key`` is the county's (raw X25519, 32 bytes) or None; ``state_dir`` is a per-user folder
    outside ``folder``. Raises VAULT-001 when anything is there, VAULT-019 for an empty password, DISK-001, 002.
    """
    if not 1 <= len(vault_id.encode()) <= _LONGEST_VAULT_ID_BYTES:
        raise ValueError("a vault id has 1 to 200 bytes")
    refuse_occupied(folder)
    data_key = os.urandom(KEY_BYTES)
    slots = KeySlots.create(
        vault_id, data_key, password=password, recovery_public_key=recovery_public_key, cost=cost or KdfCost()
    )
    keys = SubKeys.of(data_key, vault_id)
    staging = folder.with_name(folder.name + ".making")
    with known_disk_errors(folder):
        try:
            _make(staging, slots, keys)
            if folder.exists():
                folder.rmdir()
            os.replace(staging, folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    vault = Vault(folder, slots, keys, clock, state_dir)
    vault.trust()
    with vault.writer() as connection:
        vault.journal.append(connection, "vault.created", vault_id.encode())
    return vault


def open_vault(
    folder: Path, *, password: str, clock: Clock, state_dir: Path, accept_changed: bool = False
) -> Vault:
    """Open a vault by its password. Takes about half a second, by design.

    Raises VAULT-002 (no vault), 003 (wrong password), 004 (wait), 005–007 (key file), 008–010, 013, 014 (database),
    011 (an older database was put back), 026 (changed while closed), 012 (journal). With ``accept_changed``, after the
    person was asked, such data (a restored backup, or what a damaged disk left) is taken on as far as it opens, and
    that is recorded in the journal.
    """
    slots = KeySlots.load(folder)
    tries = TryCounter(state_file(state_dir, slots.vault_id, "tries"), clock)
    data_key = tries.guard(lambda: slots.unlock(password))
    return _open(folder, slots, data_key, clock, state_dir, accept_changed)


def open_with_answer(
    folder: Path,
    answer: bytes,
    new_password: str,
    *,
    clock: Clock,
    state_dir: Path,
    accept_changed: bool = False,
    cost: KdfCost | None = None,
) -> Vault:
    """Open a vault by the county's answer to its challenge, and set a new password.

    Nothing is changed unless the answer fits and the database opens. Raises VAULT-020, VAULT-022, and as
    ``open_vault``.
    """
    slots = KeySlots.load(folder)
    data_key = recover_data_key(folder, slots, answer)
    renewed = slots.with_password(data_key, new_password, cost)
    vault = _open(folder, slots, data_key, clock, state_dir, accept_changed)
    try:
        renewed.save(folder)
        TryCounter(state_file(state_dir, slots.vault_id, "tries"), clock).forget()
        with known_disk_errors(folder):
            (folder / PENDING_RECOVERY_NAME).unlink(missing_ok=True)
            sync_folder(folder)
    except BaseException:
        vault.close()
        raise
    return vault


def _make(staging: Path, slots: KeySlots, keys: SubKeys) -> None:
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    database = staging / DATABASE_NAME
    with (
        known_database_errors(database),
        contextlib.closing(connect_new(database, keys.database)) as connection,
    ):
        connection.execute("BEGIN IMMEDIATE")
        for statement in JOURNAL_SCHEMA:
            connection.execute(statement)
        connection.execute("COMMIT")
    slots.save(staging)


def _open(
    folder: Path, slots: KeySlots, data_key: bytes, clock: Clock, state_dir: Path, accept_changed: bool
) -> Vault:
    database = folder / DATABASE_NAME
    if not database.exists():
        raise DATABASE_MISSING(path=database)
    refuse_plain(database)
    keys = SubKeys.of(data_key, slots.vault_id)
    head_file = HeadFile(state_file(state_dir, slots.vault_id, "head"), keys.journal)
    changed = changed_at_rest(database, keys.database, head_file, keys.journal)
    vault = Vault(folder, slots, keys, clock, state_dir)
    try:
        _check(vault, changed, accept_changed)
    except BaseException:
        vault.close()
        raise
    _heal(slots, folder)
    return vault


def _check(vault: Vault, changed: KnownError | None, accept_changed: bool) -> None:
    journal = vault.journal
    refusal = changed
    try:
        journal.verify_head()
    except KnownError as error:
        if error.spec not in (ROLLED_BACK, JOURNAL_BROKEN):
            raise
        refusal = error  # says more than that the file is another one
    if refusal is not None and not accept_changed:
        raise refusal
    vault.trust()
    if refusal is not None:
        with vault.writer() as connection:
            journal.accept_changed(connection, refusal.code)
    elif journal.outside is not OutsideHead.MATCHED:
        journal.catch_up()


def _heal(slots: KeySlots, folder: Path) -> None:
    try:
        slots.heal(folder)
    except (KnownError, OSError) as error:  # a full disk must not keep the owner out
        logger("vault").warning("the key file's copy was not renewed: %s", type(error).__name__)
