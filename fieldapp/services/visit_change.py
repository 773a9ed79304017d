"""From a finished form to one change: the visit, the facts that really changed, and what follows by rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from fieldapp.register.change import Change, Comment, EntityPatch, FieldChange, Held, VisitDocument
from fieldapp.register.effects import EffectRule, effects_of
from fieldapp.register.entities import FORM_LISTS, Entity, Household, Staff
from fieldapp.register.schema import Property, RegisterSchema
from fieldapp.register.values import Refusal, Value, convert
from fieldapp.services.draft_content import SeenRecord
from fieldapp.services.form_map import LEFT_REASON
from fieldapp.services.prefill import answer_text
from fieldapp.wire.submission import Answers, read_answers
from fieldapp.xform import EntityAction, Submission

__all__ = ["FILLED_ON", "VisitFacts", "entry_change", "patches_of", "visit_change"]

#: The question that says on which day a form was filled in.
FILLED_ON = "filled_on"
_DAY_OF = {"visits": "visit_date", "entries": "filled_on"}
_SUMMARY_QUESTIONS = ("change_note", "requests", "solved", "not_met_note", "lead_situation")


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What is known of a visit besides its answers. ``seen`` are the records the form was filled in from, by id."""

    visit_id: str
    entered_at: str
    source: str
    visitor: Staff
    form_sha256: str
    seen: Mapping[str, SeenRecord]
    attachments: Mapping[str, str]  # file name in the form -> attachment id
    comments: tuple[Comment, ...] = ()
    passes: tuple[EntityPatch, ...] = ()  # doubts that were passed with a reason
    title: str = ""  # of the form
    today: str = ""  # the civil day, for a form that does not ask for one
    repeats: Set[str] = frozenset()  # of the form, by ref


@dataclass
class _Sorting:
    """Where the facts of the entity actions go: patches, or held with a reason."""

    schema: RegisterSchema
    seen: Mapping[str, SeenRecord]
    current: Mapping[str, Entity]
    patches: list[EntityPatch] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


def patches_of(
    actions: Sequence[EntityAction],
    seen: Mapping[str, SeenRecord],
    household: Household,
    records: Sequence[Entity],
    schema: RegisterSchema,
) -> tuple[list[EntityPatch], list[Held]]:
    """Compare what the form says with what it was filled in with and with the register of now; only what a person
    changed, and what is not so already, becomes a patch.

    An answer that does not convert, a property the register does not know, or one that a form may not write is held
    for a person to decide, with the reason.
    """
    current: dict[str, Entity] = {household.id: household, **{record.id: record for record in records}}
    sorting = _Sorting(schema, seen, current)
    for action in actions:
        if action.list in FORM_LISTS:
            _sort(action, household.id, sorting)
        else:
            sorting.held.append(
                Held(action.list, action.id, "", "", f"登记册没有“{action.list}”", f"no list “{action.list}”")
            )
    return sorting.patches, sorting.held


def _sort(action: EntityAction, household_id: str, sorting: _Sorting) -> None:
    spec = sorting.schema.lists[action.list]
    before = sorting.seen.get(action.id)
    told = dict(action.properties)
    if action.label and action.list != "households":
        told[spec.label] = action.label
    home = household_id
    if action.list != "households":  # a form about several households says whose record it is
        home = told.pop("household_id", "").strip() or household_id
    fields: dict[str, FieldChange] = {}
    for name, text in told.items():
        was = before.facts.get(name) if before is not None else None
        if text.strip() == answer_text(was).strip():
            continue  # as it was filled in for the person, whatever the register says by now
        value = _accepted(spec.properties.get(name), text, sorting.schema)
        if isinstance(value, Refusal):
            sorting.held.append(Held(action.list, action.id, name, text, value.zh, value.en))
        elif not _is_so(sorting.current.get(action.id), name, value):
            fields[name] = FieldChange(was, value)
    if before is None and fields and action.list != "households":
        fields["household_id"] = FieldChange(None, home)
    status = FieldChange("active", "left") if told.get(LEFT_REASON, "").strip() else None
    if fields or status:
        version = before.version if before is not None else 0
        sorting.patches.append(EntityPatch(action.list, action.id, home, version, fields, status))


