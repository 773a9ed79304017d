"""A real county and real laptops, made once and copied for each journey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.county.serving import in_background
from tests.services.world import World, copy_world, free_port, make_template


@pytest.fixture(scope="session")
def real_port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def real_template(tmp_path_factory: pytest.TempPathFactory, real_port: int) -> Path:
    folder = tmp_path_factory.mktemp("journeys") / "template"
    make_template(folder, real_port)
    return folder


@pytest.fixture
def offline_world(real_template: Path, tmp_path: Path, real_port: int) -> Iterator[World]:
    """The world with its server down."""
    world = copy_world(real_template, tmp_path / "world", real_port)
    yield world
    world.close()


@pytest.fixture
def served_world(offline_world: World) -> Iterator[World]:
    """The world with its server up."""
    with in_background(offline_world.county, port=offline_world.port):
        yield offline_world
