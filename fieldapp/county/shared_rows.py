"""Areas and cadres of an import: what every laptop's scope is made of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, select

from fieldapp.common.ids import derived_id
from fieldapp.county.database import Database
from fieldapp.county.feed import Touch
from fieldapp.county.tables import table_of
from fieldapp.county.upserting import Counts
from fieldapp.exchange import StaffRecord, UnitRecord
from fieldapp.exchange.texts import folded
from fieldapp.register.entities import Area
from fieldapp.register.roles import role_of
from fieldapp.tables.register import AreaRow, StaffRow, UnitRow

__all__ = ["known_areas", "put_areas", "put_staff", "put_units", "staff_id"]

_LEVEL_DIGITS = (12, 9, 6)


def staff_id(county_code: str, key: str) -> str:
    """Return the id of a cadre from the key the books use: the same in every book and every year."""
    return derived_id("staff", county_code, key)


def known_areas(connection: Connection, county_code: str) -> list[Area]:
    """Return the county's area tree, parents before children."""
    table = table_of(AreaRow)
    rows = connection.execute(
        select(table).where(table.c.county_code == county_code).order_by(table.c.code)
    ).mappings()
    return [Area(**{name: row[name] for name in row if name != "county_code"}) for row in rows]


def put_areas(
    database: Database, connection: Connection, county_code: str, areas: Iterable[Area]
) -> list[Touch]:
    """Write new and changed areas; return them for the feed."""
    present = {area.code: area for area in known_areas(connection, county_code)}
    told = [_dated_as(area, present.get(area.code)) for area in areas]
    changed = [area for area in told if present.get(area.code) != area]
    rows = [{"county_code": county_code, **asdict(area)} for area in changed]
    database.upsert(connection, AreaRow, rows)
    return [Touch("areas", area.code) for area in changed]


def _dated_as(area: Area, present: Area | None) -> Area:
    """A book names a place and its parent; it knows nothing of the days the county has set."""
    if present is None or area.valid_from or area.valid_to or area.successor:
        return area
    return replace(
        area, valid_from=present.valid_from, valid_to=present.valid_to, successor=present.successor
    )


def put_staff(
    database: Database, connection: Connection, county_code: str, staff: Iterable[StaffRecord]
) -> list[Touch]:
    """Write new and changed cadres; return them for the feed."""
    table = table_of(StaffRow)
    result = connection.execute(select(table).where(table.c.county_code == county_code))
    names = list(result.keys())
    present = {row.id: dict(zip(names, row, strict=True)) for row in result}
    changed: dict[str, dict[str, Any]] = {}
    for record in staff:
        identifier = staff_id(county_code, record.key)
        former = changed.get(identifier) or present.get(identifier)
        row = _merged(record, county_code, identifier, former)
        if row != former:
            changed[identifier] = row
    database.upsert(connection, StaffRow, list(changed.values()))
    return [Touch("staff", identifier) for identifier in changed]


def put_units(
    database: Database, connection: Connection, county_code: str, units: Iterable[UnitRecord], counts: Counts
) -> list[Touch]:
    """Write new and changed units and count them; return them for the feed. What a book does not say stays: the books of cadres
    name a unit and nothing more.
    """
    table = table_of(UnitRow)
    found = connection.execute(select(table).where(table.c.county_code == county_code)).mappings()
    present = {row["id"]: dict(row) for row in found}
    changed: dict[str, dict[str, Any]] = {}
    for unit in units:
        identifier = derived_id("unit", county_code, folded(unit.name))
        former = changed.get(identifier) or present.get(identifier)
        row = {"county_code": county_code, "id": identifier, "area_code": "", **asdict(unit)}
        if former is not None:
            row |= {name: former[name] for name in ("name", "area_code")}
            row |= {name: row[name] or former[name] for name in ("kind", "contact_name", "phone")}
        if row == former:
            counts.same += 1
            continue
        counts.new += former is None
        counts.changed += former is not None
        changed[identifier] = row
    database.upsert(connection, UnitRow, list(changed.values()))
    return [Touch("units", identifier) for identifier in changed]


def _merged(
    record: StaffRecord, county_code: str, identifier: str, former: Mapping[str, Any] | None
) -> dict[str, Any]:
    row = {
        "county_code": county_code,
        "id": identifier,
        "name": record.name,
        "role": record.role,
        "area_code": record.area_code,
        "unit_name": record.unit_name,
        "phone": record.phone,
        "post": record.post,
    }
    if former is None:
        return row
    for name in ("unit_name", "phone", "post"):
        row[name] = row[name] or former[name]
    if role_of(former["role"]).rank > role_of(record.role).rank:
        # Who has a wider view keeps it, whatever another book calls the same person.
        row |= {"role": former["role"], "area_code": former["area_code"], "post": former["post"]}
    elif record.role == "helper" and former["role"] == "helper":
        # Each book tells the part of a helper's households that it holds.
        row["area_code"] = _common(former["area_code"], record.area_code)
    return row


def _common(one: str, other: str) -> str:
    if not one or not other:
        return one or other
    prefix = os.path.commonprefix([one, other])
    return next((prefix[:digits] for digits in _LEVEL_DIGITS if len(prefix) >= digits), "")
