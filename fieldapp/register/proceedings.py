"""What is done for a household and decided about it: plans, checks, reviews, tasks, proposals, filled forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fieldapp.register.entity import Entity

__all__ = [
    "Delivery",
    "Exit",
    "FormEntry",
    "Handover",
    "Inspection",
    "Pass",
    "Plan",
    "Proposal",
    "Review",
    "Survey",
    "Task",
]


@dataclass(frozen=True, kw_only=True)
class Plan(Entity):
    """The household's plan of a year (一户一策). A094, A097."""

    LIST: ClassVar[str] = "plans"

    household_id: str
    year: int
    title: str = ""
    state: str | None = None


@dataclass(frozen=True, kw_only=True)
class Handover(Entity):
    """One helper hands a household over to another. A020."""

    LIST: ClassVar[str] = "handovers"

    household_id: str
    handed_on: str | None = None
    from_id: str = ""
    to_id: str = ""
    to_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Delivery(Entity):
    """A paper that reached the household (明白纸, 明白卡, 联系卡)."""

    LIST: ClassVar[str] = "deliveries"

    household_id: str
    paper: str = ""
    delivered_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Inspection(Entity):
    """A check of the household in a campaign and round (自查、抽查). A067–A069."""

    LIST: ClassVar[str] = "inspections"

    household_id: str
    campaign: str = ""
    round: int | None = None
    inspected_on: str | None = None
    conclusion: str | None = None


@dataclass(frozen=True, kw_only=True)
class Review(Entity):
    """Village meeting, publicity, checking and approval of one matter (评议公示审批). A088, A089."""

    LIST: ClassVar[str] = "reviews"

    household_id: str
    subject: str = ""
    meeting_on: str | None = None
    conclusion: str | None = None


@dataclass(frozen=True, kw_only=True)
class Exit(Entity):
    """The check before a risk counts as cleared (风险消除核查). A090–A092."""

    LIST: ClassVar[str] = "exits"

    household_id: str
    conclusion: str = ""
    checked_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Survey(Entity):
    """What a household answered in a county's ad-hoc survey (专项调查). A114."""

    LIST: ClassVar[str] = "surveys"

    household_id: str
    title: str = ""
    answered_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class FormEntry(Entity):
    """A finished form that is no visit: append-only, like visits."""

    LIST: ClassVar[str] = "entries"

    household_id: str
    form_id: str
    title: str = ""
    filled_on: str
    entered_at: str = ""
    source: str = "onsite"
    author_id: str = ""
    author_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Task(Entity):
    """Something to be done for a household by a day: a promised visit, a request, a campaign's share. A066."""

    LIST: ClassVar[str] = "tasks"

    household_id: str
    title: str = ""
    kind: str | None = None
    due_on: str | None = None
    state: str = "open"
    campaign: str = ""


@dataclass(frozen=True, kw_only=True)
class Pass(Entity):
    """A finding that somebody passed, and why; it stays passed while the values it rests on stay."""

    LIST: ClassVar[str] = "passes"

    household_id: str
    rule_id: str
    key: str
    reason: str = ""
    passed_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal(Entity):
    """A helper's change to one fact, waiting for the village clerk (信息员); ``old`` and ``new`` are JSON texts."""

    LIST: ClassVar[str] = "proposals"

    household_id: str
    list: str
    entity_id: str
    name: str
    state: str = "waiting"
    visit_id: str = ""
    author_id: str = ""
