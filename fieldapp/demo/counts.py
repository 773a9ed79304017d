"""What the county holds, and whose laptop the demo is."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, or_, select

from fieldapp.common.clock import Clock
from fieldapp.county.setup import County
from fieldapp.county.tables import table_of
from fieldapp.demo.county import reopen
from fieldapp.tables.register import HouseholdRow, PersonRow, StaffRow

__all__ = ["count_county", "pick_clerk"]


def count_county(folder: Path, clock: Clock) -> dict[str, int]:
    """Count listed households (out of poverty or monitored) with their persons, and all households."""
    household, person = table_of(HouseholdRow), table_of(PersonRow)
    listed = or_(household.c.household_type == "out_of_poverty", household.c.monitor_kind.is_not(None))
    active = household.c.status == "active"
    county = reopen(folder, clock)
    try:
        with county.database.read() as connection:

            def number(query: object) -> int:
                return int(connection.execute(query).scalar_one())  # type: ignore[call-overload]

            persons = (
                select(func.count())
                .select_from(person.join(household, person.c.household_id == household.c.id))
                .where(listed, active, person.c.status == "active")
            )
            return {
                "listed_households": number(
                    select(func.count()).select_from(household).where(listed, active)
                ),
                "listed_persons": number(persons),
                "county_households": number(select(func.count()).select_from(household).where(active)),
            }
    finally:
        county.close()


def pick_clerk(county: County) -> str:
    """Return the id of the clerk of the village with the most households: the one whose whole village is in the books."""
    household, staff = table_of(HouseholdRow), table_of(StaffRow)
    village = (
        select(household.c.area_code)
        .where(household.c.county_code == county.code)
        .group_by(household.c.area_code)
        .order_by(func.count().desc(), household.c.area_code)
        .limit(1)
    )
    with county.database.read() as connection:
        area = connection.execute(village).scalar_one()
        clerk = (
            select(staff.c.id).where(staff.c.area_code == area, staff.c.role == "clerk").order_by(staff.c.id)
        )
        return str(connection.execute(clerk.limit(1)).scalar_one())