def _is_so(entity: Entity | None, name: str, value: Value) -> bool:
    """Tell whether the register says so already. Nothing, an empty text and an empty list are the same; no and zero are
    answers.
    """
    old = entity.get(name) if entity is not None else None
    was, now = (None if each in ("", []) else each for each in (old, value))
    return was == now and isinstance(was, bool) == isinstance(now, bool)


def _accepted(prop: Property | None, text: str, schema: RegisterSchema) -> Value | Refusal:
    if prop is None:
        return Refusal("登记册没有这一项", "the register has no such property")
    if prop.write != "form":
        return Refusal("这一项不能由表单改写", "a form may not write this")
    return convert(prop, text, schema)


def visit_change(
    submission: Submission,
    facts: VisitFacts,
    household: Household,
    members: Sequence[Entity],
    rules: tuple[EffectRule, ...],
    schema: RegisterSchema,
    change_id: str,
) -> Change:
    """Return the one change that a finished visit makes."""
    answers = read_answers(submission.xml, facts.repeats)
    fields = _visit_fields(answers.flat, facts, household, schema)
    own = EntityPatch("visits", facts.visit_id, household.id, 0, fields)
    return _change(submission, facts, own, answers, household, members, rules, schema, change_id)


def entry_change(
    submission: Submission,
    facts: VisitFacts,
    household: Household,
    records: Sequence[Entity],
    rules: tuple[EffectRule, ...],
    schema: RegisterSchema,
    change_id: str,
) -> Change:
    """Return the one change that a finished form makes which is no visit: an entry of the household, and its facts."""
    answers = read_answers(submission.xml, facts.repeats)
    values: dict[str, Value] = {
        "household_id": household.id,
        "form_id": submission.form_id,
        "form_version": submission.form_version,
        "title": facts.title,
        "filled_on": answers.flat.get(FILLED_ON) or facts.today,
        "entered_at": facts.entered_at,
        "source": facts.source,
        "author_id": facts.visitor.id,
        "author_name": facts.visitor.name,
    }
    fields = {name: FieldChange(None, value) for name, value in values.items()}
    own = EntityPatch("entries", facts.visit_id, household.id, 0, fields)
    return _change(submission, facts, own, answers, household, records, rules, schema, change_id)


def _change(
    submission: Submission,
    facts: VisitFacts,
    own: EntityPatch,
    answers: Answers,
    household: Household,
    records: Sequence[Entity],
    rules: tuple[EffectRule, ...],
    schema: RegisterSchema,
    change_id: str,
) -> Change:
    patches, held = patches_of(submission.entities, facts.seen, household, records, schema)
    effects = effects_of(
        rules,
        form=submission.form_id,
        visit_id=facts.visit_id,
        household_id=household.id,
        visit_date=str(own.fields[_DAY_OF[own.list]].new),
        answers=answers.flat,
        rows={row.place: row.answers for row in answers.rows},
    )
    document = VisitDocument(
        submission.form_id,
        submission.form_version,
        facts.form_sha256,
        submission.instance_id,
        submission.xml,
        facts.attachments,
        facts.comments,
    )
    return Change(
        id=change_id,
        at=facts.entered_at,
        author=facts.visitor.id,
        author_name=facts.visitor.name,
        kind="visit" if own.list == "visits" else "form",
        patches=(own, *patches, *effects, *facts.passes),
        visit_id=facts.visit_id,
        document=document,
        held=tuple(held),
    )


def _visit_fields(
    answers: Mapping[str, str], facts: VisitFacts, household: Household, schema: RegisterSchema
) -> dict[str, FieldChange]:
    values: dict[str, Value] = {}
    for name, prop in schema.lists["visits"].properties.items():
        if name in answers:
            value = convert(prop, answers[name], schema)
            if not isinstance(value, Refusal) and value is not None:
                values[name] = value
    photos = sum(1 for name in answers if name.startswith("photo_"))
    values |= {
        "household_id": household.id,
        "entered_at": facts.entered_at,
        "source": facts.source,
        "visitor_id": facts.visitor.id,
        "visitor_name": facts.visitor.name,
        "summary": "；".join(answers[name] for name in _SUMMARY_QUESTIONS if name in answers),
        "photo_count": photos,
    }
    return {name: FieldChange(None, value) for name, value in values.items()}
