"""Fixtures: the county and the laptops of the services' tests."""

from __future__ import annotations

from tests.services.conftest import clerk, helper, made, offline, world

__all__ = ["clerk", "helper", "made", "offline", "world"]
