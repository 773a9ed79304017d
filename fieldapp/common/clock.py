"""The injected clock. Nothing else in the program may read the wall time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

__all__ = ["CHINA", "Clock", "FixedClock", "SystemClock"]

#: China has one civil time and no summer time; a tz database may be missing on Windows.
CHINA = timezone(timedelta(hours=8), "CST")


class Clock(Protocol):
    """Where the program gets its time from."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the civil date in China."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the clock

    def today(self) -> date:
        return self.now().astimezone(CHINA).date()


@dataclass
class FixedClock:
    """A clock that stands still until moved, for tests, replays and the demo."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def today(self) -> date:
        return self.moment.astimezone(CHINA).date()

    def advance(self, **delta: float) -> None:
        """Move the clock on by ``timedelta(**delta)``."""
        self.moment += timedelta(**delta)
