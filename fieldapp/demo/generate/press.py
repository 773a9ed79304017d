"""Writing the towns' workbooks beside the making of the next town: in a second process where there is a processor for it.

Making a town depends on the towns before it, writing one does not. The other process gets whole towns and gives nothing
but a word back; whatever it cannot do, this process does, so that the files are the same and errors are told as ever.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken
from fieldapp.demo.generate.books import write_town_book
from fieldapp.demo.generate.town_maker import MadeTown
from fieldapp.exchange.layouts import shipped_layouts

__all__ = ["BookPress", "processors"]

#: Towns that may wait for the other process; each is some 20 MB here and there.
_MOST_WAITING = 2
_LOOK_EVERY_S = 0.1


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class BookPress:
    """Writes the workbooks of ``towns`` towns. A context: at its end the other process is gone."""

    def __init__(self, today: date, cancel: CancelToken, *, towns: int) -> None:
        self._today = today
        self._cancel = cancel
        self._waiting: deque[tuple[Path, MadeTown, Future[bool]]] = deque()
        self._pool: ProcessPoolExecutor | None = None
        if towns > 1 and processors() > 1:
            with suppress(
                OSError, ImportError, NotImplementedError
            ):  # a system without semaphores or processes
                self._pool = ProcessPoolExecutor(
                    1, mp_context=get_context("spawn"), initializer=_leave_ctrl_c
                )

    def __enter__(self) -> BookPress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            # The book being written is finished: nothing half-written stays.
            self._pool.shutdown(wait=True, cancel_futures=True)

    def put(self, path: Path, made: MadeTown) -> None:
        """Write the workbook of a town, now or soon. Raises DISK-001, DISK-002 and TASK-001, for this or an earlier one."""
        future = self._submit(path, made)
        if future is None:
            write_town_book(path, made, shipped_layouts().register, self._today)
            return
        self._waiting.append((path, made, future))
        while len(self._waiting) > _MOST_WAITING:
            self._take()

    def finish(self) -> None:
        """Wait until all books are written. Raises as :meth:`put`."""
        while self._waiting:
            self._take()

    def _submit(self, path: Path, made: MadeTown) -> Future[bool] | None:
        if self._pool is not None:
            try:
                return self._pool.submit(_write, path, made, self._today)
            except (BrokenProcessPool, OSError):
                self._give_up()
        return None

    def _take(self) -> None:
        path, made, future = self._waiting.popleft()
        if not self._is_written(future):
            self._cancel.check()
            write_town_book(path, made, shipped_layouts().register, self._today)

    def _is_written(self, future: Future[bool]) -> bool:
        while True:
            try:
                return future.result(timeout=_LOOK_EVERY_S)
            except TimeoutError:
                self._cancel.check()
            except BrokenProcessPool:
                self._give_up()
                return False

    def _give_up(self) -> None:
        """Do without the other process from now on: it could not start, or somebody ended it."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _leave_ctrl_c() -> None:
    """Ctrl+C on the command line reaches both processes; the first one decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _write(path: Path, made: MadeTown, today: date) -> bool:
    """Write a book in the other process; False leaves it, and the error to be told, to the first."""
    try:
        write_town_book(path, made, shipped_layouts().register, today)
    except (KnownError, OSError):
        return False
    return True
