"""Sync now: send what waits, fetch what is new, and say in plain words what happened."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CANCELLED, CancelToken, ProgressSink, silent

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.store import BatchState, Store
    from fieldapp.sync import DeviceIdentity

__all__ = ["BatchLine", "LogLine", "SyncNow", "SyncReport", "SyncStatus"]

_LAST_SYNC = "last_sync"
_LOG = "sync_log"
_LOG_LINES = 300
#: Outcomes after which the county's register does not say what the laptop sent.
_NOT_SETTLED = ("conflict", "held", "id_conflict", "rejected")


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
    """A batch as the sync page lists it, with the county's word on its records. ``server_time`` is from its receipt."""

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


class SyncNow:
    """Exchange with the county for the person who unlocked the vault."""

    def __init__(
        self,
        store: Store,
        identity: DeviceIdentity,
        *,
        clock: Clock,
        ids: IdSource,
        finished: Callable[[], None],
    ) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._ids = ids
        self._finished = finished
        self._last_error: KnownError | None = None
        self._online: bool | None = None
        self._server_times: dict[str, str] = {}

    def status(self) -> SyncStatus:
        """Return what the state bar shows."""
        counts = self._store.outbox_counts()
        return SyncStatus(
            unsent=counts.waiting + counts.sealed,
            sealed=counts.sealed,
            last_sync=self._store.setting(_LAST_SYNC),
            last_error=self._last_error,
            online=self._online,
            server_url=self._identity.address,
        )

    def run(self, progress: ProgressSink = silent, cancel: CancelToken | None = None) -> SyncReport:
        """Send and fetch. Raises SYNC and WIRE errors and TASK-001; what was done before stays done."""
        from fieldapp.sync import sync

        before = {batch.id for batch in self._store.batches() if batch.state == "received"}
        try:
            result = sync(
                self._identity,
                self._store,
                clock=self._clock,
                ids=self._ids,
                progress=progress,
                cancel=cancel,
            )
        except KnownError as error:
            self._failed(error)
            raise
        self._last_error = None
        self._online = True
        self._store.put_setting(_LAST_SYNC, self._now())
        self._finished()
        self._server_times |= {sent.id: sent.server_time for sent in result.batches}
        received = [batch for batch in self._store.batches() if batch.state == "received"]
        batches = tuple(self._line(batch) for batch in received if batch.id not in before)
        self._tell_result(batches, result.pulled, result.photos)
        warnings = tuple((f"{w.zh}（{w.code}）", f"{w.en} ({w.code})") for w in result.warnings)
        for zh, en in warnings:
            self._tell(zh, en)
        return SyncReport(batches, result.pulled, warnings)

    def batches(self) -> list[BatchLine]:
        """Return every batch this laptop ever sealed, newest first: its own ledger, which sending does not empty."""
        return [self._line(batch) for batch in self._store.batches()]

    def log(self) -> list[LogLine]:
        """Return the sync log, newest first."""
        return [LogLine(*line) for line in reversed(self._store.setting(_LOG) or [])]

    def _line(self, batch: BatchState) -> BatchLine:
        return BatchLine(
            id=batch.id,
            bseq=batch.bseq,
            at=batch.frozen_at,
            records=batch.records,
            state=batch.state,
            outcomes=batch.outcomes,
            received_at=batch.received_at,
            server_time=self._server_time(batch.id) if batch.state == "received" else None,
        )

    def _server_time(self, batch_id: str) -> str | None:
        from fieldapp.wire.receipt import open_receipt

        if (
            batch_id not in self._server_times
        ):  # it never changes, and checking a year of signatures takes seconds
            raw = self._store.receipt(batch_id)
            if not raw:
                return None
            self._server_times[batch_id] = open_receipt(raw, self._identity.keys.receipt).server_time
        return self._server_times[batch_id]

    def _tell_result(self, batches: tuple[BatchLine, ...], pulled: int, photos: int) -> None:
        records = sum(batch.records for batch in batches)
        self._tell(
            f"同步完成：上报 {records} 条记录（{len(batches)} 批，均有回执），照片 {photos} 张，接收 {pulled} 条更新。",
            f"Synced: {records} records in {len(batches)} batches with receipts, {photos} photos, {pulled} updates.",
        )
        if open_cases := sum(batch.outcomes.get(outcome, 0) for batch in batches for outcome in _NOT_SETTLED):
            self._tell(
                f"其中 {open_cases} 条县里还没有采用（有冲突、待核实或退回），两边的内容都保留着。",
                f"{open_cases} of them wait for a decision in the county (conflict, held or returned); both sides are kept.",
            )

    def _failed(self, error: KnownError) -> None:
        if error.spec is CANCELLED:
            self._tell(error.zh, error.en)
            return
        self._last_error = error
        self._online = _answered(error, self._online)
        self._tell(f"没有完成：{error.zh}（{error.code}）", f"Not finished: {error.en} ({error.code})")

    def _tell(self, zh: str, en: str) -> None:
        """Add a line to the log. A full disk must not hide what the line is about."""
        with contextlib.suppress(KnownError):
            lines = [*(self._store.setting(_LOG) or []), [self._now(), zh, en]]
            self._store.put_setting(_LOG, lines[-_LOG_LINES:])

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")


def _answered(error: KnownError, before: bool | None) -> bool | None:
    """Tell whether the county was there: it said no itself, or the way to it failed; a full disk here says nothing."""
    from fieldapp.sync.errors import WAIT
    from fieldapp.wire.problems import WireError

    if isinstance(error, WireError) or error.spec is WAIT:
        return True
    return False if error.code.startswith("SYNC-") else before
