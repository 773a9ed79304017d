"""What goes to paper: the records of one household as the services hand them over, and the sheet that comes back."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fieldapp.register.checks import Finding
from fieldapp.register.entities import (
    Entity,
    Household,
    IncomeYear,
    Issue,
    Lead,
    Measure,
    Pairing,
    Person,
    Staff,
    Visit,
)
from fieldapp.register.plan import Due, DueState

__all__ = [
    "HouseholdPaper",
    "PaperKind",
    "PrintStamp",
    "Profile",
    "Sheet",
    "SheetKind",
    "VisitListRow",
    "VisitPaper",
]

#: Short papers of one household.
PaperKind = Literal["facts_card", "received", "house_grade"]
SheetKind = Literal[
    "file",
    "carry",
    "visit_list",
    "typing_list",
    "blank_form",
    "issue_slip",
    "missed_slip",
    "facts_card",
    "received",
    "house_grade",
    "figures",
]
#: ``full`` is the 档案版; ``masked`` the 内部版: numbers masked, a watermark with name and date.
Profile = Literal["full", "masked"]


@dataclass(frozen=True, kw_only=True)
class VisitPaper:
    """A visit with what was attached to it: photos (JPEG or PNG) and a signature drawn on the screen."""

    visit: Visit
    photos: tuple[bytes, ...] = ()
    signature: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class HouseholdPaper:
    """All that the sheets of one household say.

    Members are the active ones by line number; ``known_since`` gives, for household facts by property name, the ISO
    date from which the register knows the value.
    """

    household: Household
    village_name: str
    town_name: str
    county_name: str
    members: tuple[Person, ...] = ()
    former_members: tuple[Person, ...] = ()
    incomes: tuple[IncomeYear, ...] = ()
    measures: tuple[Measure, ...] = ()
    issues: tuple[Issue, ...] = ()
    leads: tuple[Lead, ...] = ()
    visits: tuple[VisitPaper, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    due: Due | None = None
    known_since: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, tuple[Entity, ...]] = field(default_factory=dict)  # aids, dwellings, loans, posts …
    contacts: tuple[Staff, ...] = ()  # whom the family may ask in its village
    findings: tuple[Finding, ...] = ()  # what the data checks found and nobody has passed

    @functools.cached_property
    def person_names(self) -> Mapping[str, str]:
        """The name of every member, past ones too, by record id."""
        return {person.id: person.name for person in (*self.former_members, *self.members)}

    @property
    def newest_visits(self) -> tuple[VisitPaper, ...]:
        """The visits, newest first."""
        return tuple(sorted(self.visits, key=lambda each: each.visit.visit_date, reverse=True))

    @property
    def current_pairing(self) -> Pairing | None:
        """The helper in charge now: the pairing without an end that began last."""
        running = [pairing for pairing in self.pairings if not pairing.ended and pairing.status == "active"]
        return max(running, key=lambda pairing: pairing.started or "", default=None)

    @property
    def place(self) -> str:
        """Town, village and group, as a form writes an address."""
        return f"{self.town_name}{self.village_name}{self.household.group_name}"


@dataclass(frozen=True, kw_only=True)
class VisitListRow:
    """One household of the 走访名单."""

    household_id: str
    house_no: str
    head_name: str
    town_name: str
    village_name: str
    group_name: str = ""
    door_no: str = ""
    member_count: int = 0
    phone: str = ""
    helper_name: str = ""
    last_visit: date | None = None
    done: int = 0
    required: int = 0
    due_on: date | None = None
    due_state: DueState = "not_entered"


@dataclass(frozen=True, slots=True)
class PrintStamp:
    """Who printed, when (civil date in China) and for what; it stands in the foot of every page."""

    printed_by: str
    purpose: str
    printed_on: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished sheet: one PDF/A-2b.

    ``replaced`` are characters of free text (never of names) that no font has and that print as 〓.
    """

    kind: SheetKind
    household_id: str | None
    title: str
    pdf: bytes
    pages: int
    replaced: tuple[str, ...] = ()
