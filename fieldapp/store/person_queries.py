"""Persons of the whole laptop as light rows, and who speaks of one: for records that may be one person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from fieldapp.register.checks import PersonRow
from fieldapp.register.entities import Entity, Person
from fieldapp.register.person_merge import MERGED, REFERRING_LISTS
from fieldapp.store.base import raw
from fieldapp.store.facts import load_entities
from fieldapp.store.readings import readings_of
from fieldapp.store.rolling import Rolling

__all__ = ["PersonQueries"]

_COLUMNS = ("income_items", "posts", "loans")  # where person_id is a column
_ROWS = (
    "SELECT p.id, p.household_id, p.name, ifnull(p.birth_date, ''), p.id_number, p.phone FROM persons AS p"
    " WHERE p.county_code = ? AND p.status = 'active'"
    " AND p.household_id IN (SELECT household_id FROM summaries)"
)
_PLACES = (
    "SELECT h.id, h.head_name, ifnull(a.name, ''), h.group_name FROM json_each(?) AS wanted"
    " CROSS JOIN households AS h ON h.county_code = ? AND h.id = wanted.value"
    " LEFT JOIN areas AS a ON a.county_code = h.county_code AND a.code = h.area_code"
)


class PersonQueries(Rolling):
    """Reading persons across households."""

    def person_rows(self) -> list[PersonRow]:
        """Return every present member of every household on this laptop."""
        self._be_current()
        with self._read() as connection:
            rows = raw(connection).execute(_ROWS, (self.site.county_code,)).fetchall()
        return [PersonRow(*row) for row in rows]

    def person_numbers(self) -> dict[str, tuple[str, str]]:
        """Return present members by 人口编号: person and household."""
        query = (
            "SELECT person_no, id, household_id FROM persons"
            " WHERE county_code = ? AND status = 'active' AND person_no != ''"
        )
        with self._read() as connection:
            rows = raw(connection).execute(query, (self.site.county_code,)).fetchall()
        return {number: (id, home) for number, id, home in rows}

    def persons(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return persons by id, whatever their status."""
        found = self.records_at([("persons", id) for id in ids])
        return {id: person for (_, id), person in found.items() if isinstance(person, Person)}

    def records_at(self, wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Entity]:
        """Return records by list and id, whatever their status."""
        with self._read() as connection:
            return load_entities(connection, self.site.county_code, wanted)

    def merged_persons(self) -> list[Person]:
        """Return the records that went into another."""
        query = "SELECT id FROM persons WHERE county_code = ? AND status = ?"
        with self._read() as connection:
            ids = raw(connection).execute(query, (self.site.county_code, MERGED)).fetchall()
        return list(self.persons(row[0] for row in ids).values())

    def speaking_of(self, person_id: str) -> list[Entity]:
        """Return the records of every list that speak of a person."""
        wanted: list[tuple[str, str]] = []
        with self._read() as connection:
            for name in REFERRING_LISTS:
                place = "person_id" if name in _COLUMNS else "json_extract(properties, '$.person_id')"
                query = f"SELECT id FROM {name} WHERE county_code = ? AND {place} = ?"  # noqa: S608 - constants
                rows = raw(connection).execute(query, (self.site.county_code, person_id)).fetchall()
                wanted += [(name, row[0]) for row in rows]
            return list(load_entities(connection, self.site.county_code, wanted).values())

    def household_names(self, ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Return head, village and group of households."""
        with self._read() as connection:
            rows = raw(connection).execute(_PLACES, (json.dumps(list(ids)), self.site.county_code)).fetchall()
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def read_aloud(self, name: str) -> list[str]:
        """Return every way a name may be read, as pinyin without tones."""
        return ["".join(syllables) for syllables in readings_of(name)]
