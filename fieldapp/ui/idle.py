"""Locks when nobody has touched the laptop for a while, and after it slept."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from fieldapp.common.clock import Clock

__all__ = ["IdleWatch"]

_LOOK_EVERY_MS = 5_000


class IdleWatch(QObject):
    """Watches the application's events. Counts by the wall clock, so that sleep counts as well."""

    expired = Signal()

    def __init__(self, clock: Clock, limit_minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        kind = QEvent.Type
        self._touches = frozenset(
            (
                kind.KeyPress,
                kind.MouseButtonPress,
                kind.MouseMove,
                kind.Wheel,
                kind.TouchBegin,
                kind.TouchUpdate,
                kind.InputMethod,
            )
        )
        self._limit = timedelta(minutes=limit_minutes)
        self._last: datetime = clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def set_limit(self, minutes: int) -> None:
        """Lock after another number of minutes from now on."""
        self._limit = timedelta(minutes=minutes)

    def start(self) -> None:
        """Count from now on; the application's events pass by here while counting."""
        self._last = self._clock.now()
        self._timer.start()
        self._application().installEventFilter(self)

    def stop(self) -> None:
        """Count no more (the program is locked)."""
        self._timer.stop()
        self._application().removeEventFilter(self)

    def look(self) -> None:
        """Compare the clock; a clock that was set back counts from its new time."""
        now = self._clock.now()
        if now < self._last:
            self._last = now
        elif now - self._last >= self._limit:
            self.stop()
            self.expired.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; every event goes on its way."""
        if self._timer.isActive() and event.type() in self._touches:
            # The first key after a sleep must lock, not count as presence.
            self.look()
            self._last = self._clock.now()
        return False

    def _application(self) -> QCoreApplication:
        app = QCoreApplication.instance()
        if app is None:
            raise RuntimeError("no application runs")
        return app
