"""Fixtures: the county of the county's own tests, and a laptop of its helper."""

from __future__ import annotations

import pytest

from fieldapp.county.setup import County
from tests.county.conftest import county, template
from tests.county.world import HELPER
from tests.sync.world import Client, enrolled_client

__all__ = ["county", "template"]


@pytest.fixture
def laptop(county: County) -> Client:
    return enrolled_client(county, HELPER)
