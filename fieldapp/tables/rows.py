"""Between a table's row and the register's values: which facts are columns, and yuan text against integer fen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fieldapp.register.entities import ENTITY_TYPES, Entity
from fieldapp.register.schema import RegisterSchema, register_schema
from fieldapp.register.values import Value, canonical_decimal
from fieldapp.tables.register import TABLES

__all__ = ["REQUIRED", "entity_of", "row_from_values", "row_of", "split_values", "stored_value"]


def _money_columns(list_name: str, schema: RegisterSchema) -> frozenset[str]:
    spec = schema.lists[list_name]
    return frozenset(p.name for p in spec.properties.values() if p.column and p.type == "decimal")


_MONEY = {name: _money_columns(name, register_schema()) for name in TABLES}
_COLUMNS = {name: frozenset(register_schema().lists[name].columns) for name in TABLES}
_DEFAULTS: dict[str, dict[str, Any]] = {
    name: {
        f: info.default
        for f, info in table.model_fields.items()
        if f in _COLUMNS[name] and not info.is_required()
    }
    for name, table in TABLES.items()
}


#: The columns of each list that have no default: a record without them cannot be.
REQUIRED: Mapping[str, frozenset[str]] = {
    name: frozenset(f for f, info in table.model_fields.items() if f in _COLUMNS[name] and info.is_required())
    for name, table in TABLES.items()
}


def stored_value(list_name: str, name: str, value: Value) -> Value:
    """Return how a fact reads once it is stored: a column's default where there is none, yuan at whole fen."""
    if name not in _COLUMNS[list_name]:
        return value
    column: Value = _to_column(list_name, name, value)
    if column is not None and name in _MONEY[list_name]:
        return canonical_decimal(Decimal(str(column)) / 100)
    return column


def _to_column(list_name: str, name: str, value: Value) -> Any:
    if value is None:
        return _DEFAULTS[list_name].get(name)
    if name in _MONEY[list_name]:
        return int((Decimal(str(value)) * 100).to_integral_value())
    return value


def split_values(list_name: str, values: Mapping[str, Value]) -> tuple[dict[str, Any], dict[str, Value]]:
    """Split facts by property name into column values and the JSON ``properties`` (None removes a property)."""
    columns: dict[str, Any] = {}
    properties: dict[str, Value] = {}
    own = _COLUMNS[list_name]
    for name, value in values.items():
        if name in own:
            columns[name] = _to_column(list_name, name, value)
        else:
            properties[name] = value
    return columns, properties


def row_of(county_code: str, entity: Entity) -> dict[str, Any]:
    """Return the full table row of an entity, for inserts in bulk."""
    return row_from_values(
        county_code, entity.LIST, entity.id, entity.values(), status=entity.status, version=entity.version
    )


def row_from_values(
    county_code: str,
    list_name: str,
    id: str,
    values: Mapping[str, Value],
    *,
    status: str = "active",
    version: int = 1,
) -> dict[str, Any]:
    """Return the full table row of a record's facts. Raises KeyError naming a required fact that is missing."""
    columns, properties = split_values(list_name, values)
    for name in REQUIRED[list_name]:
        if columns.get(name) is None:
            raise KeyError(name)
    return {
        "county_code": county_code,
        "id": id,
        "status": status,
        "version": version,
        "properties": {name: value for name, value in properties.items() if value is not None},
        **_DEFAULTS[list_name],
        **columns,
    }


def entity_of(list_name: str, row: Mapping[Any, Any]) -> Entity:
    """Return the frozen value of a table row (a mapping by column name)."""
    values: dict[str, Value] = {}
    for name in _COLUMNS[list_name]:
        value = row[name]
        if value is not None and name in _MONEY[list_name]:
            value = canonical_decimal(Decimal(value) / 100)
        values[name] = value
    values.update(row["properties"] or {})
    return ENTITY_TYPES[list_name].from_values(
        row["id"], values, status=row["status"], version=row["version"]
    )
