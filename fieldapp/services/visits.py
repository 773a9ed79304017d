"""Visiting: start a form filled from the register, save while typing, finish into one change. Any other published form
goes the same way and leaves an entry instead of a visit (see :mod:`fieldapp.services.filled_forms`).

The draft's id becomes the visit's id and the change's id is derived from it, so finishing twice (a power cut between
the change and the end of the draft) makes one visit.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from fieldapp.common.clock import CHINA, Clock
from fieldapp.common.errors import KnownError
from fieldapp.common.ids import IdSource, derived_id
from fieldapp.register.change import Change
from fieldapp.register.entities import Staff
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.tasks import closing_patches
from fieldapp.services.attachment_kinds import recognised
from fieldapp.services.copying import copy_answers
from fieldapp.services.draft_content import DraftContent, SeenRecord, read_content, seen_records
from fieldapp.services.draft_notes import Comment, pass_patches
from fieldapp.services.errors import (
    BAD_ANSWERS,
    FORM_MISSING,
    NO_REVIEW,
    NO_SUCH_DRAFT,
    NOTHING_TO_COPY,
)
from fieldapp.services.form_lists import own_lists
from fieldapp.services.form_records import FormRecords, records_for
from fieldapp.services.forms import OpenForm, open_form, title_of
from fieldapp.services.pending import own_pending, with_pending
from fieldapp.services.prefill import household_lists, last_values_of, prefill_of
from fieldapp.services.visit_change import VisitFacts, entry_change, visit_change
from fieldapp.services.visit_draft import VISIT_FORM, VisitDraft, VisitStart
from fieldapp.services.visit_notes import VisitNotes
from fieldapp.store import DraftRecord, PublishedForm, Store
from fieldapp.wire.keys import verify
from fieldapp.xform import AUDIT_FILE, Environment, FormSession, QuestionView, Submission, Violation

__all__ = ["DraftInfo", "VisitDraft", "VisitReview", "VisitStart", "Visits"]

_FORM_NAME = "入户走访记录"


@dataclass(frozen=True, slots=True)
class DraftInfo:
    """A draft as Today lists it."""

    id: str
    household_id: str
    head_name: str
    saved_at: str
    source: VisitStart
    title: str = ""  # of a form that is no visit


@dataclass(frozen=True)
class VisitReview:
    """A finished visit to be read again: the answers as they were sent, and what was noted beside them."""

    household_id: str
    head_name: str
    session: FormSession
    comments: Mapping[str, Comment]
    attachments: Mapping[str, str]


def _drop_blank_rows(opened: OpenForm, session: FormSession) -> None:
    """A compiled roster begins with one blank row; where nobody is registered it would be a member to be filled in."""
    for roster in opened.map.rosters("persons"):
        session.remove_repeat(f"{roster.ref}[1]")


class Visits(VisitNotes):
    """The visits of the person who unlocked the vault."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._schema = schema

    def start(self, household_id: str, source: VisitStart, visit_date: date | None = None) -> VisitDraft:
        """Open the visit form for a household, filled from the register. Raises STORE-003, VISIT-003."""
        return self._begin(
            household_id,
            self._form(VISIT_FORM, _FORM_NAME),
            source,
            {
                "/data/how/mode": "phone" if source == "remote" else "door",
                "/data/how/visit_date": (visit_date or self._clock.today()).isoformat(),
                "/data/campaigns_on": self._campaigns_on(household_id),
            },
        )

    def copy_last(self, household_id: str, source: VisitStart) -> VisitDraft:
        """Open the visit form with what the last visit said, where the register does not say it.

        Raises VISIT-011 when no visit of the household was filled in on this laptop, STORE-003, VISIT-003.
        """
        lines = self._store.household_file(household_id).visits
        for line in lines:
            if line.visit.outcome == "met" and self._store.document(line.visit.id) is not None:
                old = self.review(line.visit.id)
                draft = self.start(household_id, source)
                copy_answers(old.session, draft.session)
                draft.copied_from = line.visit.visit_date
                self._keep(draft)
                return draft
        raise NOTHING_TO_COPY()

    def _campaigns_on(self, household_id: str) -> str:
        """Return the kinds of campaign that run today for a household: a form shows a group only while its campaign is on (六个一)."""
        today = self._clock.today()
        household, _ = self._store.household_with_members(household_id)
        on = [
            one.kind
            for one, drawn in self._store.campaigns()
            if one.running(today)
            and (household_id in drawn if drawn is not None else one.population.covers(household))
        ]
        return " ".join(dict.fromkeys(on))

    def start_form(self, household_id: str, form_id: str, source: VisitStart = "onsite") -> VisitDraft:
        """Open another published form for a household, filled from the register. Raises STORE-003, VISIT-003."""
        return self._begin(household_id, self._form(form_id, form_id), source, {})

    def outline(self, household_id: str, form_id: str) -> VisitDraft:
        """Return a form as it would be opened for a household, kept nowhere. Raises STORE-003, VISIT-003."""
        return self._filled_in(household_id, self._form(form_id, form_id), "paper", {})

    def _begin(
        self, household_id: str, form: PublishedForm, source: VisitStart, own: Mapping[str, str]
    ) -> VisitDraft:
        draft = self._filled_in(household_id, form, source, own)
        self._keep(draft)
        return draft

    def _filled_in(
        self, household_id: str, form: PublishedForm, source: VisitStart, own: Mapping[str, str]
    ) -> VisitDraft:
        records = self._records(form, household_id)
        household, members = records.household, records.members
        opened = self._open(form, records, {})
        answers = {**prefill_of(opened.map, household, members, self._schema, records.others), **own}
        session = FormSession.start(opened.definition, self._environment(), prefill=answers)
        if not members:
            _drop_blank_rows(opened, session)
        seen = seen_records(opened.map, (household, *records.all), self._schema)
        last = last_values_of(opened.map, session, household.id, seen, self._schema, members)
        return VisitDraft(
            self._ids.new(), household, members, session, source, form, opened.map, last, seen=seen
        )

    def resume(self, draft_id: str) -> VisitDraft:
        """Open a draft again, on the very form version it was begun with. Raises VISIT-002."""
        record = self._store.draft(draft_id)
        if record is None or not self._waits(record):
            raise NO_SUCH_DRAFT()
        form = self._store.form(record.form_id, record.form_version)
        if form is None:
            raise FORM_MISSING(form=_FORM_NAME if record.form_id == VISIT_FORM else record.form_id)
        records = self._records(form, record.household_id)
        household, members = records.household, records.members
        content = read_content(record.content)
        opened = self._open(form, records, content.seen)
        session = FormSession.resume(
            opened.definition, self._environment(), content.answers, audit=content.audit
        )
        last = last_values_of(opened.map, session, household.id, content.seen, self._schema, members)
        source: VisitStart = record.source  # type: ignore[assignment]  # only this module writes it
        return VisitDraft(
            id=record.id,
            household=household,
            members=members,
            session=session,
            source=source,
            form=form,
            map=opened.map,
            last_values=last,
            attachments=dict(record.attachments),
            seen=content.seen,
            comments=dict(content.comments),
            passed=dict(content.passed),
        )

    def drafts(self) -> list[DraftInfo]:
        """Return the drafts that wait, last saved first."""
        return [
            DraftInfo(d.id, d.household_id, d.head_name, d.saved_at, d.source, self._title(d))  # type: ignore[arg-type]
            for d in self._store.drafts()
            if self._waits(d)
        ]

    def _title(self, draft: DraftRecord) -> str:
        form = None if draft.form_id == VISIT_FORM else self._store.form(draft.form_id, draft.form_version)
        return title_of(form.xml) if form is not None else ""

    def autosave(self, draft: VisitDraft) -> str:
        """Write the draft durably, encrypted; return the moment. Raises DISK-001."""
        draft.session.saved()
        return self._keep(draft)

    def _keep(self, draft: VisitDraft) -> str:
        saved_at = self._now()
        session = draft.session
        self._store.put_draft(
            DraftRecord(
                id=draft.id,
                household_id=draft.household.id,
                head_name=draft.household.head_name,
                form_id=draft.form.form_id,
                form_version=draft.form.version,
                source=draft.source,
                saved_at=saved_at,
                content=DraftContent(
                    session.serialise(), draft.seen, session.audit(), draft.comments, draft.passed
                ).to_bytes(),
                attachments=dict(draft.attachments),
            )
        )
        return saved_at

    def attach(self, draft: VisitDraft, ref: str, filename: str, content: bytes) -> None:
        """Keep a photo, signature, recording, video or file encrypted and answer the question with its name.

        Raises VISIT-004 to VISIT-009 (not of the kind asked for, could never be sent, could run), DISK-001.
        """
        question = draft.session.view(ref)
        assert isinstance(question, QuestionView)  # only questions are answered with files
        kind = recognised(question.kind, filename, content)
        attachment_id = self._ids.new()
        name = f"{ref.rsplit('/', 1)[-1]}-{attachment_id[-8:]}{kind.suffix}"
        self._store.put_attachment(attachment_id, draft.id, name, kind.media_type, content)
        replaced = draft.attachments.pop(question.value, None)
        draft.attachments[name] = attachment_id
        draft.session.set(ref, name)
        self.autosave(draft)
        if replaced is not None:
            self._store.delete_attachment(replaced)

    def attachment(self, draft: VisitDraft, filename: str) -> bytes | None:
        """Return the plain bytes of a draft's photo, for showing it; None when there is none of that name."""
        attachment_id = draft.attachments.get(filename)
        return self._store.attachment(attachment_id) if attachment_id else None

    def review(self, visit_id: str) -> VisitReview:
        """Open a finished visit to be read, on its own form version. Raises VISIT-010, VISIT-003."""
        found = self._store.document(visit_id)
        if found is None:
            raise NO_REVIEW()
        household_id, document = found
        household, members = self._store.household_with_members(household_id)
        form = self._store.form(document.form_id, document.form_version)
        if form is None:
            raise FORM_MISSING(form=_FORM_NAME)
        opened = self._open(form, FormRecords(household, members), {})
        session = FormSession.resume(opened.definition, self._environment(), document.submission_xml)
        comments = {comment.ref: comment for comment in document.comments}
        return VisitReview(household_id, household.head_name, session, comments, document.attachments)

    def reviewed_file(self, review: VisitReview, filename: str) -> bytes | None:
        """Return the plain bytes of a photo or file of a finished visit."""
        attachment_id = review.attachments.get(filename)
        return self._store.attachment(attachment_id) if attachment_id else None

    def discard(self, draft_id: str) -> None:
        """Put a draft away; it is kept 30 days and can be restored."""
        self._store.discard_draft(draft_id)

    def restore(self, draft_id: str) -> None:
        """Take a discarded draft back."""
        self._store.restore_draft(draft_id)

    def finish(self, draft: VisitDraft) -> str:
        """Turn the draft into a visit and return its id. Raises VISIT-001 with the places that are not filled."""
        draft.session.leave()
        self.autosave(draft)
        submission = self._finalised(draft)
        files = dict(draft.attachments)
        log = draft.session.audit()
        if log:
            files[AUDIT_FILE] = self._keep_log(draft, log)
        facts = VisitFacts(
            visit_id=draft.id,
            entered_at=self._now(),
            source=draft.source,
            visitor=self._person,
            form_sha256=draft.form.sha256,
            seen=draft.seen,
            attachments={name: files[name] for name in submission.attachments if name in files},
            comments=tuple(draft.comments.values()),
            passes=pass_patches(
                self._still_passed(draft),
                draft.id,
                draft.household_id,
                self._person.name,
                self._clock.today().isoformat(),
            ),
            title=draft.session.definition.title,
            today=self._clock.today().isoformat(),
            repeats=draft.map.repeats,
        )
        # The register may have moved on while the draft was open; compare with what it says now.
        records = self._records(draft.form, draft.household.id)
        make = visit_change if draft.is_visit else entry_change
        change = make(
            submission,
            facts,
            records.household,
            records.all,
            self._store.effect_rules(),
            self._schema,
            derived_id("finish", draft.id),
        )
        self._store.apply(self._with_tasks_done(change) if draft.is_visit else change)
        # The visit is made; what cannot be tidied now (the disk filled up this moment) is tidied at the next look.
        with contextlib.suppress(KnownError):
            self._store.end_draft(draft.id)
        return draft.id

    def _records(self, form: PublishedForm, household_id: str) -> FormRecords:
        """Read what a form is about, with what this person has proposed and the clerk has not decided."""
        records = records_for(self._store, form, household_id, self._clock.today())
        return with_pending(records, own_pending(self._store, self._person.id, household_id))

    def _with_tasks_done(self, change: Change) -> Change:
        """Close what a visit that met somebody does by itself (a promised visit, another try)."""
        visit, household_id = change.patches[0], change.patches[0].household_id
        tasks = self._store.household_file(household_id).others.get("tasks", ())
        return replace(change, patches=(*change.patches, *closing_patches(tasks, visit)))

    def _finalised(self, draft: VisitDraft) -> Submission:
        draft.violations = draft.session.validate()
        try:
            return draft.session.finalise()
        except KnownError as error:
            if not draft.violations:
                raise
            self._keep(draft)  # with what the audit log says of the attempt
            raise self._bad_answers(draft.violations) from error

    def _keep_log(self, draft: VisitDraft, log: bytes) -> str:
        """Keep the audit log as a file of the visit. One that a power cut leaves behind goes with the draft."""
        attachment_id = self._ids.new()
        self._store.put_attachment(attachment_id, draft.id, AUDIT_FILE, "text/csv", log)
        return attachment_id

    def _waits(self, record: DraftRecord) -> bool:
        """Tell whether a draft is still to be finished. Of one whose visit was made (the power went before the draft
        was ended) nothing is left to type: it is ended now.
        """
        try:
            file = self._store.household_file(record.household_id)
        except KnownError:
            return True  # the household is no longer here; the draft waits for its return
        made = {line.visit.id for line in file.visits} | {
            entry.id for entry in file.others.get("entries", ())
        }
        if record.id not in made:
            return True
        with contextlib.suppress(KnownError):
            self._store.end_draft(record.id)
        return False

    def _bad_answers(self, violations: tuple[Violation, ...]) -> KnownError:
        error = BAD_ANSWERS(count=len(violations), first=violations[0].message or violations[0].ref)
        error.details["violations"] = violations
        return error

    def _form(self, form_id: str, name: str) -> PublishedForm:
        form = self._store.form(form_id)
        if form is None:
            raise FORM_MISSING(form=name)
        return form

    def _open(self, form: PublishedForm, records: FormRecords, seen: Mapping[str, SeenRecord]) -> OpenForm:
        lists = household_lists(records.household, records.members, seen, records.others, records.neighbours)
        lists |= own_lists(self._store, form, records.household.id, self._schema, self._clock.today())
        return open_form(form.xml, {**form.lists, **lists})

    def _environment(self) -> Environment:
        return Environment(
            clock=self._clock,
            new_id=self._ids.new,
            zone=CHINA,
            properties={"username": self._person.name, "deviceid": self._person.id},
            verify=verify,
        )

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")
