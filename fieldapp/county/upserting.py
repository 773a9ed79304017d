"""Many records at once into the register: new ones inserted, changed ones written with their history, the rest left.

An import is a mirror of another system. What a visit wrote since stays: the national export of next month does not
know the phone number that a helper corrected at the door, and must not bring the old one back. Only what the county
alone decides (category, monitoring state …) always follows the import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, update

from fieldapp.county.database import Database
from fieldapp.county.facts import COUNTY_WRITER
from fieldapp.county.tables import table_of
from fieldapp.register.entities import Entity
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value
from fieldapp.tables.history import FactRow, FieldStateRow
from fieldapp.tables.register import TABLES
from fieldapp.tables.rows import entity_of, row_from_values, split_values, stored_value

__all__ = ["Counts", "Incoming", "Upsert", "in_chunks"]

_IN_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record as the import says it; a fact that is missing was not said."""

    id: str
    household_id: str
    facts: Mapping[str, Value]


@dataclass(slots=True)
class Counts:
    """What became of the records of a list; ``kept`` facts were written by a visit and stayed."""

    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0


@dataclass
class Upsert:
    """One import into one transaction."""

    database: Database
    connection: Connection
    county_code: str
    schema: RegisterSchema
    change_id: str
    since: str
    author: str
    counts: dict[str, Counts] = field(default_factory=dict)

    def put(self, list_name: str, records: Sequence[Incoming]) -> list[Incoming]:
        """Write the records of one list; return those that are new or changed, for the feed."""
        counts = self.counts.setdefault(list_name, Counts())
        touched: list[Incoming] = []
        fresh: list[dict[str, Any]] = []
        for chunk in in_chunks(records):
            present = self._present(list_name, [record.id for record in chunk])
            from_visits = self._written_by_visits(list_name, list(present))
            for record in chunk:
                entity = present.get(record.id)
                if entity is None:
                    fresh.append(self._row(list_name, record))
                    counts.new += 1
                    touched.append(record)
                elif self._change(entity, record, from_visits.get(record.id, frozenset()), counts):
                    touched.append(record)
        self.database.insert_new(self.connection, TABLES[list_name], fresh)
        return touched

    def _row(self, list_name: str, record: Incoming) -> dict[str, Any]:
        return row_from_values(self.county_code, list_name, record.id, record.facts)

    def _present(self, list_name: str, ids: list[str]) -> dict[str, Entity]:
        table = table_of(TABLES[list_name])
        result = self.connection.execute(
            select(table).where(table.c.county_code == self.county_code, table.c.id.in_(ids))
        )
        names = list(result.keys())
        return {row.id: entity_of(list_name, dict(zip(names, row, strict=True))) for row in result}

    def _written_by_visits(self, list_name: str, ids: list[str]) -> dict[str, set[str]]:
        table = table_of(FieldStateRow)
        found: dict[str, set[str]] = {}
        for row in self.connection.execute(
            select(table.c.entity_id, table.c.name).where(
                table.c.county_code == self.county_code,
                table.c.list == list_name,
                table.c.entity_id.in_(ids),
                table.c.writer.not_in(["", COUNTY_WRITER]),
            )
        ):
            found.setdefault(row.entity_id, set()).add(row.name)
        return found

    def _change(self, entity: Entity, record: Incoming, from_visits: Iterable[str], counts: Counts) -> bool:
        spec = self.schema.lists[entity.LIST]
        told = {name: stored_value(entity.LIST, name, value) for name, value in record.facts.items()}
        differing = {name: value for name, value in told.items() if entity.get(name) != value}
        kept = {name for name in differing if name in from_visits and spec.properties[name].write != "county"}
        counts.kept += len(kept)
        changed = {name: value for name, value in differing.items() if name not in kept}
        if not changed:
            counts.same += 1
            return False
        counts.changed += 1
        self._write(entity, record, changed)
        return True

    def _write(self, entity: Entity, record: Incoming, changed: Mapping[str, Value]) -> None:
        version = entity.version + 1
        columns, properties = split_values(entity.LIST, changed)
        merged = {**entity.properties, **properties}
        kept = {name: value for name, value in merged.items() if value is not None}
        table = table_of(TABLES[entity.LIST])
        self.connection.execute(
            update(table)
            .where(table.c.county_code == self.county_code, table.c.id == entity.id)
            .values(**columns, version=version, properties=kept)
        )
        common = {"county_code": self.county_code, "list": entity.LIST, "entity_id": entity.id}
        states = [{**common, "name": name, "version": version, "writer": COUNTY_WRITER} for name in changed]
        self.database.upsert(self.connection, FieldStateRow, states)
        facts = [
            {
                **common,
                "change_id": self.change_id,
                "name": name,
                "household_id": record.household_id,
                "value": value,
                "before": entity.get(name),
                "since": self.since,
                "visit_id": None,
                "author": "",
                "author_name": self.author,
                "version": version,
                "writer": COUNTY_WRITER,
                "reason": "import",
            }
            for name, value in changed.items()
        ]
        self.database.insert_new(self.connection, FactRow, facts)


def in_chunks(records: Sequence[Incoming]) -> Iterable[Sequence[Incoming]]:
    """Return the records in slices that one query's ``IN`` can name."""
    for start in range(0, len(records), _IN_CHUNK):
        yield records[start : start + _IN_CHUNK]
