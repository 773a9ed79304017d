"""The chain of a laptop's batches: order comes from ``bseq`` and ``prev``, never from a clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from fieldapp.county.devices import Device
from fieldapp.county.tables import BatchRow, DeviceRow, LineRow, table_of
from fieldapp.wire.batch import FIRST_PREV, BatchHeader

__all__ = ["advance", "followers", "held_lines", "judge_position", "mark_line", "place_in_chain"]


def judge_position(device: Device, header: BatchHeader) -> str:
    """Return why household facts of the batch must wait (``gap``, ``fork``), or an empty text for the next in order."""
    if header.epoch != device.epoch or header.bseq <= device.last_bseq:
        return "fork"
    if header.bseq > device.last_bseq + 1:
        return "gap"
    return "" if header.prev == (device.last_sha256 or FIRST_PREV) else "fork"


def advance(
    connection: Connection,
    county_code: str,
    device: Device,
    *,
    bseq: int,
    sha256: str,
    journal: tuple[int, str],
) -> None:
    """Move the chain's end on."""
    table = table_of(DeviceRow)
    connection.execute(
        update(table)
        .where(table.c.county_code == county_code, table.c.id == device.id)
        .values(last_bseq=bseq, last_sha256=sha256, journal_seq=journal[0], journal_head=journal[1])
    )


def followers(
    connection: Connection, county_code: str, device: Device, bseq: int, sha256: str
) -> list[Mapping[str, Any]]:
    """Return the batches that came too early and now continue the chain, in order."""
    table = table_of(BatchRow)
    found: list[Mapping[str, Any]] = []
    while True:
        row = connection.execute(
            select(table.c.id, table.c.bseq, table.c.sha256).where(
                table.c.county_code == county_code,
                table.c.device_id == device.id,
                table.c.epoch == device.epoch,
                table.c.bseq == bseq + 1,
                table.c.prev == sha256,
                table.c.in_chain.is_(False),
            )
        ).first()
        if row is None:
            return found
        found.append({"id": row.id, "bseq": row.bseq, "sha256": row.sha256})
        bseq, sha256 = row.bseq, row.sha256


def place_in_chain(connection: Connection, county_code: str, batch_id: str) -> None:
    """Mark a batch that came too early as placed."""
    table = table_of(BatchRow)
    connection.execute(
        update(table).where(table.c.county_code == county_code, table.c.id == batch_id).values(in_chain=True)
    )


def held_lines(connection: Connection, county_code: str, batch_id: str) -> list[tuple[int, bytes]]:
    """Return the lines of a batch that wait for the gap before it to close, in order."""
    table = table_of(LineRow)
    rows = connection.execute(
        select(table.c.line_no, table.c.raw)
        .where(
            table.c.county_code == county_code,
            table.c.batch_id == batch_id,
            table.c.status == "held",
            table.c.detail == "gap",
        )
        .order_by(table.c.line_no)
    ).all()
    return [(row.line_no, row.raw) for row in rows]


def mark_line(
    connection: Connection, county_code: str, batch_id: str, line_no: int, outcome: Mapping[str, Any]
) -> None:
    """Set what became of a line after all; the receipt stays as it was given."""
    table = table_of(LineRow)
    connection.execute(
        update(table)
        .where(table.c.county_code == county_code, table.c.batch_id == batch_id, table.c.line_no == line_no)
        .values(**outcome)
    )
