"""What all view-models share: known errors become a signal, anything else goes to the crash handler."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CANCELLED

__all__ = ["ViewModel"]


class ViewModel(QObject):
    """A page's state and acts. ``failed`` carries a KnownError to be shown as a banner."""

    failed = Signal(object)

    def report(self, error: Exception) -> None:
        """Show a known error; a cancelled task is no error; a bug is raised on to the crash handler."""
        if not isinstance(error, KnownError):
            raise error
        if error.code != CANCELLED.code:
            self.failed.emit(error)
