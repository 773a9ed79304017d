"""Sync now: send what waits, fetch what is new, and say in plain words what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fieldapp.common.errors import KnownError

__all__ = ["BatchLine", "LogLine", "SyncReport", "SyncStatus"]


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What the state bar shows. ``online`` is None until the county was asked; True means that it answered."""

    unsent: int
    sealed: int
    last_sync: str | None
    last_error: KnownError | None
    online: bool | None
    server_url: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as the sync page lists it, with the county's word on its records."""

    id: str
    bseq: int
    at: str
    records: int
    state: Literal["sealed", "received"]
    outcomes: Mapping[str, int]
    received_at: str | None = None
    server_time: str | None = None


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The result of one run: batches that got a receipt, register records that came, warnings in two languages."""

    batches: tuple[BatchLine, ...]
    pulled: int
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the sync log."""

    at: str
    zh: str
    en: str
