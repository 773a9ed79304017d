"""Writing facts: the typed row, the field's version and writer, and the history, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from fieldapp.county.database import Database
from fieldapp.county.tables import table_of
from fieldapp.register.entities import ENTITY_TYPES, Entity
from fieldapp.register.merge import FieldState
from fieldapp.register.values import Value
from fieldapp.tables.history import FactRow, FieldStateRow
from fieldapp.tables.register import TABLES
from fieldapp.tables.rows import entity_of, row_of, split_values

__all__ = [
    "COUNTY_WRITER",
    "STATUS",
    "Pen",
    "field_states",
    "insert_entity",
    "load_entity",
    "others_wrote",
    "write_fields",
]

#: The record's own status, written and merged like a field.
STATUS = "status"
#: The writer of what an import or the county's own console changed.
COUNTY_WRITER = "county"


@dataclass(frozen=True)
class Pen:
    """Who writes: the device that merges by it, the person, the visit or reason, and the change the facts come from."""

    change_id: str
    device: str
    author: str
    author_name: str
    since: str
    visit_id: str | None = None
    reason: str = ""


def load_entity(connection: Connection, county_code: str, list_name: str, entity_id: str) -> Entity | None:
    """Return a record of the register, kept for this transaction, or None."""
    table = table_of(TABLES[list_name])
    row = connection.execute(
        select(table).where(table.c.county_code == county_code, table.c.id == entity_id).with_for_update()
    ).first()
    return entity_of(list_name, dict(zip(row._fields, row, strict=True))) if row is not None else None


def field_states(
    connection: Connection, county_code: str, entity: Entity, names: list[str]
) -> dict[str, FieldState]:
    """Return value, version and writer of fields; one never written apart has the first version and no writer."""
    table = table_of(FieldStateRow)
    rows = connection.execute(
        select(table.c.name, table.c.version, table.c.writer).where(
            table.c.county_code == county_code,
            table.c.list == entity.LIST,
            table.c.entity_id == entity.id,
            table.c.name.in_(names),
        )
    ).all()
    known = {row.name: (row.version, row.writer) for row in rows}
    states = {}
    for name in names:
        version, writer = known.get(name, (1, ""))
        value = entity.status if name == STATUS else entity.get(name)
        states[name] = FieldState(value, version, writer)
    return states


def others_wrote(
    connection: Connection, county_code: str, entity: Entity, *, since_version: int, device: str
) -> bool:
    """Tell whether another writer than ``device`` changed the record after a version."""
    table = table_of(FieldStateRow)
    return (
        connection.execute(
            select(table.c.name)
            .where(
                table.c.county_code == county_code,
                table.c.list == entity.LIST,
                table.c.entity_id == entity.id,
                table.c.version > since_version,
                table.c.writer != device,
            )
            .limit(1)
        ).first()
        is not None
    )


def insert_entity(
    database: Database,
    connection: Connection,
    county_code: str,
    list_name: str,
    entity_id: str,
    household_id: str,
    values: Mapping[str, Value],
    pen: Pen,
) -> bool:
    """Insert a new record with its first facts; return False and change nothing when the id is taken."""
    entity = ENTITY_TYPES[list_name].from_values(entity_id, {**values, "household_id": household_id})
    if not database.insert_one(connection, TABLES[list_name], row_of(county_code, entity)):
        return False
    told = {name: value for name, value in values.items() if value is not None}
    _note(database, connection, county_code, entity, told, {}, 1, household_id, pen)
    _sign(database, connection, county_code, entity, list(told), 1, pen)
    return True


def write_fields(
    database: Database,
    connection: Connection,
    county_code: str,
    entity: Entity,
    household_id: str,
    values: Mapping[str, Value],
    pen: Pen,
) -> int:
    """Change fields of a record (``status`` among them); return its new version."""
    version = entity.version + 1
    columns, properties = split_values(entity.LIST, {k: v for k, v in values.items() if k != STATUS})
    merged = {**entity.properties, **properties}
    table = table_of(TABLES[entity.LIST])
    changed = {
        **columns,
        "version": version,
        "properties": {name: value for name, value in merged.items() if value is not None},
    }
    if STATUS in values:
        changed[STATUS] = values[STATUS]
    connection.execute(
        update(table).where(table.c.county_code == county_code, table.c.id == entity.id).values(**changed)
    )
    before = {name: entity.status if name == STATUS else entity.get(name) for name in values}
    _note(database, connection, county_code, entity, values, before, version, household_id, pen)
    _sign(database, connection, county_code, entity, list(values), version, pen)
    return version


def _sign(
    database: Database,
    connection: Connection,
    county_code: str,
    entity: Entity,
    names: list[str],
    version: int,
    pen: Pen,
) -> None:
    """Keep which device wrote the fields, so that it does not conflict with itself."""
    rows = [
        {
            "county_code": county_code,
            "list": entity.LIST,
            "entity_id": entity.id,
            "name": name,
            "version": version,
            "writer": pen.device,
        }
        for name in names
    ]
    database.upsert(connection, FieldStateRow, rows)


def _note(
    database: Database,
    connection: Connection,
    county_code: str,
    entity: Entity,
    values: Mapping[str, Value],
    before: Mapping[str, Value],
    version: int,
    household_id: str,
    pen: Pen,
) -> None:
    rows = [
        {
            "county_code": county_code,
            "change_id": pen.change_id,
            "list": entity.LIST,
            "entity_id": entity.id,
            "name": name,
            "household_id": household_id,
            "value": value,
            "before": before.get(name),
            "since": pen.since,
            "visit_id": pen.visit_id,
            "author": pen.author,
            "author_name": pen.author_name,
            "version": version,
            "writer": pen.device,
            "reason": pen.reason,
        }
        for name, value in values.items()
    ]
    database.insert_new(connection, FactRow, rows)
