"""How long work is run: a pool in the app, inline in tests and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from fieldapp.common.errors import define

__all__ = ["CANCELLED", "CancelToken", "InlineRunner", "Progress", "ProgressSink", "TaskRunner", "silent"]

T = TypeVar("T")

CANCELLED = define(
    "TASK-001",
    zh="已取消。",
    en="Cancelled.",
    remedy_zh="需要时可以重新开始，已完成的部分不会丢失。",
    remedy_en="Start again when needed; what was finished is kept.",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of long work: ``done`` of ``total`` units (total 0 = unknown) and what is being done now."""

    done: int
    total: int
    label_zh: str
    label_en: str


ProgressSink = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """A progress sink for callers that show nothing."""


class CancelToken:
    """Set by the user's Cancel; long work asks it between steps."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True

    def check(self) -> None:
        """Raise TASK-001 when cancelled."""
        if self.cancelled:
            raise CANCELLED()


class TaskRunner(Protocol):
    """Runs work off the caller's thread and hands the result, or the error, back on it."""

    def run(
        self,
        work: Callable[[], T],
        succeeded: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None: ...


class InlineRunner:
    """Runs work at once on the caller's thread: tests and the command line."""

    def run(
        self,
        work: Callable[[], T],
        succeeded: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the runner's contract is to hand every failure over
            failed(error)
            return
        succeeded(result)
