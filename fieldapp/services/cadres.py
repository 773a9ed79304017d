"""Who works here and who is responsible for whom: teams, pairings by unit, gaps and frequent changes (A003–A005, A014–A023)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.register.plan import add_months
from fieldapp.register.policy import policy_for

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import HomeLine, Store

__all__ = ["CadreLine", "CadreSheet", "Cadres", "ChargeLine", "GapLine", "UnitLine", "contacts_of"]

#: More helpers than this within a year is a change too often (A021).
_MOST_HELPERS = 2
_PERIOD_MONTHS = 12


@dataclass(frozen=True, slots=True)
class CadreLine:
    """A cadre of the team: where, as what, from which unit."""

    name: str
    post: str
    role: str
    place: str
    unit_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A cadre's households by kind of pairing; ``kind`` is the code, ``kind_name`` its Chinese name."""

    kind: str
    kind_name: str
    unit_name: str
    staff_name: str
    households: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit that helps: its cadres and their households, and whom to call there."""

    unit_name: str
    cadres: int
    households: int
    contact: str = ""


@dataclass(frozen=True, slots=True)
class GapLine:
    """A household in a list of gaps; ``count`` is the number of helpers where helpers are counted."""

    household_id: str
    house_no: str
    head_name: str
    place: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class CadreSheet:
    """Everything about who works here, on a day. ``units`` counts helpers only, so that nobody is counted twice;
    ``departments`` are the county's other units, which lead in their own matters.
    """

    team: tuple[CadreLine, ...]
    charges: tuple[ChargeLine, ...]
    units: tuple[UnitLine, ...]
    unpaired: tuple[GapLine, ...]
    unguarded: tuple[GapLine, ...]
    turnover: tuple[GapLine, ...]
    departments: tuple[UnitLine, ...] = ()

    @property
    def helpers(self) -> int:
        """How many cadres are helpers of somebody."""
        return sum(unit.cadres for unit in self.units)


class Cadres:
    """Looking at who works here."""

    def __init__(self, store: Store, person: Staff, *, clock: Clock, schema: RegisterSchema) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._schema = schema

    def sheet(self) -> CadreSheet:
        """Return teams, pairings and gaps of the own scope as of today."""
        today = self._clock.today()
        names = {area.code: area.name for area in self._store.areas()}
        everyone = policy_for(today.year, self._store.policies()).visits.everyone
        area_code = (self._store.staff(self._person.id) or self._person).area_code
        charges = self._store.charges(today)
        since = add_months(today, -_PERIOD_MONTHS)
        contacts = contacts_of(self._store)
        units = _units(((c.unit_name, c.households) for c in charges if c.kind == "helper"), contacts)
        helping = {unit.unit_name for unit in units}
        return CadreSheet(
            team=tuple(_cadre(one, names) for one in self._store.cadres(area_code)),
            charges=tuple(
                ChargeLine(
                    c.kind,
                    self._schema.label("pairing_kind", c.kind),
                    c.unit_name,
                    c.staff_name,
                    c.households,
                )
                for c in charges
            ),
            units=units,
            unpaired=tuple(_gap(home, names) for home in self._store.unpaired(today, everyone=everyone)),
            unguarded=tuple(_gap(home, names) for home in self._store.unguarded(today)),
            turnover=tuple(
                _gap(line.home, names, line.helpers) for line in self._store.turnover(since, _MOST_HELPERS)
            ),
            departments=tuple(
                UnitLine(name, 0, 0, contact)
                for name, contact in contacts.items()
                if contact and name not in helping
            ),
        )


def contacts_of(store: Store) -> dict[str, str]:
    """Return whom to call at each unit of the county (“王科长 0374-3561234”), by the unit's name."""
    return {
        unit.name: " ".join(part for part in (unit.contact_name, unit.phone) if part)
        for unit in store.unit_contacts()
    }


def _units(charges: Iterable[tuple[str, int]], contacts: Mapping[str, str]) -> tuple[UnitLine, ...]:
    """Count cadres and households by unit; each charge is one cadre of a unit."""
    cadres: Counter[str] = Counter()
    households: Counter[str] = Counter()
    for unit, homes in charges:
        cadres[unit] += 1
        households[unit] += homes
    return tuple(
        UnitLine(unit, cadres[unit], households[unit], contacts.get(unit, "")) for unit in sorted(cadres)
    )


def _cadre(one: Staff, names: Mapping[str, str]) -> CadreLine:
    place = names.get(one.area_code, "")
    return CadreLine(one.name, one.post, one.role, place, one.unit_name, one.phone)


def _gap(home: HomeLine, names: Mapping[str, str], count: int = 0) -> GapLine:
    place = f"{names.get(home.area_code, '')} {home.group_name}".strip()
    return GapLine(home.household_id, home.house_no, home.head_name, place, count)
