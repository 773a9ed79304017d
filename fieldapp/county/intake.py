"""What the handling of one batch works with, and what comes of each record."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.county.devices import Device
from fieldapp.county.feed import Touch
from fieldapp.county.scope import Scope
from fieldapp.county.setup import County
from fieldapp.county.tables import table_of
from fieldapp.register.effects import EffectRule
from fieldapp.register.gate import Gate
from fieldapp.register.schema import RegisterSchema
from fieldapp.tables.register import HouseholdRow
from fieldapp.wire.receipt import Status

__all__ = ["Intake", "Result", "held", "village_of"]


@dataclass(frozen=True)
class Intake:
    """A batch being taken in: the open transaction, the sender and its scope, the rules in force.

    ``hold`` is why household facts must wait (a gap in the chain, a revoked laptop), empty when they need not.
    """

    county: County
    connection: Connection
    device: Device
    author_name: str
    scope: Scope
    rules: tuple[EffectRule, ...]
    schema: RegisterSchema
    now: str
    gate: Gate
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a record. ``touches`` go to the feed; the first one's number stands in the receipt."""

    status: Status
    detail: str = ""
    touches: tuple[Touch, ...] = ()


def held(reason: str) -> Result:
    """Return the result of a record that waits for a person; ``reason`` is a stable slug."""
    return Result("held", reason)


def village_of(intake: Intake, household_id: str) -> str | None:
    """Return the village code of a household, or None when the county does not know the household."""
    table = table_of(HouseholdRow)
    found: str | None = intake.connection.execute(
        select(table.c.area_code).where(table.c.county_code == intake.county.code, table.c.id == household_id)
    ).scalar()
    return found
