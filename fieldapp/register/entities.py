"""The register's records as frozen values. Core facts are fields; everything else is in ``properties``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fieldapp.register.entity import Entity
from fieldapp.register.living import Aid, Dwelling, IncomeItem, Loan, Post
from fieldapp.register.proceedings import (
    Delivery,
    Exit,
    FormEntry,
    Handover,
    Inspection,
    Pass,
    Plan,
    Proposal,
    Review,
    Survey,
    Task,
)

__all__ = [
    "ENTITY_TYPES",
    "FORM_LISTS",
    "Aid",
    "Area",
    "Delivery",
    "Dwelling",
    "Entity",
    "Exit",
    "FormEntry",
    "Handover",
    "Household",
    "IncomeItem",
    "IncomeYear",
    "Inspection",
    "Issue",
    "Lead",
    "Loan",
    "Measure",
    "Pairing",
    "Pass",
    "Person",
    "Plan",
    "Post",
    "Proposal",
    "Review",
    "Staff",
    "Survey",
    "Task",
    "Visit",
]


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
    kind.LIST: kind
    for kind in (
        *(Household, Person, IncomeYear, Measure, Issue, Lead, Visit, Pairing),
        *(Dwelling, IncomeItem, Loan, Post, Aid),
        *(Plan, Handover, Delivery, Inspection, Review, Exit, Survey, FormEntry, Task, Pass, Proposal),
    )
}

#: Lists that a form may write records of; the others come from the county, or are what a form leaves behind itself.
FORM_LISTS = frozenset(ENTITY_TYPES) - {"incomes", "visits", "pairings", "entries"}


@dataclass(frozen=True, kw_only=True)
class Area:
    """A place of the area tree. Codes: county 6 digits, town 9, village 12 (statistics code); ``parent`` is "" at the top.

    The tree is dated: a place holds from ``valid_from`` until ``valid_to`` (ISO days, "" = open); ``successor`` is the code
    that took over when villages merged (撤并村).
    """

    code: str
    parent: str
    name: str
    level: str  # county | town | village
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A cadre. ``role`` is a code of :mod:`fieldapp.register.roles`; ``post`` (职务) what he or she is called;
    ``area_code`` is the scope (a prefix of village codes).
    """

    id: str
    name: str
    role: str
    area_code: str
    unit_name: str = ""
    phone: str = ""
    post: str = ""
