"""Searching everything on the laptop: households and members by the index, records by their words, cadres and places.

Members are looked up among the households that the index names; a person counts only when all that was typed is found
in that one person.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fieldapp.store.base import raw
from fieldapp.store.rolling import Rolling
from fieldapp.store.search_text import IndexedPerson, is_meant, match_expression

__all__ = ["FoundHome", "FoundRecord", "FoundRow", "FoundWho", "SearchQueries"]

#: So many households that the index names are looked at for who is meant.
_LOOKED_AT = 80
#: Records of a household are shown when so few households are meant.
_FEW = 12
#: Shorter texts are not sought inside records.
_SHORTEST = 2

_HOMES = (
    "SELECT h.id, h.head_name, h.house_no, h.phone, ifnull(a.name, ''), h.group_name"
    " FROM json_each(:keys) AS wanted CROSS JOIN summaries AS s ON s.key = wanted.value"
    " CROSS JOIN households AS h ON h.county_code = :county AND h.id = s.household_id"
    " LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
    " ORDER BY h.head_name = :text DESC, instr(h.head_name, :text) = 1 DESC, s.place LIMIT :most"
)
_MEMBERS = (
    "SELECT p.household_id, p.id, p.name, p.id_number, p.phone, ifnull(p.relationship, '') FROM json_each(:ids) AS wanted"
    " CROSS JOIN persons AS p ON p.county_code = :county AND p.household_id = wanted.value WHERE p.status = 'active'"
)
#: What is sought in a list: its words, its day, its kind, its state, what comes first.
_SOUGHT = {
    "visits": ("t.summary", "t.visit_date", "t.mode", "t.outcome", "t.visit_date DESC"),
    "issues": (
        "t.description",
        "t.deadline",
        "t.kind",
        "t.state",
        "t.state = 'closed', ifnull(t.deadline, '9999')",
    ),
    "tasks": ("t.title", "t.due_on", "t.kind", "t.state", "t.state != 'open', ifnull(t.due_on, '9999')"),
}
_RECORDS = (
    "SELECT t.id, t.household_id, h.head_name, ifnull(a.name, ''), h.group_name, ifnull({day}, ''), {words},"
    " ifnull({kind}, ''), ifnull({state}, ''), EXISTS (SELECT 1 FROM documents AS d WHERE d.visit_id = t.id)"
    " FROM {table} AS t CROSS JOIN households AS h ON h.county_code = :county AND h.id = t.household_id"
    " AND h.status = 'active' LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
    " WHERE t.county_code = :county AND t.status = 'active' AND (instr({words}, :text)"
    "  OR {kind} IN (SELECT value FROM json_each(:kinds)) OR {state} IN (SELECT value FROM json_each(:kinds))"
    "  OR t.household_id IN (SELECT value FROM json_each(:homes)))"
    " ORDER BY {order}, t.id LIMIT :most"
)
_HELPED = (
    "SELECT DISTINCT household_id FROM pairings WHERE county_code = :county AND (staff_id = :staff OR unit_name = :unit)"
    " AND status = 'active' AND (ifnull(ended, '') = '' OR ended >= :today)"
)
_STAFF = "SELECT id, name, phone, post, unit_name, area_code FROM staff WHERE county_code = :county ORDER BY area_code, name"


@dataclass(frozen=True, slots=True)
class FoundHome:
    """A household that is meant."""

    id: str
    head_name: str
    house_no: str
    phone: str
    village_name: str
    group_name: str


@dataclass(frozen=True, slots=True)
class FoundWho:
    """A member who is meant, in which household; ``relationship`` is a code."""

    home: FoundHome
    id: str
    name: str
    relationship: str


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A visit, problem or task; ``kind`` and ``state`` are codes. ``has_document``: its filled form is on this laptop."""

    id: str
    household_id: str
    head_name: str
    village_name: str
    group_name: str
    day: str
    text: str
    kind: str
    state: str
    has_document: bool


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A cadre."""

    id: str
    name: str
    phone: str
    post: str
    unit_name: str
    area_code: str


class SearchQueries(Rolling):
    """Searching everything."""

    def search_people(self, typed: str, most: int) -> tuple[list[FoundHome], list[FoundWho], int]:
        """Return households and members that are meant, and how many households the index names in all."""
        self._be_current()
        expression = match_expression(typed)
        if expression is None:
            return [], [], 0
        asked = {"county": self.site.county_code, "text": typed.strip()}
        with self._read() as connection:
            keys = json.loads(
                raw(connection)
                .execute("SELECT json_group_array(rowid) FROM search WHERE search MATCH ?", (expression,))
                .fetchone()[0]
            )
            told = {**asked, "keys": json.dumps(keys), "most": _LOOKED_AT}
            homes = [FoundHome(*row) for row in raw(connection).execute(_HOMES, told).fetchall()]
            ids = json.dumps([home.id for home in homes])
            members = raw(connection).execute(_MEMBERS, {**asked, "ids": ids}).fetchall()
        meant = [
            home
            for home in homes
            if is_meant(typed, IndexedPerson(home.head_name, "", home.phone), home.house_no)
        ]
        who = list(_members_meant(typed, {home.id: home for home in homes}, members))
        known = {home.id for home in meant} | {one.home.id for one in who}
        meant += [
            home for home in homes if home.id not in known
        ]  # what was typed is spread over several members
        return meant[:most], who[:most], len(keys)

    def search_records(
        self,
        list_name: Literal["visits", "issues", "tasks"],
        typed: str,
        most: int,
        *,
        codes: Collection[str] = (),
        homes: Sequence[str] = (),
    ) -> list[FoundRecord]:
        """Return visits, problems or tasks that hold the words, are of a kind or state of ``codes``, or belong to one of
        few households that are meant: what is open first, visits newest first.
        """
        text = typed.strip()
        if len(text) < _SHORTEST:
            return []
        words, day, kind, state, order = _SOUGHT[list_name]
        query = _RECORDS.format(table=list_name, words=words, day=day, kind=kind, state=state, order=order)
        told = {
            "county": self.site.county_code,
            "text": text,
            "kinds": json.dumps(sorted(codes)),
            "homes": json.dumps(list(homes) if len(homes) <= _FEW else []),
            "most": most,
        }
        with self._read() as connection:
            rows = [(*row[:9], bool(row[9])) for row in raw(connection).execute(query, told).fetchall()]
        return [FoundRecord(*row) for row in rows]

    def search_cadres(self, typed: str, most: int) -> list[FoundRow]:
        """Return cadres by name or phone."""
        with self._read() as connection:
            rows = raw(connection).execute(_STAFF, {"county": self.site.county_code}).fetchall()
        found = (FoundRow(*row) for row in rows)
        return [one for one in found if is_meant(typed, IndexedPerson(one.name, "", one.phone))][:most]

    def helped_by(self, staff_id: str | None, today: date, unit_name: str | None = None) -> tuple[str, ...]:
        """Return the households a cadre, or any cadre of a unit, is paired with today."""
        told = {
            "county": self.site.county_code,
            "staff": staff_id,
            "unit": unit_name,
            "today": today.isoformat(),
        }
        with self._read() as connection:
            return tuple(str(row[0]) for row in raw(connection).execute(_HELPED, told).fetchall())

    def household_numbered(self, house_no: str) -> str | None:
        """Return the household of a number, whatever its state; None when it is not on this laptop."""
        query = "SELECT id FROM households WHERE county_code = :county AND house_no = :number"
        with self._read() as connection:
            row = (
                raw(connection)
                .execute(query, {"county": self.site.county_code, "number": house_no})
                .fetchone()
            )
        return str(row[0]) if row is not None else None

    def names_meant(self, typed: str, names: Sequence[str]) -> list[int]:
        """Return the places of the names that are meant, by their words or their pinyin."""
        return [place for place, name in enumerate(names) if is_meant(typed, IndexedPerson(name))]


def _members_meant(typed: str, homes: dict[str, FoundHome], rows: Sequence[Any]) -> Iterator[FoundWho]:
    """Yield who is meant in the order of the households; the head is shown as the household unless by the ID number."""
    by_home: dict[str, list[Any]] = {}
    for row in rows:
        by_home.setdefault(row[0], []).append(row)
    for home in homes.values():
        for _, id, name, id_number, phone, relationship in by_home.get(home.id, ()):
            head = name == home.head_name and is_meant(typed, IndexedPerson(name))
            if not head and is_meant(typed, IndexedPerson(name, id_number, phone)):
                yield FoundWho(home, id, name, relationship)
