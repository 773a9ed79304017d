"""A growing delay after wrong passwords, kept across restarts, that never locks anyone out for good.

It slows the person at the keyboard only; whoever has copied the files pays Argon2id for each guess instead.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from fieldapp.common.clock import Clock
from fieldapp.common.errors import KnownError
from fieldapp.common.files import atomic_write
from fieldapp.common.log import logger
from fieldapp.vault.errors import TOO_MANY_TRIES, WRONG_PASSWORD

__all__ = ["LONGEST_WAIT_S", "TryCounter", "wait_after"]

FREE_TRIES = 3
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 300
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Tries:
    wrong: int
    last: datetime | None


def wait_after(wrong: int) -> int:
    """Return the seconds to wait after that many wrong tries in a row: 0, 0, 0, 5, 10, 20 … 300."""
    if wrong < FREE_TRIES:
        return 0
    return int(min(FIRST_WAIT_S * 2 ** min(wrong - FREE_TRIES, 20), LONGEST_WAIT_S))


class TryCounter:
    """Counts wrong tries of one vault. An unreadable or missing file counts as none: it must lock nobody out."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def guard(self, attempt: Callable[[], T]) -> T:
        """Run an attempt that may raise VAULT-003. Raises VAULT-004 without trying while the delay runs."""
        tries = self._read()
        self._refuse_early(tries)
        try:
            result = attempt()
        except KnownError as error:
            if error.spec is WRONG_PASSWORD:
                self._write(_Tries(tries.wrong + 1, self._clock.now()))
            raise
        if tries.wrong:
            self._write(_Tries(0, None))
        return result

    def forget(self) -> None:
        """Start counting anew: the county has vouched for the person."""
        if self._read().wrong:
            self._write(_Tries(0, None))

    def _refuse_early(self, tries: _Tries) -> None:
        if tries.last is None or not (wait := wait_after(tries.wrong)):
            return
        now = self._clock.now()
        if now < tries.last:  # the clock was set back: count from now, or the wait could last for years
            self._write(_Tries(tries.wrong, now))
            tries = _Tries(tries.wrong, now)
        left = (tries.last or now) + timedelta(seconds=wait) - now
        if left > timedelta(0):
            raise TOO_MANY_TRIES(count=tries.wrong, wait_s=math.ceil(left.total_seconds()))

    def _read(self) -> _Tries:
        try:
            raw = json.loads(self._path.read_bytes())
            last = datetime.fromisoformat(raw["last"]) if raw["last"] else None
            if last is not None and last.tzinfo is None:
                return _Tries(0, None)
            return _Tries(max(0, int(raw["wrong"])), last)
        except (OSError, ValueError, KeyError, TypeError):
            return _Tries(0, None)

    def _write(self, tries: _Tries) -> None:
        content = {"wrong": tries.wrong, "last": tries.last.isoformat() if tries.last else None}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(self._path, json.dumps(content).encode())
        except (KnownError, OSError) as error:  # a full disk must not keep the owner out
            logger("vault").warning("wrong tries were not counted: %s", type(error).__name__)
