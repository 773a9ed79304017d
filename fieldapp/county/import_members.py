"""Members whom a book speaks of without listing them (务工月监测): found in the register by 人口编号, else by 证件号码."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from fieldapp.county.tables import table_of
from fieldapp.county.upserting import Incoming, in_chunks
from fieldapp.exchange import HouseholdRecord
from fieldapp.register.identity import mask_id_number, person_key
from fieldapp.tables.register import PersonRow

__all__ = ["member_records"]


def member_records(
    connection: Connection, county_code: str, households: Iterable[HouseholdRecord], ids: Mapping[str, str]
) -> tuple[list[Incoming], list[str]]:
    """Return what is said of members the register has, and who of the others was spoken of."""
    speaking = [record for record in households if record.members]
    known = _known(connection, county_code, [ids[record.house_no] for record in speaking])
    found: list[Incoming] = []
    unknown: list[str] = []
    for record in speaking:
        home = ids[record.house_no]
        for member in record.members:
            identifier = known.get((home, member.person_no)) if member.person_no else None
            if identifier is None and member.id_number:
                identifier = known.get((home, person_key(member.id_number)))
            if identifier is None:
                told = member.person_no or mask_id_number(member.id_number)
                unknown.append(f"{record.house_no} {told}")
            else:
                found.append(Incoming(identifier, home, {**member.facts, "household_id": home}))
    return found, unknown


def _known(connection: Connection, county_code: str, homes: Iterable[str]) -> dict[tuple[str, str], str]:
    table = table_of(PersonRow)
    found: dict[tuple[str, str], str] = {}
    for chunk in in_chunks([Incoming(home, home, {}) for home in homes]):
        rows = connection.execute(
            select(table.c.id, table.c.household_id, table.c.person_no, table.c.id_number).where(
                table.c.county_code == county_code,
                table.c.household_id.in_([record.id for record in chunk]),
                table.c.status == "active",
            )
        )
        for row in rows:
            if row.id_number:
                found[row.household_id, person_key(row.id_number)] = row.id
            if row.person_no:
                found[row.household_id, row.person_no] = row.id
    return found
