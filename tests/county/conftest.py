"""Fixtures: one county is made for the whole run, each test gets a copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.county.setup import County
from tests.county.world import CLERK, HELPER, Laptop, copy_county, enrolled, make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county") / "县 template"
    make_template(folder)
    return folder


@pytest.fixture
def county(template: Path, tmp_path: Path) -> Iterator[County]:
    opened = copy_county(template, tmp_path / "county")
    yield opened
    opened.close()


@pytest.fixture
def helper(county: County) -> Laptop:
    return enrolled(county, HELPER)


@pytest.fixture
def clerk(county: County) -> Laptop:
    return enrolled(county, CLERK)
