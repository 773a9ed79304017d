"""A change: the one thing that is written. Store and county apply it; history and outbox come from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.register.values import Value

__all__ = ["Change", "Comment", "EntityPatch", "FieldChange", "Held", "VisitDocument"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A fact's old and new value. ``old`` is what the writer saw, so that the county can merge by field."""

    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class EntityPatch:
    """Changes to one record of a list. ``base_version`` is the record's version the writer saw; 0 makes a record."""

    list: str
    entity_id: str
    household_id: str
    base_version: int
    fields: Mapping[str, FieldChange]
    status: FieldChange | None = None

    @property
    def creates(self) -> bool:
        return self.base_version == 0


@dataclass(frozen=True, slots=True)
class Held:
    """An answer that did not convert to the register's type, or may not be written: kept for a person to decide."""

    list: str
    entity_id: str
    name: str
    text: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person noted beside a question of a form: for colleagues and the county, never for the sheets."""

    ref: str
    text: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class VisitDocument:
    """The finished form of a visit: the submission and what is needed to read it again."""

    form_id: str
    form_version: str
    form_sha256: str
    instance_id: str
    submission_xml: bytes
    attachments: Mapping[str, str] = field(default_factory=dict)  # file name in the form -> attachment id
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One act of a person (or of a rule) with everything that follows from it, applied in one transaction.

    ``kind``: visit | form | correction | import | effect | pull. ``visit_id`` names the visit the facts come from.
    """

    id: str
    at: str
    author: str
    author_name: str
    kind: str
    patches: tuple[EntityPatch, ...] = ()
    visit_id: str | None = None
    document: VisitDocument | None = None
    held: tuple[Held, ...] = ()
    reason: str = ""
