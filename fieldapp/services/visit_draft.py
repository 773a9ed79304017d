"""A visit being filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fieldapp.register.entities import Household, Person
from fieldapp.services.draft_content import SeenRecord
from fieldapp.services.draft_findings import Ground
from fieldapp.services.draft_notes import Comment, PassedDoubt
from fieldapp.services.form_map import FormMap
from fieldapp.store import PublishedForm
from fieldapp.xform import FormSession, Violation

__all__ = ["VISIT_FORM", "VisitDraft", "VisitStart"]

#: The form whose finished drafts are visits; every other one leaves an entry.
VISIT_FORM = "visit"

VisitStart = Literal["onsite", "paper", "remote"]


@dataclass
class VisitDraft:
    """A visit being filled in: the live session, what stood there before (“was: …”) by ref, and the register's
    records that the form was filled in from, by id.
    """

    id: str
    household: Household
    members: tuple[Person, ...]
    session: FormSession
    source: VisitStart
    form: PublishedForm
    map: FormMap
    last_values: Mapping[str, str]
    attachments: dict[str, str] = field(default_factory=dict)  # file name -> attachment id
    violations: tuple[Violation, ...] = ()
    seen: Mapping[str, SeenRecord] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)  # by question
    passed: dict[str, PassedDoubt] = field(default_factory=dict)  # by key of the finding
    copied_from: str = ""  # the day of the visit it was copied from
    said_elsewhere: dict[str, int] = field(default_factory=dict)  # in how many other households a text stands
    ground: Ground | None = None  # what the checks stand on, looked up at the first question for doubts

    @property
    def household_id(self) -> str:
        return self.household.id

    @property
    def is_visit(self) -> bool:
        """Whether it becomes a visit, or an entry of another form."""
        return self.form.form_id == VISIT_FORM
