"""The change feed: a counter for each town, bumped in the transaction that makes the change.

Under a counter row a reader can never see change 8 before change 7 is there (an identity column lost a quarter of the
rows to a reader under six writers). Counters are locked in the order of their towns, at the end of a transaction, so
that two batches cannot wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, update

from fieldapp.county.database import Database
from fieldapp.county.tables import CounterRow, FeedRow, table_of

__all__ = ["EVERYWHERE", "Touch", "publish", "town_of"]

#: The feed of things that are no town's: areas, staff, forms, policy.
EVERYWHERE = ""
_TOWN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Touch:
    """A thing that changed: ``area_code`` is its village's, which decides who may see it."""

    list: str
    entity_id: str
    household_id: str = ""
    area_code: str = ""

    @property
    def town(self) -> str:
        return town_of(self.area_code) if self.household_id else EVERYWHERE


def town_of(area_code: str) -> str:
    """Return the town's nine digits of a village code."""
    return area_code[:_TOWN_DIGITS]


def publish(
    database: Database, connection: Connection, county_code: str, touches: Iterable[Touch]
) -> Mapping[tuple[str, str], int]:
    """Give every touched thing the next number of its town; return the numbers by (list, id)."""
    by_town: dict[str, dict[tuple[str, str], Touch]] = {}
    for touch in touches:
        by_town.setdefault(touch.town, {})[touch.list, touch.entity_id] = touch
    numbers: dict[tuple[str, str], int] = {}
    for town in sorted(by_town):
        things = by_town[town]
        first = _take_numbers(database, connection, county_code, town, len(things))
        rows = []
        for seq, (key, touch) in enumerate(things.items(), first):
            numbers[key] = seq
            rows.append(
                {
                    "county_code": county_code,
                    "list": touch.list,
                    "entity_id": touch.entity_id,
                    "town": town,
                    "seq": seq,
                    "household_id": touch.household_id,
                    "area_code": touch.area_code,
                }
            )
        database.upsert(connection, FeedRow, rows)
    return numbers


def _take_numbers(database: Database, connection: Connection, county_code: str, town: str, count: int) -> int:
    """Take ``count`` numbers of a town's counter; return the first."""
    counter = table_of(CounterRow)
    database.insert_new(connection, CounterRow, [{"county_code": county_code, "town": town, "value": 0}])
    last = connection.execute(
        update(counter)
        .where(counter.c.county_code == county_code, counter.c.town == town)
        .values(value=counter.c.value + count)
        .returning(counter.c.value)
    ).scalar_one()
    return int(last) - count + 1
