"""The app's task runner: work in a thread pool, results and errors back on the window's thread."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

__all__ = ["QtTaskRunner"]

T = TypeVar("T")


class _Job:
    def __init__(
        self,
        work: Callable[[], Any],
        succeeded: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.work = work
        self.succeeded = succeeded
        self.failed = failed
        self.result: Any = None
        self.error: Exception | None = None


class _Run(QRunnable):
    def __init__(self, job: _Job, done: Callable[[_Job], None]) -> None:
        super().__init__()
        self._job = job
        self._done = done

    def run(self) -> None:
        try:
            self._job.result = self._job.work()
        except Exception as error:  # noqa: BLE001 - the runner's contract is to hand every failure over
            self._job.error = error
        with contextlib.suppress(
            RuntimeError
        ):  # the window, and the runner with it, has gone: nobody is waiting
            self._done(self._job)


class QtTaskRunner(QObject):
    """Runs work on a pool of its own. After :meth:`retire` nothing is called back any more."""

    emptied = Signal()
    _finished = Signal(object)

    def __init__(self, threads: int = 3, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._pool.setExpiryTimeout(-1)
        self._running: set[_Job] = set()
        self._retired = False
        self._finished.connect(self._hand_over)  # queued: it is emitted on the worker's thread

    @property
    def busy(self) -> bool:
        """Whether any work has not been handed over yet."""
        return bool(self._running)

    def run(
        self,
        work: Callable[[], T],
        succeeded: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Start ``work``; exactly one of the callbacks follows, on the thread of this object."""
        if self._retired:
            return
        job = _Job(work, succeeded, failed)
        self._running.add(job)
        self._pool.start(_Run(job, self._finished.emit))

    def retire(self) -> None:
        """Call nobody back any more; ``emptied`` tells when the last work has ended (at once when idle)."""
        self._retired = True
        if not self._running:
            self.emptied.emit()

    def wait(self, timeout_ms: int) -> bool:
        """Block until all work has ended, for leaving the program; False when time ran out."""
        return self._pool.waitForDone(timeout_ms)

    def _hand_over(self, job: _Job) -> None:
        self._running.discard(job)
        try:
            if not self._retired:
                if job.error is not None:
                    job.failed(job.error)
                else:
                    job.succeeded(job.result)
        finally:
            if self._retired and not self._running:
                self.emptied.emit()
