"""Facts as the register may hold them, for laws that must hold whatever it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldapp.register.entities import Household, Person
from fieldapp.register.schema import Property, RegisterSchema, register_schema
from fieldapp.register.values import Value, canonical_decimal

__all__ = ["facts_of", "households", "persons", "values_of"]

SCHEMA = register_schema()
_WORDS = st.text(alphabet="张三李四路口东1a-，。 ", min_size=1, max_size=12).map(str.strip).filter(bool)


def values_of(prop: Property, schema: RegisterSchema = SCHEMA) -> SearchStrategy[Value]:
    """Return values of a property in their stored form."""
    match prop.type:
        case "integer":
            return st.integers(0, 3_000)
        case "decimal":
            return st.integers(0, 10**8).map(lambda fen: canonical_decimal(Decimal(fen) / 100))
        case "boolean":
            return st.booleans()
        case "date":
            return st.dates(date(1930, 1, 1), date(2026, 11, 22)).map(date.isoformat)
        case "month":
            return st.dates(date(2000, 1, 1), date(2026, 11, 22)).map(lambda day: day.isoformat()[:7])
        case "code":
            return st.sampled_from(list(schema.codes[str(prop.codes)].by_code))
        case "codes":
            known = list(schema.codes[str(prop.codes)].by_code)
            return st.sets(st.sampled_from(known), min_size=1).map(lambda some: sorted(some, key=known.index))
        case "phone":
            return st.integers(13_000_000_000, 19_999_999_999).map(str)
        case "id_number":
            return st.integers(10**16, 10**17 - 1).map(lambda number: f"4{number}")
    if prop.name == "bank_account":  # stored without gaps and in plain digits
        return st.from_regex(r"[0-9]{12,19}", fullmatch=True)
    return _WORDS


def facts_of(list_name: str, names: list[str]) -> SearchStrategy[dict[str, Value]]:
    """Return facts of some properties, any of them unknown."""
    properties = SCHEMA.lists[list_name].properties
    return st.fixed_dictionaries({}, optional={name: values_of(properties[name]) for name in names})


def _own(list_name: str) -> list[str]:
    return [p.name for p in SCHEMA.lists[list_name].properties.values() if p.write == "form"]


def households() -> SearchStrategy[Household]:
    """Return households whose form facts are anything."""
    return facts_of("households", _own("households")).map(
        lambda facts: Household.from_values("h-1", {"head_name": "张三", **facts}, version=3)
    )


def persons(id: str) -> SearchStrategy[Person]:
    """Return members whose form facts are anything."""
    return facts_of("persons", _own("persons")).map(
        lambda facts: Person.from_values(id, {"name": "李四", **facts, "household_id": "h-1"}, version=2)
    )
