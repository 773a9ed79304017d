"""Between rows and values: nothing is lost, nothing is rounded unseen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.entities import ENTITY_TYPES, Entity, IncomeYear
from fieldapp.register.schema import Property, register_schema
from fieldapp.register.values import Value, canonical_decimal
from fieldapp.tables.rows import REQUIRED, entity_of, row_from_values, row_of, split_values, stored_value

SCHEMA = register_schema()


def value_of(prop: Property) -> st.SearchStrategy[Value]:
    """A stored value of a property."""
    match prop.type:
        case "integer":
            return st.integers(-(10**14), 10**14)
        case "boolean":
            return st.booleans()
        case "decimal":
            fen = st.integers(-(10**16), 10**16)
            return fen.map(lambda number: canonical_decimal(Decimal(number) / 100))
        case "codes":
            codes = [code.code for code in SCHEMA.codes[prop.codes or ""].codes]
            return st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=3)
    return st.text(min_size=1, max_size=8)


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    name = draw(st.sampled_from(sorted(SCHEMA.lists)))
    spec = SCHEMA.lists[name]
    facts = {
        prop.name: draw(value_of(prop))
        for prop in spec.properties.values()
        if prop.name in REQUIRED[name] or draw(st.booleans())
    }
    return ENTITY_TYPES[name].from_values(
        draw(st.uuids().map(str)),
        facts,
        status=draw(st.sampled_from(["active", "left"])),
        version=draw(st.integers(1, 9)),
    )


@given(entities())
def test_a_record_written_and_read_is_the_same(entity: Entity) -> None:
    assert entity_of(entity.LIST, row_of("411025", entity)) == entity


@given(entities())
def test_every_fact_is_a_column_or_a_property_and_never_both(entity: Entity) -> None:
    columns, properties = split_values(entity.LIST, entity.values())
    assert not set(columns) & set(properties)
    assert set(columns) == set(SCHEMA.lists[entity.LIST].columns)


@given(entities(), st.data())
def test_a_stored_value_is_what_is_read_back(entity: Entity, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SCHEMA.lists[entity.LIST].properties)))
    read = entity_of(entity.LIST, row_of("411025", entity))
    assert stored_value(entity.LIST, name, entity.get(name)) == read.get(name)


def test_amounts_are_whole_fen_in_the_table() -> None:
    income = IncomeYear(id="i", household_id="h", year=2025, wage="24000.05", per_capita="-3")
    row: dict[str, Any] = row_of("411025", income)
    assert (row["wage"], row["per_capita"], row["net"]) == (2_400_005, -300, None)


def test_nothing_in_a_column_is_its_default_and_a_property_that_is_nothing_is_gone() -> None:
    row = row_from_values(
        "411025", "households", "h", {"phone": None, "household_type": None, "arable_mu": None}
    )
    assert (row["phone"], row["household_type"], row["member_count"]) == ("", "ordinary", 0)
    assert row["properties"] == {}


@pytest.mark.parametrize(
    ("list_name", "facts"),
    [("persons", {"name": "张三"}), ("incomes", {"household_id": "h"}), ("visits", {"household_id": "h"})],
)
def test_a_row_without_what_it_cannot_do_without_is_refused(list_name: str, facts: dict[str, Value]) -> None:
    with pytest.raises(KeyError):
        row_from_values("411025", list_name, "x", facts)


def test_what_each_list_cannot_do_without() -> None:
    assert REQUIRED["households"] == frozenset()
    assert REQUIRED["incomes"] == {"household_id", "year"}
    assert REQUIRED["visits"] == {"household_id", "visit_date"}
