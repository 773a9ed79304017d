"""Counting what the county holds, and finding the cadre of a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from fieldapp.county.setup import County
from fieldapp.county.tables import table_of
from fieldapp.tables.register import HouseholdRow, PersonRow, StaffRow

__all__ = ["RegisterCounts", "clerk_of_largest_village", "count_register"]


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """Active households: listed ones (out of poverty or monitored) with their persons, and all."""

    listed_households: int
    listed_persons: int
    households: int


def count_register(county: County) -> RegisterCounts:
    """Count the register of a county."""
    household, person = table_of(HouseholdRow), table_of(PersonRow)
    mine = (household.c.county_code == county.code) & (household.c.status == "active")
    listed = or_(household.c.household_type == "out_of_poverty", household.c.monitor_kind.is_not(None))
    joined = person.join(
        household,
        (person.c.county_code == household.c.county_code) & (person.c.household_id == household.c.id),
    )
    households = select(func.count()).select_from(household).where(mine)
    persons = select(func.count()).select_from(joined).where(mine, listed, person.c.status == "active")
    with county.database.read() as connection:

        def number(query: Select[Any]) -> int:
            return int(connection.execute(query).scalar_one())

        return RegisterCounts(number(households.where(listed)), number(persons), number(households))


def clerk_of_largest_village(county: County) -> str:
    """Return the staff id of a clerk of the village with the most households. Raises LookupError when there is none."""
    household, staff = table_of(HouseholdRow), table_of(StaffRow)
    largest = (
        select(household.c.area_code)
        .where(household.c.county_code == county.code)
        .group_by(household.c.area_code)
        .order_by(func.count().desc(), household.c.area_code)
        .limit(1)
        .scalar_subquery()
    )
    clerk = (
        select(staff.c.id)
        .where(staff.c.county_code == county.code, staff.c.area_code == largest, staff.c.role == "clerk")
        .order_by(staff.c.id)
        .limit(1)
    )
    with county.database.read() as connection:
        found = connection.execute(clerk).scalar()
    if found is None:
        raise LookupError("no clerk in the largest village")
    return str(found)
