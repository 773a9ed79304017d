"""A runner that holds its work until told, so that a test can decide what overtakes what."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fieldapp.common.tasks import InlineRunner

__all__ = ["HeldRunner"]

T = TypeVar("T")


class HeldRunner:
    """Implements TaskRunner; ``step`` runs the oldest work that waits."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def run(
        self, work: Callable[[], T], succeeded: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._waiting.append(lambda: InlineRunner().run(work, succeeded, failed))

    def step(self) -> None:
        """Run one."""
        self._waiting.pop(0)()

    def __len__(self) -> int:
        return len(self._waiting)
