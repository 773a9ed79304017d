"""Feed rows as they travel: the present state of each thing, for one person's eyes.

A register row is ``{"list", "id", "status", "version", "values", "fields", "writers", "origins"}``: ``values`` holds every
fact that has a value (what is absent has none), ``fields`` the version at which a fact was last written, where that is not
the first, ``writers`` the laptop that wrote it last, where that was not the county, and ``origins`` of those facts since
when, from which visit, by whom and why they are so, ``[{"names", "since", "visit", "author_name", "reason"}]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from fieldapp.county.facts import COUNTY_WRITER
from fieldapp.county.scope import Scope
from fieldapp.county.tables import FormRow, PolicyRow, table_of
from fieldapp.register.roles import role_of
from fieldapp.tables.history import FactRow, FieldStateRow
from fieldapp.tables.register import TABLES, AreaRow, StaffRow, UnitRow
from fieldapp.tables.rows import entity_of

__all__ = ["render"]

_IN_CHUNK = 500


def render(
    connection: Connection, county_code: str, scope: Scope, feed: Sequence[Row[Any]]
) -> list[Mapping[str, Any]]:
    """Return the rows for the feed's things in the feed's order; what the scope may not see is left out."""
    wanted: dict[str, list[str]] = {}
    for item in feed:
        wanted.setdefault(item.list, []).append(item.entity_id)
    rendered: dict[tuple[str, str], Mapping[str, Any]] = {}
    for list_name, ids in wanted.items():
        for start in range(0, len(ids), _IN_CHUNK):
            for row in _of_list(connection, county_code, scope, list_name, ids[start : start + _IN_CHUNK]):
                rendered[list_name, row["id"]] = row
    keys = [(item.list, item.entity_id) for item in feed]
    return [rendered[key] for key in keys if key in rendered]


def _of_list(
    connection: Connection, county_code: str, scope: Scope, list_name: str, ids: list[str]
) -> Iterable[Mapping[str, Any]]:
    if list_name in TABLES:
        return _entities(connection, county_code, list_name, ids)
    match list_name:
        case "areas":
            return _areas(connection, county_code, scope, ids)
        case "staff":
            return _staff(connection, county_code, scope, ids)
        case "units":
            return _units(connection, county_code, ids)
        case "forms":
            return _forms(connection, county_code, ids)
        case "policy":
            return _policy(connection, county_code, ids)
    return []


def _entities(
    connection: Connection, county_code: str, list_name: str, ids: list[str]
) -> list[Mapping[str, Any]]:
    states = table_of(FieldStateRow)
    versions: dict[str, dict[str, int]] = {}
    writers: dict[str, dict[str, str]] = {}
    for state in connection.execute(
        select(states.c.entity_id, states.c.name, states.c.version, states.c.writer).where(
            states.c.county_code == county_code,
            states.c.list == list_name,
            states.c.entity_id.in_(ids),
        )
    ):
        if state.version > 1:
            versions.setdefault(state.entity_id, {})[state.name] = state.version
        if state.writer not in ("", COUNTY_WRITER):
            writers.setdefault(state.entity_id, {})[state.name] = state.writer
    origins = _origins(connection, county_code, list_name, versions, writers)
    table = table_of(TABLES[list_name])
    rows = connection.execute(select(table).where(table.c.county_code == county_code, table.c.id.in_(ids)))
    names = list(rows.keys())
    found: list[Mapping[str, Any]] = []
    for row in rows:
        entity = entity_of(list_name, dict(zip(names, row, strict=True)))
        found.append(
            {
                "list": list_name,
                "id": entity.id,
                "status": entity.status,
                "version": entity.version,
                "values": {name: value for name, value in entity.values().items() if value is not None},
                "fields": versions.get(entity.id, {}),
                "writers": writers.get(entity.id, {}),
                "origins": origins.get(entity.id, []),
            }
        )
    return found


def _origins(
    connection: Connection,
    county_code: str,
    list_name: str,
    versions: Mapping[str, Mapping[str, int]],
    writers: Mapping[str, Mapping[str, str]],
) -> Mapping[str, list[Mapping[str, Any]]]:
    """Return where the facts that laptops wrote are from, by record: those of one act together."""
    facts = table_of(FactRow)
    told: dict[str, dict[tuple[str, str | None, str, str], list[str]]] = {}
    for fact in connection.execute(
        select(facts)
        .where(
            facts.c.county_code == county_code,
            facts.c.list == list_name,
            facts.c.entity_id.in_(list(writers)),
        )
        .order_by(facts.c.entity_id, facts.c.name)
    ):
        present = fact.name in writers[fact.entity_id]
        if present and fact.version == versions.get(fact.entity_id, {}).get(fact.name, 1):
            act = fact.since, fact.visit_id, fact.author_name, fact.reason
            told.setdefault(fact.entity_id, {}).setdefault(act, []).append(fact.name)
    names = ("since", "visit", "author_name", "reason")
    return {
        id: [{"names": facts_of, **dict(zip(names, act, strict=True))} for act, facts_of in acts.items()]
        for id, acts in told.items()
    }


def _areas(
    connection: Connection, county_code: str, scope: Scope, ids: list[str]
) -> Iterable[Mapping[str, Any]]:
    table = table_of(AreaRow)
    for row in connection.execute(
        select(table).where(table.c.county_code == county_code, table.c.code.in_(ids))
    ):
        if scope.sees_area(row.code):
            names = ("code", "parent", "name", "level", "valid_from", "valid_to", "successor")
            yield _shared("areas", row.code, {name: getattr(row, name) for name in names})


def _staff(
    connection: Connection, county_code: str, scope: Scope, ids: list[str]
) -> Iterable[Mapping[str, Any]]:
    table = table_of(StaffRow)
    for row in connection.execute(
        select(table).where(table.c.county_code == county_code, table.c.id.in_(ids))
    ):
        colleague = role_of(scope.role).wide and row.area_code.startswith(scope.area_code)
        if row.id == scope.person_id or colleague:
            names = ("name", "role", "area_code", "unit_name", "phone", "post")
            yield _shared("staff", row.id, {name: getattr(row, name) for name in names})


def _units(connection: Connection, county_code: str, ids: list[str]) -> Iterable[Mapping[str, Any]]:
    table = table_of(UnitRow)
    for row in connection.execute(
        select(table).where(table.c.county_code == county_code, table.c.id.in_(ids))
    ):
        names = ("name", "kind", "area_code", "contact_name", "phone")
        yield _shared("units", row.id, {name: getattr(row, name) for name in names})


def _forms(connection: Connection, county_code: str, ids: list[str]) -> Iterable[Mapping[str, Any]]:
    table = table_of(FormRow)
    for row in connection.execute(
        select(table).where(
            table.c.county_code == county_code, table.c.form_id.in_(ids), table.c.state == "current"
        )
    ):
        values = {
            "form_id": row.form_id,
            "version": row.version,
            "sha256": row.sha256,
            "title": row.title,
            "published_at": row.published_at,
            "xml": row.xml.decode("utf-8"),
        }
        yield _shared("forms", row.form_id, values)


def _policy(connection: Connection, county_code: str, ids: list[str]) -> Iterable[Mapping[str, Any]]:
    table = table_of(PolicyRow)
    for row in connection.execute(
        select(table).where(table.c.county_code == county_code, table.c.name.in_(ids))
    ):
        yield _shared("policy", row.name, {"text": row.text, "published_at": row.published_at})


def _shared(list_name: str, identifier: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "list": list_name,
        "id": identifier,
        "status": "active",
        "version": 1,
        "values": values,
        "fields": {},
    }
