"""What a laptop has not seen yet: the feed of its scope from a cursor on, as a bundle for that laptop alone.

The cursor holds a place for each town and names the scope it was made for. When the scope has become another one
(a new pairing, another village), the laptop gets everything of it afresh; applying a row twice changes nothing.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from fieldapp.county.devices import Device
from fieldapp.county.feed import EVERYWHERE, town_of
from fieldapp.county.rendering import render
from fieldapp.county.scope import Scope, scope_of
from fieldapp.county.setup import County
from fieldapp.county.tables import CounterRow, DeviceRow, FeedRow, table_of
from fieldapp.wire.bundle import BundleHeader, seal_bundle
from fieldapp.wire.canonical import Json, encode, parse_object
from fieldapp.wire.fields import Fields
from fieldapp.wire.problems import CURSOR_EXPIRED, DEVICE_REVOKED, TOO_LARGE, WireError

__all__ = ["DEFAULT_LIMIT", "MOST_ROWS", "pull"]

DEFAULT_LIMIT = 1_000
MOST_ROWS = 5_000
_IN_CHUNK = 500


@dataclass(frozen=True)
class _Page:
    rows: list[Mapping[str, Any]]
    cursor: str
    more: bool


def pull(county: County, device: Device, cursor: str, limit: int) -> bytes:
    """Return the next bundle for ``device``. Raises device-revoked, cursor-expired."""
    if device.revoked:
        raise DEVICE_REVOKED()
    number = _next_bundle(county, device)
    limit = max(1, min(limit, MOST_ROWS))
    while True:
        with county.database.read() as connection:
            page = _page(county, connection, device, cursor, limit)
        header = BundleHeader(county.code, device.id, number, "changes", county.now())
        try:
            return seal_bundle(
                header,
                page.rows,
                cursor=page.cursor,
                more=page.more,
                signing=county.keys.bundle,
                device_sealing=device.seal_pub,
            )
        except WireError as error:
            if error.problem is not TOO_LARGE or limit == 1:
                raise
            limit = max(1, limit // 4)


def _next_bundle(county: County, device: Device) -> int:
    table = table_of(DeviceRow)
    with county.database.write() as connection:
        number = connection.execute(
            update(table)
            .where(table.c.county_code == county.code, table.c.id == device.id)
            .values(bundle_seq=table.c.bundle_seq + 1, last_seen_at=county.now())
            .returning(table.c.bundle_seq)
        ).scalar_one()
    return int(number)


def _page(county: County, connection: Connection, device: Device, cursor: str, limit: int) -> _Page:
    scope = scope_of(connection, county.code, device.person_id, county.clock.today().isoformat())
    places = _read_cursor(cursor, scope)
    found: list[Row[Any]] = []
    more = False
    for town in _towns(county, connection, scope):
        room = limit - len(found)
        rows = _feed(county, connection, scope, town, places.get(town, 0), room + 1)
        more = len(rows) > room
        found += rows[:room]
        if rows[:room]:
            places[town] = rows[:room][-1].seq
        if more:
            break
    return _Page(render(connection, county.code, scope, found), _write_cursor(scope, places), more)


def _towns(county: County, connection: Connection, scope: Scope) -> list[str]:
    """Return the feeds of a scope; the one of things everywhere comes first, so that forms are there early."""
    if scope.households is not None:
        towns = {town_of(village) for village in scope.villages}
    elif len(town_of(scope.area_code)) == len(town_of("0" * 12)):
        towns = {town_of(scope.area_code)}
    else:
        table = table_of(CounterRow)
        towns = set(
            connection.execute(select(table.c.town).where(table.c.county_code == county.code)).scalars()
        )
    return [EVERYWHERE, *sorted(towns - {EVERYWHERE})]


def _feed(
    county: County, connection: Connection, scope: Scope, town: str, after: int, limit: int
) -> list[Row[Any]]:
    table = table_of(FeedRow)
    base = select(table).where(table.c.county_code == county.code, table.c.town == town, table.c.seq > after)
    if town == EVERYWHERE:
        return list(connection.execute(base.order_by(table.c.seq).limit(limit)))
    if scope.households is None:
        mine = base.where(table.c.area_code.startswith(scope.area_code, autoescape=True))
        return list(connection.execute(mine.order_by(table.c.seq).limit(limit)))
    rows: list[Row[Any]] = []
    ids = sorted(scope.households)
    for start in range(0, len(ids), _IN_CHUNK):
        mine = base.where(table.c.household_id.in_(ids[start : start + _IN_CHUNK]))
        rows += connection.execute(mine.order_by(table.c.seq).limit(limit))
    return sorted(rows, key=lambda row: int(row.seq))[:limit]


def _write_cursor(scope: Scope, places: Mapping[str, int]) -> str:
    content: dict[str, Json] = {"v": 1, "scope": scope.digest, "towns": dict(places)}
    return base64.urlsafe_b64encode(encode(content)).decode("ascii")


def _read_cursor(cursor: str, scope: Scope) -> dict[str, int]:
    """Return the places, none of them when the scope has changed. Raises cursor-expired for anything but a cursor."""
    if not cursor:
        return {}
    try:
        content = parse_object(base64.b64decode(cursor, altchars=b"-_", validate=True))
        fields = Fields(content)
        if fields.integer("v") != 1:
            raise ValueError("v")
        places = fields.mapping("towns")
        read = Fields(places)
        numbers = {town: read.integer(town) for town in places}
        return numbers if fields.text("scope") == scope.digest else {}
    except (ValueError, binascii.Error):
        raise CURSOR_EXPIRED() from None
