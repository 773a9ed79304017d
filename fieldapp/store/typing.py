"""The to-type list in the vault: which facts visits and corrections changed, and what a person marked about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.dialects import sqlite

from fieldapp.register.entities import Area, Entity
from fieldapp.register.values import Value
from fieldapp.store.base import FACTS, StoreBase, table_of
from fieldapp.store.facts import load_entities
from fieldapp.store.tables import changes, typing_marks
from fieldapp.tables.rows import entity_of
from fieldapp.wire.canonical import encode

__all__ = ["ChangedFact", "Typing", "TypingMark"]

_CHUNK = 500
#: Kinds of change by which somebody of this county learnt something; a pulled line counts when a device wrote it.
_OWN_KINDS = ("visit", "correction", "effect", "import")

FactKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact with what it was before the first change here, and where the last one is from."""

    list: str
    entity_id: str
    name: str
    household_id: str
    before: Value
    since: str
    visit_id: str | None
    kind: str
    author_name: str


@dataclass(frozen=True, slots=True)
class TypingMark:
    """What was marked about a fact. ``state``: waiting | typed | rejected | arrived. ``at`` is UTC."""

    list: str
    entity_id: str
    name: str
    household_id: str
    state: str
    value: Value
    national: Value
    note: str = ""
    by_id: str = ""
    by_name: str = ""
    at: str = ""

    @property
    def key(self) -> FactKey:
        return self.list, self.entity_id, self.name


class Typing(StoreBase):
    """Changed facts and marks."""

    def changed_facts(self, lists: Iterable[str]) -> list[ChangedFact]:
        """Return the facts of these lists that were ever changed here or by a laptop of the county, oldest first."""
        query = (
            select(FACTS, changes.c.kind)
            .join(changes, changes.c.id == FACTS.c.change_id)
            .where(FACTS.c.county_code == self.site.county_code, FACTS.c.list.in_(list(lists)))
            .where(or_(changes.c.kind.in_(_OWN_KINDS), FACTS.c.writer != ""))
            .order_by(changes.c.seq)
        )
        found: dict[FactKey, ChangedFact] = {}
        with self._read() as connection:
            for row in connection.execute(query):
                key = row.list, row.entity_id, row.name
                first = found.get(key)
                found[key] = ChangedFact(
                    *key,
                    row.household_id,
                    first.before if first else row.before,
                    row.since,
                    row.visit_id,
                    row.kind,
                    row.author_name,
                )
        return list(found.values())

    def typing_marks(self) -> list[TypingMark]:
        """Return every mark."""
        with self._read() as connection:
            return [_mark(row) for row in connection.execute(select(typing_marks))]

    def unnumbered_persons(self) -> list[Entity]:
        """Return the members whom the national system has not numbered yet: they are new to it."""
        table = table_of("persons")
        query = select(table).where(
            table.c.county_code == self.site.county_code,
            table.c.person_no == "",
            table.c.status == "active",
        )
        with self._read() as connection:
            return [entity_of("persons", row) for row in connection.execute(query).mappings()]

    def records(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Entity]:
        """Return the records that are there, by list and id, ended ones too."""
        wanted = list(dict.fromkeys(keys))
        found: dict[tuple[str, str], Entity] = {}
        with self._read() as connection:
            for start in range(0, len(wanted), _CHUNK):
                found |= load_entities(connection, self.site.county_code, wanted[start : start + _CHUNK])
        return found

    def all_records(self, list_name: str) -> list[Entity]:
        """Return every record of a list on this laptop, ended ones too."""
        table = table_of(list_name)
        query = select(table).where(table.c.county_code == self.site.county_code)
        with self._read() as connection:
            return [entity_of(list_name, row) for row in connection.execute(query).mappings()]

    def areas_here(self) -> list[Area]:
        """Return the places this laptop knows, from the county down."""
        areas = table_of("areas").c
        query = (
            select(areas.code, areas.parent, areas.name, areas.level)
            .where(areas.county_code == self.site.county_code)
            .order_by(areas.code)
        )
        with self._read() as connection:
            return [
                Area(code=row.code, parent=row.parent, name=row.name, level=row.level)
                for row in connection.execute(query)
            ]

    def village_names(self) -> dict[str, str]:
        """Return the names of all villages by code."""
        areas = table_of("areas")
        query = select(areas.c.code, areas.c.name).where(
            areas.c.county_code == self.site.county_code, areas.c.level == "village"
        )
        with self._read() as connection:
            return {row.code: row.name for row in connection.execute(query)}

    def put_typing_marks(self, marks: Sequence[TypingMark], act: str) -> None:
        """Write marks with one entry in the journal. Raises DISK-001."""
        if not marks:
            return
        told = [[mark.list, mark.entity_id, mark.name, mark.state] for mark in marks]
        with self._write() as connection:
            self.vault.journal.append(connection, f"typing.{act}", encode({"marks": told}))
            _write(connection, [_row(mark) for mark in marks])


def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    asked = sqlite.insert(typing_marks)
    keys = ("list", "entity_id", "name")
    fresh = {
        column.name: asked.excluded[column.name] for column in typing_marks.columns if column.name not in keys
    }
    connection.execute(asked.on_conflict_do_update(index_elements=list(keys), set_=fresh), rows)


def _row(mark: TypingMark) -> dict[str, Any]:
    return {name: getattr(mark, name) for name in TypingMark.__dataclass_fields__}


def _mark(row: Any) -> TypingMark:
    return TypingMark(**{name: getattr(row, name) for name in TypingMark.__dataclass_fields__})
