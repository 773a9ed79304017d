"""Bugs: save what is being typed, write a local log of types and frames without values, tell the person calmly."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qInstallMessageHandler

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from fieldapp.common.clock import Clock

__all__ = ["CrashHandler"]

_KEEP_BYTES = 512 * 1024


class CrashHandler(QObject):
    """Takes over ``sys.excepthook``, the threads' hook and Qt's messages while installed."""

    happened = Signal(object)

    def __init__(self, log_file: Path, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._clock = clock
        self._savers: list[Callable[[], None]] = []
        self._previous = (sys.excepthook, threading.excepthook)
        self._handling = False

    def install(self) -> None:
        """Start catching."""
        self._previous = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(self._qt_said)

    def uninstall(self) -> None:
        """Give back what was there before."""
        sys.excepthook, threading.excepthook = self._previous
        qInstallMessageHandler(None)

    def add_saver(self, save: Callable[[], None]) -> Callable[[], None]:
        """Call ``save`` when a bug strikes (the open draft). Returns how to take it off again."""
        self._savers.append(save)
        return lambda: self._savers.remove(save) if save in self._savers else None

    def _caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._previous[0](kind, error or kind(), trace)
            return
        from fieldapp.common.errors import KnownError
        from fieldapp.common.log import describe_crash
        from fieldapp.ui.errors import UNEXPECTED

        if isinstance(error, KnownError):
            self.happened.emit(error)
            return
        self._write(describe_crash(kind, trace))
        self._save()
        self.happened.emit(UNEXPECTED(log=self._log_file.name))

    def _save(self) -> None:
        from fieldapp.common.log import describe_crash

        if self._handling or threading.current_thread() is not threading.main_thread():
            return
        self._handling = True
        try:
            for save in list(self._savers):
                try:
                    save()
                except Exception as error:  # noqa: BLE001 - one saver's failure must not keep the next from saving
                    self._write("while saving: " + describe_crash(type(error), error.__traceback__))
        finally:
            self._handling = False

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        from fieldapp.common.log import logger

        if kind.name in ("QtDebugMsg", "QtInfoMsg"):
            return
        # The text may quote what was typed; the part before the first colon names Qt's function.
        function = (message or "").split(":", 1)[0][:80] if "::" in (message or "")[:80] else ""
        logger("qt").warning("%s %s %s", kind.name, getattr(context, "category", ""), function)

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError):  # a full disk must not turn one bug into two
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            if self._log_file.exists() and self._log_file.stat().st_size > _KEEP_BYTES:
                self._log_file.replace(self._log_file.with_suffix(".old.log"))
            with self._log_file.open("a", encoding="utf-8") as stream:
                stream.write(f"{self._clock.now():%Y-%m-%dT%H:%M:%SZ} {text}\n")
