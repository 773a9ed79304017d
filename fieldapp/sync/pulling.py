"""Fetching: the county's feed from where this laptop stopped, page by page, each applied in one transaction.

The kept cursor holds the number of the last bundle beside the county's own cursor, so an older bundle (a replayed
answer, an old stick) is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.sync.errors import NO_PROGRESS
from fieldapp.sync.line import Line
from fieldapp.sync.outbox import Outbox
from fieldapp.wire.bundle import Bundle, open_bundle
from fieldapp.wire.problems import CURSOR_EXPIRED, WireError

__all__ = ["Cursor", "pull", "read_cursor"]

_PAGE_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the laptop stands: the last bundle's number and the county's cursor."""

    bundle: int = 0
    county: str = ""

    def text(self) -> str:
        """Return what the store keeps."""
        return f"{self.bundle}:{self.county}"


def read_cursor(text: str) -> Cursor:
    """Read what the store kept; an empty text is the beginning."""
    number, _, county = text.partition(":")
    return Cursor(int(number), county) if number.isdecimal() else Cursor()


def pull(
    line: Line,
    outbox: Outbox,
    *,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
    page_rows: int = _PAGE_ROWS,
) -> int:
    """Fetch and apply everything new; return the rows applied. Raises SYNC-00x, WIRE-0xx; run it again to go on."""
    applied = 0
    restarted = False
    cursor = read_cursor(outbox.cursor())
    while True:
        if cancel is not None:
            cancel.check()
        try:
            bundle = _fetch(line, cursor, page_rows)
        except WireError as error:
            if error.problem is not CURSOR_EXPIRED or restarted:
                raise
            restarted = True
            cursor = Cursor(cursor.bundle, "")
            continue
        if bundle.more and bundle.cursor == cursor.county:
            raise NO_PROGRESS()
        cursor = Cursor(bundle.header.seq, bundle.cursor)
        applied += outbox.apply_feed(bundle.items, cursor.text(), more=bundle.more)
        progress(Progress(applied, 0, f"已下载 {applied} 条", f"{applied} rows fetched"))
        if not bundle.more:
            return applied


def _fetch(line: Line, cursor: Cursor, page_rows: int) -> Bundle:
    params = {"cursor": cursor.county, "limit": str(page_rows)}
    reply = line.call("GET", "/v1/changes", params=params)
    identity = line.identity
    return open_bundle(
        reply.content,
        county=identity.county,
        device=identity.device,
        county_bundle=identity.keys.bundle,
        sealing=identity.sealing,
        last_seq=cursor.bundle,
    )
