"""The people of many households at once: for tables that leave the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, select

from fieldapp.register.entities import Person
from fieldapp.store.base import table_of
from fieldapp.store.rolling import Rolling
from fieldapp.tables.rows import entity_of

__all__ = ["RecordSets"]

T = TypeVar("T")
#: Below what SQLite takes as arguments of one statement.
_AT_ONCE = 900


class RecordSets(Rolling):
    """Reading in bulk."""

    def members_of(self, household_ids: Sequence[str]) -> list[Person]:
        """Return the present members of some households, household by household in the order asked for."""
        found: dict[str, list[Person]] = {home: [] for home in household_ids}
        with self._read() as connection:
            for some in _pieces(household_ids):
                for person in _people(connection, self.site.county_code, some):
                    found[person.household_id].append(person)
        order = (
            sorted(some, key=lambda one: (one.line_no == 0, one.line_no, one.id)) for some in found.values()
        )
        return [person for some in order for person in some]


def _pieces(wanted: Sequence[T]) -> Iterable[Sequence[T]]:
    return (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE))


def _people(connection: Connection, county_code: str, homes: Sequence[str]) -> list[Person]:
    table = table_of("persons")
    rows = connection.execute(
        select(table).where(
            table.c.county_code == county_code, table.c.household_id.in_(homes), table.c.status == "active"
        )
    ).mappings()
    return [person for row in rows if isinstance(person := entity_of("persons", row), Person)]
