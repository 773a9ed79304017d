"""A store in a real vault, cheaply unlocked, in a home with a Chinese name and a space."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from fieldapp.common.clock import FixedClock
from fieldapp.common.ids import IdSource
from fieldapp.store import Store
from fieldapp.vault import KdfCost, Vault, create_vault, open_vault
from tests.store.feed_samples import COUNTY

CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)
DEVICE = "device-1"
PASSWORD = "襄城-走访2026"
BEGINNING = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
#: The machine may be busy: how long one example takes says nothing.
unhurried = settings(deadline=None)


@dataclass
class Laptop:
    """A laptop whose vault can be locked and unlocked again."""

    path: Path
    clock: FixedClock
    vault: Vault
    store: Store

    def reopen(self) -> Store:
        self.vault.close()
        self.vault = open_vault(
            self.path / "数据", password=PASSWORD, clock=self.clock, state_dir=self.path / "state"
        )
        self.store = open_store(self.vault, self.clock)
        return self.store


def open_store(vault: Vault, clock: FixedClock, county: str = COUNTY) -> Store:
    return Store.open(vault, county_code=county, device=DEVICE, clock=clock, ids=IdSource(clock))


def unlocked(path: Path) -> Laptop:
    clock = FixedClock(BEGINNING)
    vault = open_vault(path / "数据", password=PASSWORD, clock=clock, state_dir=path / "state")
    return Laptop(path, clock, vault, open_store(vault, clock))


def new_laptop(path: Path) -> Laptop:
    clock = FixedClock(BEGINNING)
    path.mkdir(parents=True, exist_ok=True)
    vault = create_vault(
        path / "数据",
        password=PASSWORD,
        recovery_public_key=None,
        vault_id="laptop-1",
        clock=clock,
        state_dir=path / "state",
        cost=CHEAP,
    )
    return Laptop(path, clock, vault, open_store(vault, clock))


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laptop just set up, locked: each test gets a copy of its files."""
    home = tmp_path_factory.mktemp("new") / "张三 的电脑"
    new_laptop(home).vault.close()
    return home


@pytest.fixture
def laptop(tmp_path: Path, new_home: Path) -> Iterator[Laptop]:
    """An empty laptop on 2026-11-22."""
    home = tmp_path / new_home.name
    shutil.copytree(new_home, home)
    made = unlocked(home)
    yield made
    made.vault.close()


@pytest.fixture
def store(laptop: Laptop) -> Store:
    return laptop.store
