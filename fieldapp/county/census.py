"""Counting what the county holds, and who works for it: for its administrator, the console and the closing check."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from fieldapp.county.setup import County
from fieldapp.county.tables import table_of
from fieldapp.register.entities import Staff
from fieldapp.tables.register import HouseholdRow, PersonRow, StaffRow

__all__ = ["Census", "count_register", "list_staff", "village_sizes"]


@dataclass(frozen=True, slots=True)
class Census:
    """Active households and persons; *listed* are those out of poverty or monitored, as the sources count them."""

    households: int
    persons: int
    listed_households: int
    listed_persons: int


def count_register(county: County) -> Census:
    """Count the register."""
    household, person = table_of(HouseholdRow), table_of(PersonRow)
    here = (household.c.county_code == county.code) & (household.c.status == "active")
    listed = or_(household.c.household_type == "out_of_poverty", household.c.monitor_kind.is_not(None))
    homes = select(func.count()).select_from(household).where(here)
    same = (person.c.county_code == household.c.county_code) & (person.c.household_id == household.c.id)
    people = (
        select(func.count())
        .select_from(person.join(household, same))
        .where(here, person.c.status == "active")
    )
    with county.database.read() as connection:
        numbers = [
            int(connection.execute(query).scalar_one())
            for query in (homes, people, homes.where(listed), people.where(listed))
        ]
    return Census(*numbers)


def village_sizes(county: County) -> dict[str, int]:
    """Return the number of active households by village code, the largest village first."""
    table = table_of(HouseholdRow)
    count = func.count()
    query = (
        select(table.c.area_code, count)
        .where(table.c.county_code == county.code, table.c.status == "active")
        .group_by(table.c.area_code)
        .order_by(count.desc(), table.c.area_code)
    )
    with county.database.read() as connection:
        return {str(code): int(number) for code, number in connection.execute(query)}


def list_staff(county: County, *, area_prefix: str = "", role: str | None = None) -> list[Staff]:
    """Return the cadres of an area (a prefix of its code), by area and name."""
    table = table_of(StaffRow)
    query = (
        select(table)
        .where(table.c.county_code == county.code, table.c.area_code.startswith(area_prefix, autoescape=True))
        .order_by(table.c.area_code, table.c.name, table.c.id)
    )
    if role is not None:
        query = query.where(table.c.role == role)
    with county.database.read() as connection:
        return [
            Staff(
                id=row.id,
                name=row.name,
                role=row.role,
                area_code=row.area_code,
                unit_name=row.unit_name,
                phone=row.phone,
                post=row.post,
            )
            for row in connection.execute(query)
        ]
