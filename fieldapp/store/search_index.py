"""Keeping the search index in step: a household's row is written anew whenever a name or number in it changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from fieldapp.store.base import raw
from fieldapp.store.search_text import IndexedPerson, index_texts
from fieldapp.vault import sqlite_utils_database

__all__ = ["SEARCHED", "forget_households", "index_households"]

#: The facts that are searched, by list; a change of any other needs no new index row.
SEARCHED: dict[str, frozenset[str]] = {
    "households": frozenset({"head_name", "phone", "house_no", "status"}),
    "persons": frozenset({"name", "id_number", "phone", "household_id", "status"}),
}

_HOUSEHOLDS = (
    "SELECT s.key, h.id, h.house_no, h.head_name, h.phone FROM json_each(?) AS wanted"
    " CROSS JOIN summaries AS s ON s.household_id = wanted.value"
    " CROSS JOIN households AS h ON h.county_code = ? AND h.id = s.household_id"
)
_MEMBERS = (
    "SELECT p.household_id, p.name, p.id_number, p.phone FROM json_each(?) AS wanted"
    " CROSS JOIN persons AS p ON p.county_code = ? AND p.household_id = wanted.value WHERE p.status = 'active'"
)


def index_households(connection: Connection, county_code: str, household_ids: Collection[str]) -> None:
    """Write the index rows of households anew. They have a summary, whose key is the index row's."""
    if household_ids:
        wanted = (json.dumps(sorted(household_ids)), county_code)
        database = sqlite_utils_database(connection)
        database.table("search").insert_all(
            _rows(connection, wanted), pk="rowid", replace=True, batch_size=500
        )


def forget_households(connection: Connection, keys: Collection[int]) -> None:
    """Take households out of the index."""
    if keys:
        raw(connection).executemany("DELETE FROM search WHERE rowid = ?", [(key,) for key in keys])


def _rows(connection: Connection, wanted: tuple[str, str]) -> Iterator[dict[str, int | str]]:
    members: dict[str, list[IndexedPerson]] = defaultdict(list)
    for household_id, name, id_number, phone in raw(connection).execute(_MEMBERS, wanted).fetchall():
        members[household_id].append(IndexedPerson(name, id_number, phone))
    for key, household_id, house_no, head, phone in raw(connection).execute(_HOUSEHOLDS, wanted).fetchall():
        people = [IndexedPerson(head, "", phone), *members[household_id]]
        names, pinyin, numbers = index_texts(house_no, people)
        yield {"rowid": key, "names": names, "pinyin": pinyin, "numbers": numbers}
