"""Who keeps what is typed into a form: the draft of a visit, a finished visit under review, an author's try-out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, NoReturn, Protocol

from fieldapp.xform import FormSession

if TYPE_CHECKING:
    from fieldapp.services.draft_findings import DraftFinding
    from fieldapp.services.draft_notes import Comment
    from fieldapp.services.visits import VisitDraft, VisitReview

__all__ = ["FormKeeper", "ReviewKeeper", "ReviewReader", "VisitKeeper", "VisitWriter"]


class VisitWriter(Protocol):
    """What the form page needs of the visit service."""

    def autosave(self, draft: VisitDraft) -> str: ...

    def attach(self, draft: VisitDraft, ref: str, filename: str, content: bytes) -> None: ...

    def attachment(self, draft: VisitDraft, filename: str) -> bytes | None: ...

    def finish(self, draft: VisitDraft) -> str: ...

    def comment(self, draft: VisitDraft, ref: str, text: str) -> None: ...

    def row_removed(self, draft: VisitDraft, instance: str) -> None: ...

    def findings(self, draft: VisitDraft) -> tuple[DraftFinding, ...]: ...

    def explain(self, draft: VisitDraft, finding: DraftFinding, reason: str) -> None: ...


class ReviewReader(Protocol):
    """What the form page needs of the visit service to show a finished record."""

    def reviewed_file(self, review: VisitReview, filename: str) -> bytes | None: ...


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
    def people(self) -> Set[str]:
        """The rosters whose rows are members of the family, by ref: a row of them is a person."""
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

    @property
    def comments(self) -> Mapping[str, Comment]:
        """What was noted beside questions, by ref."""
        ...

    def comment(self, ref: str, text: str) -> None:
        """Note something beside a question; an empty text takes it away."""
        ...

    def row_removed(self, instance: str) -> None:
        """Let comments follow when an instance of a repeat was taken away."""
        ...

    def findings(self) -> Sequence[DraftFinding]:
        """Return what the checks say about the answers of now."""
        ...

    def explain(self, finding: DraftFinding, reason: str) -> None:
        """Say why a finding is none; an empty reason opens it again."""
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
    def people(self) -> Set[str]:
        return {roster.ref for roster in self._draft.map.rosters("persons")}

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

    @property
    def comments(self) -> Mapping[str, Comment]:
        return self._draft.comments

    def comment(self, ref: str, text: str) -> None:
        self._visits.comment(self._draft, ref, text)

    def row_removed(self, instance: str) -> None:
        self._visits.row_removed(self._draft, instance)

    def findings(self) -> Sequence[DraftFinding]:
        return self._visits.findings(self._draft)

    def explain(self, finding: DraftFinding, reason: str) -> None:
        self._visits.explain(self._draft, finding, reason)


class ReviewKeeper:
    """A finished record: read, never written."""

    known_record = ""
    people: Set[str] = frozenset()
    from_paper = False
    last_values: Mapping[str, str] = {}

    def __init__(self, review: VisitReview, visits: ReviewReader) -> None:
        self._review = review
        self._visits = visits
        self.known_record = review.household_id

    @property
    def session(self) -> FormSession:
        return self._review.session

    @property
    def subject(self) -> str:
        return self._review.head_name

    @property
    def comments(self) -> Mapping[str, Comment]:
        return self._review.comments

    def attachment(self, filename: str) -> bytes | None:
        return self._visits.reviewed_file(self._review, filename)

    def findings(self) -> Sequence[DraftFinding]:
        return ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a finished record is only read")

    autosave = attach = finish = comment = row_removed = explain = _refuse
