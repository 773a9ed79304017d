"""The register's records as frozen values. Core facts are fields; everything else is in ``properties``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from fieldapp.register.values import Value

__all__ = [
    "ENTITY_TYPES",
    "Area",
    "Entity",
    "Household",
    "IncomeYear",
    "Issue",
    "Lead",
    "Measure",
    "Pairing",
    "Person",
    "Staff",
    "Visit",
]

E = TypeVar("E", bound="Entity")


@dataclass(frozen=True, kw_only=True)
class Entity:
    """What every record of the register has: UUID, status (``active`` or why it is gone), version, properties."""

    LIST: ClassVar[str]

    id: str
    status: str = "active"
    version: int = 1
    properties: Mapping[str, Value] = field(default_factory=dict)

    def get(self, name: str) -> Value:
        """Return a fact by its property name, whether it is a field or in ``properties``; None when unknown."""
        if name != "properties" and name in self.__dataclass_fields__:
            value: Value = getattr(self, name)
            return value
        return self.properties.get(name)

    def values(self) -> dict[str, Value]:
        """Return every known fact by property name, without id, status and version."""
        own: dict[str, Value] = {name: getattr(self, name) for name in _own_names(type(self))}
        return {**own, **self.properties}

    @classmethod
    def from_values(
        cls: type[E], id: str, values: Mapping[str, Value], *, status: str = "active", version: int = 1
    ) -> E:
        """Build a record from facts by property name: known fields go to fields, the rest to ``properties``."""
        names = _own_names(cls)
        own = {name: value for name, value in values.items() if name in names and value is not None}
        rest = {name: value for name, value in values.items() if name not in names and value is not None}
        arguments = {"id": id, "status": status, "version": version, "properties": rest, **own}
        return cls(**arguments)  # type: ignore[arg-type]


_own_names_by_list: dict[str, tuple[str, ...]] = {}


def _own_names(kind: type[Entity]) -> tuple[str, ...]:
    """Return the facts of a list that are fields, in their order; asked for each of 100,000 rows, so remembered."""
    names = _own_names_by_list.get(kind.LIST)
    if names is None:
        names = _own_names_by_list[kind.LIST] = tuple(
            f.name
            for f in dataclasses.fields(kind)
            if f.name not in ("id", "status", "version", "properties")
        )
    return names


@dataclass(frozen=True, kw_only=True)
class Household(Entity):
    LIST: ClassVar[str] = "households"

    house_no: str = ""
    area_code: str = ""
    group_name: str = ""
    door_no: str = ""
    head_name: str = ""
    phone: str = ""
    household_type: str = "ordinary"
    monitor_kind: str | None = None
    risk_cleared: bool | None = None
    member_count: int = 0

    @property
    def listed(self) -> bool:
        """Whether the household is on the county's lists (out of poverty or monitored), as the sources count them."""
        return self.household_type == "out_of_poverty" or self.monitor_kind is not None


@dataclass(frozen=True, kw_only=True)
class Person(Entity):
    LIST: ClassVar[str] = "persons"

    household_id: str
    person_no: str = ""
    name: str = ""
    sex: str | None = None
    birth_date: str | None = None
    id_type: str | None = None
    id_number: str = ""
    relationship: str | None = None
    phone: str = ""
    line_no: int = 0


@dataclass(frozen=True, kw_only=True)
class IncomeYear(Entity):
    """A household's income of one year; amounts in yuan as canonical decimal text."""

    LIST: ClassVar[str] = "incomes"

    household_id: str
    year: int
    wage: str | None = None
    business: str | None = None
    property: str | None = None
    transfer: str | None = None
    expense: str | None = None
    net: str | None = None
    per_capita: str | None = None


@dataclass(frozen=True, kw_only=True)
class Measure(Entity):
    LIST: ClassVar[str] = "measures"

    household_id: str
    group: str | None = None
    item: str = ""
    started: str | None = None
    ended: str | None = None
    state: str | None = None


@dataclass(frozen=True, kw_only=True)
class Issue(Entity):
    LIST: ClassVar[str] = "issues"

    household_id: str
    kind: str | None = None
    description: str = ""
    state: str = "open"
    found_on: str | None = None
    deadline: str | None = None


@dataclass(frozen=True, kw_only=True)
class Lead(Entity):
    LIST: ClassVar[str] = "leads"

    household_id: str
    found_on: str | None = None
    source: str | None = None
    state: str = "open"
    situation: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit(Entity):
    """A visit: append-only. ``visit_date`` is when it took place, ``entered_at`` when it was typed, ``source`` how."""

    LIST: ClassVar[str] = "visits"

    household_id: str
    visit_date: str
    entered_at: str = ""
    source: str = "onsite"
    mode: str = "door"
    outcome: str = "met"
    visitor_id: str = ""
    visitor_name: str = ""
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Pairing(Entity):
    """Which helper (帮扶责任人) is responsible for a household, from when to when."""

    LIST: ClassVar[str] = "pairings"

    household_id: str
    staff_id: str = ""
    staff_name: str = ""
    unit_name: str = ""
    started: str | None = None
    ended: str | None = None


ENTITY_TYPES: Mapping[str, type[Entity]] = {
    kind.LIST: kind for kind in (Household, Person, IncomeYear, Measure, Issue, Lead, Visit, Pairing)
}


@dataclass(frozen=True, kw_only=True)
class Area:
    """A place of the area tree. Codes: county 6 digits, town 9, village 12 (statistics code); ``parent`` is "" at the top."""

    code: str
    parent: str
    name: str
    level: str  # county | town | village


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A cadre. ``role``: helper | clerk | town | county; ``area_code`` is the scope (a prefix of village codes)."""

    id: str
    name: str
    role: str
    area_code: str
    unit_name: str = ""
    phone: str = ""
