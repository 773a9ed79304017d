"""The tables are those of the declaration, and fit a distributed PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, Table
from sqlmodel import SQLModel

from fieldapp.register.schema import register_schema
from fieldapp.tables.history import FactRow, FieldStateRow
from fieldapp.tables.register import TABLES, AreaRow, StaffRow, UnitRow

SCHEMA = register_schema()
COMMON = {"county_code", "id", "status", "version", "properties"}
MODELS = [*TABLES.values(), AreaRow, StaffRow, UnitRow, FactRow, FieldStateRow]


def table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def test_typed_columns_are_exactly_the_declared_ones() -> None:
    assert set(TABLES) == set(SCHEMA.lists)
    for name, model in TABLES.items():
        own = {column.name for column in table(model).columns} - COMMON
        assert own == set(SCHEMA.lists[name].columns), name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__tablename__)
def test_the_county_stands_first_in_every_key(model: type[SQLModel]) -> None:
    made = table(model)
    assert next(iter(made.primary_key.columns)).name == "county_code"
    for index in made.indexes:
        first = next(iter(index.columns)).name
        assert first == "county_code" or not index.unique, index.name


@pytest.mark.parametrize("model", TABLES.values(), ids=TABLES.keys())
def test_versions_and_amounts_are_64_bit(model: type[SQLModel]) -> None:
    made = table(model)
    spec = SCHEMA.lists[str(model.__tablename__)]
    money = {prop.name for prop in spec.properties.values() if prop.column and prop.type == "decimal"}
    for name in {"version", *money}:
        assert isinstance(made.c[name].type, BigInteger), name
