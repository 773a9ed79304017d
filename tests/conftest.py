"""Laws are not timed: a machine that is busy breaks none. Speed is measured in ``tests/bench``."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
