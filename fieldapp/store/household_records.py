"""A household with all its records, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.register.entities import (
    Area,
    Entity,
    Household,
    IncomeYear,
    Issue,
    Lead,
    Measure,
    Pairing,
    Person,
    Visit,
)
from fieldapp.register.plan import Due
from fieldapp.store.history import FactOrigin
from fieldapp.store.ladder import Ladder

__all__ = ["HouseholdRecords", "VisitLine"]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit with how far it has come, when the county's receipt came, and how many facts it changed."""

    visit: Visit
    ladder: Ladder
    receipt_at: str | None
    facts_changed: int


@dataclass(frozen=True, slots=True)
class HouseholdRecords:
    """Everything the store knows of a household. Members by line number (new ones last), incomes and visits newest
    first; records that have ended are left out, former members aside. ``areas`` from the county down; ``facts`` holds
    the origin of every fact that was changed on this laptop or after the first fetch, by (list, record, fact).
    ``others`` holds the records of every further list (dwellings, plans, loans …) by list, oldest first.
    ``readable`` are the visits and filled forms whose form is on this laptop.
    """

    household: Household
    members: tuple[Person, ...]
    former_members: tuple[Person, ...]
    incomes: tuple[IncomeYear, ...]
    measures: tuple[Measure, ...]
    issues: tuple[Issue, ...]
    leads: tuple[Lead, ...]
    pairings: tuple[Pairing, ...]
    visits: tuple[VisitLine, ...]
    due: Due
    areas: tuple[Area, ...]
    facts: Mapping[tuple[str, str, str], FactOrigin]
    others: Mapping[str, tuple[Entity, ...]] = field(default_factory=dict)
    readable: frozenset[str] = frozenset()

    @property
    def village_name(self) -> str:
        return self._area_name("village")

    @property
    def town_name(self) -> str:
        return self._area_name("town")

    def _area_name(self, level: str) -> str:
        return next((area.name for area in self.areas if area.level == level), "")
