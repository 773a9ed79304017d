"""Only the newest question of a stream is answered: each keystroke cancels the query before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from fieldapp.common.tasks import TaskRunner

__all__ = ["Latest"]

T = TypeVar("T")


class Latest(Generic[T]):
    """Runs at most one question at a time and keeps at most one waiting; answers to older ones are dropped."""

    def __init__(
        self, runner: TaskRunner, answered: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._runner = runner
        self._answered = answered
        self._failed = failed
        self._running = False
        self._waiting: Callable[[], T] | None = None

    @property
    def busy(self) -> bool:
        """Whether a question is under way."""
        return self._running

    def ask(self, work: Callable[[], T]) -> None:
        """Put the newest question; it replaces one that waits and outdates the one that runs."""
        if self._running:
            self._waiting = work
            return
        self._start(work)

    def _start(self, work: Callable[[], T]) -> None:
        self._running = True
        self._runner.run(work, self._succeeded, self._broke)

    def _succeeded(self, result: T) -> None:
        self._running = False
        if not self._next():
            self._answered(result)

    def _broke(self, error: Exception) -> None:
        self._running = False
        if not self._next():
            self._failed(error)

    def _next(self) -> bool:
        work, self._waiting = self._waiting, None
        if work is None:
            return False
        self._start(work)
        return True
