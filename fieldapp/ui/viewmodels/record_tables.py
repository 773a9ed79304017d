"""The further lists of a household as small tables: dwellings, income items, loans, posts, aid, plans and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.register.entities import Entity
from fieldapp.register.schema import ListSpec, Property, RegisterSchema
from fieldapp.register.values import display
from fieldapp.ui.text import language, say
from fieldapp.ui.viewmodels.cells import Cell

if TYPE_CHECKING:
    from fieldapp.services.households import HouseholdFile

__all__ = ["RecordTable", "record_tables"]

#: In the order of the page; the time line has the rest (filled forms, tasks, proposals).
_LISTS = (
    "dwellings",
    "income_items",
    "plans",
    "loans",
    "posts",
    "aids",
    "handovers",
    "deliveries",
    "inspections",
    "reviews",
    "exits",
    "surveys",
)
#: Not for the family's eyes.
_OFFICE = frozenset({"inspections", "reviews", "exits", "handovers"})
_MOST_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A list with its rows; ``ids`` are the records', in the order of the rows."""

    list_name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ids: tuple[str, ...]
    names: tuple[str, ...]


def record_tables(file: HouseholdFile, schema: RegisterSchema, *, door: bool) -> list[RecordTable]:
    """Return a table for each list that has records; a list without any is not shown."""
    people = {person.id: person.name for person in (*file.members, *file.former_members)}
    tables = []
    for name in _LISTS:
        spec = schema.lists.get(name)
        records = [record for record in file.others.get(name, ()) if record.status == "active"]
        if spec is not None and records and not (door and name in _OFFICE):
            tables.append(_table(spec, records, people, schema))
    return tables


def _table(
    spec: ListSpec, records: Sequence[Entity], people: Mapping[str, str], schema: RegisterSchema
) -> RecordTable:
    shown = [prop for prop in spec.properties.values() if _is_told(prop, records)][:_MOST_COLUMNS]
    rows = []
    for record in records:
        texts = (_text(prop, record, people, schema) for prop in shown)
        rows.append(tuple(Cell(text or "—", tooltip=text) for text in texts))
    zh = language() == "zh"
    return RecordTable(
        spec.name,
        spec.zh if zh else spec.en,
        tuple(_heading(prop) for prop in shown),
        tuple(rows),
        tuple(record.id for record in records),
        tuple(prop.name for prop in shown),
    )


def _is_told(prop: Property, records: Sequence[Entity]) -> bool:
    hidden = prop.name == "household_id" or (prop.name.endswith("_id") and prop.name != "person_id")
    return not hidden and any(record.get(prop.name) not in (None, "", []) for record in records)


def _heading(prop: Property) -> str:
    if prop.name == "person_id":
        return say("谁", "Whom")
    return prop.zh if language() == "zh" else prop.en


def _text(prop: Property, record: Entity, people: Mapping[str, str], schema: RegisterSchema) -> str:
    value = record.get(prop.name)
    if prop.name == "person_id":
        return people.get(str(value or ""), "")
    return display(prop, value, schema)
