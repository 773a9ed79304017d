"""Work in the background for one widget of the form page, which may be gone before the work ends: the form was left, or laid out
anew for the door.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from fieldapp.common.tasks import CancelToken, TaskRunner

__all__ = ["run_for"]

T = TypeVar("T")


def run_for(
    widget: QWidget,
    runner: TaskRunner,
    cancel: CancelToken,
    work: Callable[[], T],
    succeeded: Callable[[T], None],
    failed: Callable[[Exception], None],
) -> None:
    """Start ``work``, which asks ``cancel`` between its steps. It is cancelled when the widget goes, and then nobody is called back."""
    widget.destroyed.connect(cancel.cancel)

    def done(result: T) -> None:
        if isValid(widget):
            succeeded(result)

    def broke(error: Exception) -> None:
        if isValid(widget):
            failed(error)

    runner.run(work, done, broke)
