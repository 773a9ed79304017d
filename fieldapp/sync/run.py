"""One sync: forms first, then what is new from the county, then photos. The desktop and the command line run this."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from requests.adapters import BaseAdapter

from fieldapp.common.clock import Clock
from fieldapp.common.errors import KnownError
from fieldapp.common.ids import IdSource
from fieldapp.common.tasks import CancelToken, ProgressSink, silent
from fieldapp.sync.identity import DeviceIdentity
from fieldapp.sync.line import Line
from fieldapp.sync.outbox import Outbox
from fieldapp.sync.photos import send_photos
from fieldapp.sync.pulling import pull
from fieldapp.sync.pushing import SentBatch, push
from fieldapp.sync.transport import Transport

__all__ = ["SyncResult", "sync"]


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a run did, and what is to be told although it went well (a wrong clock)."""

    batches: tuple[SentBatch, ...]
    pulled: int
    photos: int
    warnings: tuple[KnownError, ...]


def sync(
    identity: DeviceIdentity,
    outbox: Outbox,
    *,
    clock: Clock,
    ids: IdSource,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
    patience_s: float = 60,
    pause: Callable[[float], None] = time.sleep,
    adapter: BaseAdapter | None = None,
) -> SyncResult:
    """Send what waits, fetch what is new, send photos.

    Raises SYNC-00x, WIRE-0xx or TASK-001; what was done before stays done, and the next run goes on from there.
    """
    transport = Transport(identity.address, ca=identity.ca, adapter=adapter)
    line = Line(identity, transport, clock, patience_s=patience_s, pause=pause)
    try:
        batches = push(line, outbox, clock=clock, ids=ids, progress=progress, cancel=cancel)
        pulled = pull(line, outbox, progress=progress, cancel=cancel)
        photos = send_photos(line, outbox, progress=progress, cancel=cancel)
    finally:
        transport.close()
    warnings = (line.clock_warning,) if line.clock_warning is not None else ()
    return SyncResult(tuple(batches), pulled, photos, warnings)
