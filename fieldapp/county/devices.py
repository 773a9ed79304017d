"""The laptops a county knows, each of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from fieldapp.county.errors import NO_SUCH_DEVICE
from fieldapp.county.setup import County
from fieldapp.county.tables import DeviceRow, table_of

__all__ = ["Device", "device_by_key", "device_by_id", "list_devices", "revoke_device"]


@dataclass(frozen=True)
class Device:
    """A laptop's enrolment: one person, one pair of keys, its place in the batch chain."""

    id: str
    person_id: str
    key_id: str
    sign_pub: bytes
    seal_pub: bytes
    epoch: int
    status: str
    last_bseq: int
    last_sha256: str
    enrolled_at: str
    last_seen_at: str

    @property
    def revoked(self) -> bool:
        return self.status != "active"


def device_by_key(connection: Connection, county_code: str, key_id: str) -> Device | None:
    """Return the device whose signing key has this id."""
    table = table_of(DeviceRow)
    row = connection.execute(
        select(table).where(table.c.county_code == county_code, table.c.key_id == key_id)
    ).first()
    return _device(row) if row is not None else None


def device_by_id(connection: Connection, county_code: str, device_id: str, *, lock: bool = False) -> Device:
    """Return a device; ``lock`` keeps its row for this transaction. Raises COUNTY-008."""
    table = table_of(DeviceRow)
    query = select(table).where(table.c.county_code == county_code, table.c.id == device_id)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise NO_SUCH_DEVICE(device=device_id)
    return _device(row)


def list_devices(county: County) -> list[Device]:
    """Return all devices, oldest first."""
    table = table_of(DeviceRow)
    with county.database.read() as connection:
        rows = connection.execute(
            select(table)
            .where(table.c.county_code == county.code)
            .order_by(table.c.enrolled_at, table.c.epoch, table.c.id)
        ).all()
    return [_device(row) for row in rows]


def revoke_device(county: County, device_id: str) -> None:
    """Revoke a lost laptop: pulls are refused, batches go to quarantine. Raises COUNTY-008."""
    table = table_of(DeviceRow)
    with county.database.write() as connection:
        done = connection.execute(
            update(table)
            .where(table.c.county_code == county.code, table.c.id == device_id)
            .values(status="revoked")
        )
        if done.rowcount != 1:
            raise NO_SUCH_DEVICE(device=device_id)


def _device(row: Row[Any]) -> Device:
    return Device(**{name: getattr(row, name) for name in Device.__dataclass_fields__})
