"""A vault in a home folder with a Chinese name and a space, opened cheaply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from fieldapp.common.clock import FixedClock
from fieldapp.vault import KdfCost, Vault, create_vault, open_vault

CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)
#: The machine may be busy: how long one example takes says nothing.
unhurried = settings(deadline=None)
PASSWORD = "襄城-走访2026"


@dataclass
class Home:
    """A user's profile: where the vault and the state folder are, and the time."""

    path: Path
    clock: FixedClock

    @property
    def folder(self) -> Path:
        return self.path / "数据 vault"

    @property
    def state(self) -> Path:
        return self.path / "state"

    def create(self, *, recovery_public_key: bytes | None = None, vault_id: str = "laptop-1") -> Vault:
        return create_vault(
            self.folder,
            password=PASSWORD,
            recovery_public_key=recovery_public_key,
            vault_id=vault_id,
            clock=self.clock,
            state_dir=self.state,
            cost=CHEAP,
        )

    def open(self, password: str = PASSWORD, *, accept_changed: bool = False) -> Vault:
        return open_vault(
            self.folder,
            password=password,
            clock=self.clock,
            state_dir=self.state,
            accept_changed=accept_changed,
        )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    path = tmp_path / "张三 的电脑"
    path.mkdir()
    return Home(path, FixedClock(datetime(2026, 11, 22, 8, 30, tzinfo=UTC)))


@pytest.fixture
def vault(home: Home) -> Iterator[Vault]:
    with home.create() as vault:
        with vault.writer() as connection:
            connection.exec_driver_sql(
                "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)"
            )
        yield vault


def add_note(vault: Vault, text: str) -> None:
    """Save one row and its journal entry, as the store does."""
    with vault.writer() as connection:
        connection.exec_driver_sql("INSERT INTO note (text) VALUES (?)", (text,))
        vault.journal.append(connection, "note.added", text.encode())


def notes(vault: Vault) -> list[str]:
    with vault.reader() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT text FROM note ORDER BY id")]


def error_code(error: pytest.ExceptionInfo[BaseException]) -> str:
    return str(getattr(error.value, "code", ""))
