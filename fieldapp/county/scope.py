"""What a cadre may see and change: a helper the paired households, a clerk the village, a town its villages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from fieldapp.county.tables import table_of
from fieldapp.register.roles import role_of
from fieldapp.register.schema import Property
from fieldapp.tables.register import HouseholdRow, PairingRow, StaffRow
from fieldapp.wire.canonical import encode

__all__ = ["Scope", "may_write", "once_paired", "scope_of"]


@dataclass(frozen=True)
class Scope:
    """A person's scope. ``households`` is None where the area alone decides; then ``area_code`` is its prefix."""

    person_id: str
    role: str
    area_code: str
    households: frozenset[str] | None
    villages: frozenset[str]

    @property
    def digest(self) -> str:
        """Names the scope: another digest means that the laptop's data must be fetched afresh."""
        content = [
            self.role,
            self.area_code,
            sorted(self.households) if self.households is not None else None,
        ]
        return hashlib.sha256(encode(content)).hexdigest()[:16]

    def holds(self, household_id: str, area_code: str) -> bool:
        """Tell whether a household lies in the scope."""
        if self.households is not None:
            return household_id in self.households
        return bool(self.area_code) and area_code.startswith(self.area_code)

    def sees_area(self, code: str) -> bool:
        """Tell whether a place is above, inside or one of the scope's places."""
        if self.households is not None:
            return any(village.startswith(code) for village in self.villages)
        return bool(self.area_code) and (code.startswith(self.area_code) or self.area_code.startswith(code))


def scope_of(connection: Connection, county_code: str, person_id: str, today: str) -> Scope:
    """Return the scope of a person on ``today``; somebody who is no cadre (any more) sees nothing."""
    staff = table_of(StaffRow)
    found = connection.execute(
        select(staff.c.role, staff.c.area_code).where(
            staff.c.county_code == county_code, staff.c.id == person_id
        )
    ).first()
    if found is None:
        return Scope(person_id, "nobody", "", frozenset(), frozenset())
    if role_of(found.role).wide:
        return Scope(person_id, found.role, found.area_code, None, frozenset())
    pairing, household = table_of(PairingRow), table_of(HouseholdRow)
    rows = connection.execute(
        select(pairing.c.household_id, household.c.area_code)
        .join(
            household,
            (household.c.county_code == pairing.c.county_code) & (household.c.id == pairing.c.household_id),
        )
        .where(
            pairing.c.county_code == county_code,
            pairing.c.staff_id == person_id,
            pairing.c.status == "active",
            or_(pairing.c.ended.is_(None), pairing.c.ended == "", pairing.c.ended >= today),
        )
    ).all()
    return Scope(
        person_id,
        found.role,
        found.area_code,
        frozenset(row.household_id for row in rows),
        frozenset(row.area_code for row in rows),
    )


def may_write(prop: Property, role: str, *, creating: bool) -> bool:
    """Tell whether a laptop may write the property: a form's always, a clerk's by clerks or in a new record."""
    if prop.write == "clerk":
        return creating or role_of(role).corrects
    return prop.write == "form"


def once_paired(connection: Connection, county_code: str, person_id: str, household_id: str) -> bool:
    """Tell whether the person has ever been responsible for the household: such visits are still accepted."""
    pairing = table_of(PairingRow)
    return (
        connection.execute(
            select(pairing.c.id)
            .where(
                pairing.c.county_code == county_code,
                pairing.c.household_id == household_id,
                pairing.c.staff_id == person_id,
            )
            .limit(1)
        ).first()
        is not None
    )
