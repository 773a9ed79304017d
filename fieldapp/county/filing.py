"""Filing a visit: stored as it was written, append-only, with the records that follow from its answers by rule."""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.county.facts import STATUS, Pen, insert_entity, load_entity, write_fields
from fieldapp.county.feed import Touch
from fieldapp.county.intake import Intake, Result, held, village_of
from fieldapp.county.scope import once_paired
from fieldapp.register.effects import effects_of
from fieldapp.register.roles import role_of
from fieldapp.register.values import Value, misfit
from fieldapp.wire.records import Record
from fieldapp.wire.submission import flat_answers
from fieldapp.wire.visits import VisitBody

__all__ = ["file_visit"]

_VISITS = "visits"
_SUPERSEDED = "superseded"


def file_visit(intake: Intake, record: Record) -> Result:
    """Store a visit; the record's id is the visit's. Raises bad-record for a malformed body or submission.

    A visit by the former helper of a household is still taken; one to a household that never was the sender's, or
    that the county does not know, is held.
    """
    body = VisitBody.from_json(record.body)
    answers = flat_answers(body.xml)
    if not role_of(intake.scope.role).writes(_VISITS):
        return held("read-only")
    village = village_of(intake, body.household)
    if village is None:
        return held("unknown-household")
    if not (
        intake.scope.holds(body.household, village)
        or once_paired(intake.connection, intake.county.code, record.author, body.household)
    ):
        return held("out-of-scope")
    pen = Pen(
        record.id, intake.device.id, record.author, intake.author_name, body.visit_date, visit_id=record.id
    )
    if not _insert(intake, _VISITS, record.id, body.household, _visit_values(intake, body), pen):
        return Result("id_conflict")
    touches = [Touch(_VISITS, record.id, body.household, village)]
    touches += _supersede(intake, body, pen, village)
    touches += _effects(intake, body, answers, pen, village)
    return Result("stored", "", tuple(touches))


def _visit_values(intake: Intake, body: VisitBody) -> dict[str, Value]:
    """Return the visit's facts: those the register knows, the body's own, and who it really was."""
    spec = intake.schema.lists[_VISITS]
    told = {
        name: value
        for name, value in body.facts.items()
        if name in spec.properties and misfit(spec.properties[name], value, intake.schema) is None
    }
    return {
        "photo_count": len(body.attachments),
        **told,
        "visit_date": body.visit_date,
        "entered_at": body.entered_at,
        "source": body.source,
        "outcome": body.status,
        "visitor_id": intake.device.person_id,
        "visitor_name": intake.author_name,
    }


def _supersede(intake: Intake, body: VisitBody, pen: Pen, village: str) -> list[Touch]:
    """Mark the visit that this one corrects; it stays in the archive."""
    if body.supersedes is None:
        return []
    former = load_entity(intake.connection, intake.county.code, _VISITS, body.supersedes)
    if former is None or former.get("household_id") != body.household or former.status == _SUPERSEDED:
        return []
    write_fields(
        intake.county.database,
        intake.connection,
        intake.county.code,
        former,
        body.household,
        {STATUS: _SUPERSEDED},
        pen,
    )
    return [Touch(_VISITS, former.id, body.household, village)]


def _effects(
    intake: Intake, body: VisitBody, answers: Mapping[str, str], pen: Pen, village: str
) -> list[Touch]:
    """Make the records that follow by rule. Their ids are derived, so what the laptop already sent is left alone."""
    touches = []
    for patch in effects_of(
        intake.rules,
        form=body.form_id,
        visit_id=pen.change_id,
        household_id=body.household,
        visit_date=body.visit_date,
        answers=answers,
    ):
        values = {name: change.new for name, change in patch.fields.items()}
        if _insert(intake, patch.list, patch.entity_id, body.household, values, pen):
            touches.append(Touch(patch.list, patch.entity_id, body.household, village))
    return touches


def _insert(
    intake: Intake, list_name: str, entity_id: str, household: str, values: Mapping[str, Value], pen: Pen
) -> bool:
    county = intake.county
    return insert_entity(
        county.database, intake.connection, county.code, list_name, entity_id, household, values, pen
    )
