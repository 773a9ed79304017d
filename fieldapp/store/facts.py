"""Typed rows, the history of facts and the state of fields: what a patch does to the register's tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import sqlite

from fieldapp.common.clock import CHINA
from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.entities import ENTITY_TYPES, Entity
from fieldapp.register.values import Value
from fieldapp.store.base import FACTS, FIELD_STATES, Site, table_of
from fieldapp.store.judging import OWN_DAYS, STATUS
from fieldapp.tables.rows import entity_of, row_of, split_values

__all__ = ["FieldKey", "Writing", "field_states", "load_entities", "since_of", "write_patches", "write_visit"]

#: List, record, fact.
FieldKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a history line says beside the value: the change, since when, and who."""

    change: Change
    since: str
    site: Site


def since_of(change: Change, own_visit: EntityPatch | None) -> str:
    """Return the day from which the change's facts are known: the visit's day, else the day it was written (China)."""
    if own_visit is not None:
        return str(own_visit.fields[OWN_DAYS[own_visit.list]].new)
    return datetime.fromisoformat(change.at).astimezone(CHINA).date().isoformat()


def load_entities(
    connection: Connection, county_code: str, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Entity]:
    """Return the records that are there, by list and id. Lists the register does not have are skipped."""
    ids: dict[str, list[str]] = defaultdict(list)
    for list_name, entity_id in wanted:
        if list_name in ENTITY_TYPES:
            ids[list_name].append(entity_id)
    found: dict[tuple[str, str], Entity] = {}
    for list_name, some in ids.items():
        table = table_of(list_name)
        rows = connection.execute(
            select(table).where(table.c.county_code == county_code, table.c.id.in_(some))
        )
        for row in rows.mappings():
            found[list_name, row["id"]] = entity_of(list_name, row)
    return found


def field_states(
    connection: Connection, county_code: str, patches: Iterable[EntityPatch]
) -> dict[FieldKey, int]:
    """Return the record version at which this laptop wrote a field that the county has not sent back since.

    A later patch of such a field must name that version, not the record's newer one: the writer has seen nothing
    newer of this field.
    """
    ids: dict[str, None] = {}
    lists: dict[str, None] = {}
    for patch in patches:
        ids[patch.entity_id] = lists[patch.list] = None
    at = FIELD_STATES.c
    rows = connection.execute(
        select(at.list, at.entity_id, at.name, at.version).where(
            at.county_code == county_code, at.list.in_(lists), at.entity_id.in_(ids)
        )
    )
    return {(row.list, row.entity_id, row.name): row.version for row in rows}


def write_visit(connection: Connection, county_code: str, visit: EntityPatch) -> None:
    """Write the row of a visit or a filled form. It has no history: visits are only added, and the document is kept whole."""
    values = {name: change.new for name, change in visit.fields.items()}
    row = row_of(county_code, ENTITY_TYPES[visit.list].from_values(visit.entity_id, values))
    table = table_of(visit.list)
    connection.execute(
        sqlite.insert(table).values(row).on_conflict_do_update(index_elements=["county_code", "id"], set_=row)
    )


def write_patches(
    connection: Connection,
    patches: Iterable[EntityPatch],
    current: Mapping[tuple[str, str], Entity],
    writing: Writing,
) -> int:
    """Write accepted patches: rows, history lines, field states. Return how many facts were written."""
    history: list[dict[str, Any]] = []
    for patch in patches:
        before = current.get((patch.list, patch.entity_id))
        version = _write_row(connection, patch, before, writing)
        changed = dict(patch.fields)
        if patch.status is not None:
            changed[STATUS] = patch.status
        for name, change in changed.items():
            history.append(_line(patch, name, change, before, version, writing))
    if history:
        connection.execute(insert(FACTS), history)
        _note_writer(connection, history, mine=writing.change.kind != "pull")
    return len(history)


def _write_row(connection: Connection, patch: EntityPatch, before: Entity | None, writing: Writing) -> int:
    """Write the record; its version stays the county's, which alone counts versions (1 for a new record)."""
    county_code, pulled = writing.site.county_code, writing.change.kind == "pull"
    table = table_of(patch.list)
    values = {name: change.new for name, change in patch.fields.items()}
    status = str(patch.status.new) if patch.status else None
    if before is None:
        version = max(1, patch.base_version) if pulled else 1
        made = ENTITY_TYPES[patch.list].from_values(
            patch.entity_id, values, status=status or "active", version=version
        )
        connection.execute(insert(table).values(row_of(county_code, made)))
        return version
    version = max(before.version, patch.base_version) if pulled else before.version
    columns, properties = split_values(patch.list, values)
    if properties:
        kept = {**before.properties, **properties}
        columns["properties"] = {name: value for name, value in kept.items() if value is not None}
    if status is not None:
        columns["status"] = status
    if version != before.version:
        columns["version"] = version
    if columns:
        connection.execute(
            update(table)
            .where(table.c.county_code == county_code, table.c.id == patch.entity_id)
            .values({table.c[name]: value for name, value in columns.items()})
        )
    return version


def _line(
    patch: EntityPatch,
    name: str,
    change: FieldChange,
    before: Entity | None,
    version: int,
    writing: Writing,
) -> dict[str, Any]:
    was: Value = None
    if before is not None:
        was = before.status if name == STATUS else before.get(name)
    told = writing.change
    return {
        "county_code": writing.site.county_code,
        "change_id": told.id,
        "list": patch.list,
        "entity_id": patch.entity_id,
        "name": name,
        "household_id": patch.household_id,
        "value": change.new,
        "before": was,
        "since": writing.since,
        "visit_id": told.visit_id,
        "author": told.author,
        "author_name": told.author_name,
        "version": version,
        "writer": writing.site.device if told.kind != "pull" else "",
        "reason": told.reason,
    }


def _note_writer(connection: Connection, history: list[dict[str, Any]], *, mine: bool) -> None:
    """Remember which fields this laptop wrote last, at which version it first did so; forget what the county wrote."""
    keys = [{name: line[name] for name in ("county_code", "list", "entity_id", "name")} for line in history]
    if mine:
        rows = [
            {**key, "version": line["version"], "writer": line["writer"]}
            for key, line in zip(keys, history, strict=True)
        ]
        connection.execute(sqlite.insert(FIELD_STATES).on_conflict_do_nothing(), rows)
        return
    where = (FIELD_STATES.c[name] == bindparam(f"_{name}") for name in keys[0])
    connection.execute(
        delete(FIELD_STATES).where(*where),
        [{f"_{name}": value for name, value in key.items()} for key in keys],
    )
