"""Fixtures: county and laptops are made once for the run; each test gets a copy, served on the same port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.county.serving import in_background
from fieldapp.services.workspace import Workspace
from tests.services.network import Network
from tests.services.world import World, copy_world, shared_template


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    return shared_template(tmp_path_factory.getbasetemp() / "world")


@pytest.fixture
def offline(made: tuple[Path, int], tmp_path: Path) -> Iterator[World]:
    """The world with its server down."""
    template, port = made
    world = copy_world(template, tmp_path / "world", port)
    yield world
    world.close()


@pytest.fixture
def world(offline: World) -> Iterator[World]:
    """The world with its server up."""
    with in_background(offline.county, port=offline.port):
        yield offline


@pytest.fixture
def clerk(offline: World) -> Workspace:
    """The unlocked laptop of the village clerk. The server is down unless the test asks for ``world``."""
    return offline.unlocked("clerk")


@pytest.fixture
def helper(offline: World) -> Workspace:
    """The unlocked laptop of a helper."""
    return offline.unlocked("helper")


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    """The way to the county, which a test may spoil."""
    return Network(monkeypatch)
