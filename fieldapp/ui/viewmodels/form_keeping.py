"""Who keeps what is typed into a form: the draft of a visit, a finished visit under review, an author's try-out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from fieldapp.xform import FormSession

if TYPE_CHECKING:
    from fieldapp.services.visits import VisitDraft

__all__ = ["FormKeeper", "VisitKeeper", "VisitWriter"]


class VisitWriter(Protocol):
    """What the form page needs of the visit service."""

    def autosave(self, draft: VisitDraft) -> str: ...

    def attach(self, draft: VisitDraft, ref: str, filename: str, content: bytes) -> None: ...

    def attachment(self, draft: VisitDraft, filename: str) -> bytes | None: ...

    def finish(self, draft: VisitDraft) -> str: ...


class FormKeeper(Protocol):
    """One form being filled in, and where it is kept."""

    @property
    def session(self) -> FormSession: ...

    @property
    def subject(self) -> str:
        """Whom the form is about, for the title."""
        ...

    @property
    def known_record(self) -> str:
        """The id of the record the form was opened for: a question that asks for it is not asked again."""
        ...

    @property
    def from_paper(self) -> bool:
        """Whether it is typed in from paper, from the first line on."""
        ...

    @property
    def last_values(self) -> Mapping[str, str]:
        """What the register says, as a person reads it, by question ref."""
        ...

    def autosave(self) -> str:
        """Write everything durably; return the moment. Raises DISK-001."""
        ...

    def attach(self, ref: str, filename: str, content: bytes) -> None:
        """Keep a file and answer the question with its name. Raises VISIT-004."""
        ...

    def attachment(self, filename: str) -> bytes | None:
        """Return the bytes of a kept file."""
        ...

    def finish(self) -> str:
        """Make the final record and return its id. Raises VISIT-001 when something is missing."""
        ...


class VisitKeeper:
    """A visit's draft, kept by the visit service."""

    def __init__(self, draft: VisitDraft, visits: VisitWriter) -> None:
        self._draft = draft
        self._visits = visits

    @property
    def session(self) -> FormSession:
        return self._draft.session

    @property
    def subject(self) -> str:
        return self._draft.household.head_name

    @property
    def known_record(self) -> str:
        return self._draft.household_id

    @property
    def from_paper(self) -> bool:
        return self._draft.source == "paper"

    @property
    def last_values(self) -> Mapping[str, str]:
        return self._draft.last_values

    def autosave(self) -> str:
        return self._visits.autosave(self._draft)

    def attach(self, ref: str, filename: str, content: bytes) -> None:
        self._visits.attach(self._draft, ref, filename, content)

    def attachment(self, filename: str) -> bytes | None:
        return self._visits.attachment(self._draft, filename)

    def finish(self) -> str:
        return self._visits.finish(self._draft)
