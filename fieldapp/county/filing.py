"""Filing a visit or another finished form: stored as it was written, append-only, with the records that follow from its answers by rule."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from fieldapp.county.facts import STATUS, Pen, insert_entity, load_entity, write_fields
from fieldapp.county.feed import Touch
from fieldapp.county.intake import Intake, Result, held, village_of
from fieldapp.county.scope import once_paired
from fieldapp.county.tables import FormRow, table_of
from fieldapp.register.effects import effects_of
from fieldapp.register.roles import role_of
from fieldapp.register.values import Value, misfit
from fieldapp.wire.records import ENTRY, VISIT, Record
from fieldapp.wire.submission import Answers, read_answers, repeats_of
from fieldapp.wire.visits import VisitBody

__all__ = ["file_document"]

_LISTS = {VISIT: "visits", ENTRY: "entries"}
_SUPERSEDED = "superseded"


def file_document(intake: Intake, record: Record) -> Result:
    """Store a visit or filled form; the record's id is its own. Raises bad-record for a malformed body or submission.

    A visit by the former helper of a household is still taken; one to a household that never was the sender's, or
    that the county does not know, is held.
    """
    body = VisitBody.from_json(record.body)
    answers = read_answers(body.xml, _repeats(intake, body.form_sha256))
    list_name = _LISTS[record.kind]
    if not role_of(intake.scope.role).writes(list_name):
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
    values = {**_told(intake, list_name, body), **_known_values(intake, list_name, body)}
    if not _insert(intake, list_name, record.id, body.household, values, pen):
        return Result("id_conflict")
    touches = [Touch(list_name, record.id, body.household, village)]
    touches += _supersede(intake, list_name, body, pen, village)
    touches += _effects(intake, body, answers, pen, village)
    return Result("stored", "", tuple(touches))


def _told(intake: Intake, list_name: str, body: VisitBody) -> dict[str, Value]:
    """Return the facts that the body tells and the register knows."""
    properties = intake.schema.lists[list_name].properties
    return {
        name: value
        for name, value in body.facts.items()
        if name in properties and misfit(properties[name], value, intake.schema) is None
    }


def _known_values(intake: Intake, list_name: str, body: VisitBody) -> dict[str, Value]:
    """Return what stands whatever the facts say: the body's own members, and who it really was."""
    person, name = intake.device.person_id, intake.author_name
    common: dict[str, Value] = {"entered_at": body.entered_at, "source": body.source}
    if list_name == "entries":
        form: dict[str, Value] = {"form_id": body.form_id, "form_version": body.form_version}
        return {**common, **form, "filled_on": body.visit_date, "author_id": person, "author_name": name}
    told = {"visit_date": body.visit_date, "outcome": body.status}
    count = {} if "photo_count" in body.facts else {"photo_count": len(body.attachments)}
    return {**common, **told, **count, "visitor_id": person, "visitor_name": name}


def _supersede(intake: Intake, list_name: str, body: VisitBody, pen: Pen, village: str) -> list[Touch]:
    """Mark the visit that this one corrects; it stays in the archive."""
    if body.supersedes is None:
        return []
    former = load_entity(intake.connection, intake.county.code, list_name, body.supersedes)
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
    return [Touch(list_name, former.id, body.household, village)]


def _effects(intake: Intake, body: VisitBody, answers: Answers, pen: Pen, village: str) -> list[Touch]:
    """Make the records that follow by rule. Their ids are derived, so what the laptop already sent is left alone."""
    touches = []
    for patch in effects_of(
        intake.rules,
        form=body.form_id,
        visit_id=pen.change_id,
        household_id=body.household,
        visit_date=body.visit_date,
        answers=answers.flat,
        rows={row.place: row.answers for row in answers.rows},
    ):
        values = {name: change.new for name, change in patch.fields.items()}
        if _insert(intake, patch.list, patch.entity_id, body.household, values, pen):
            touches.append(Touch(patch.list, patch.entity_id, body.household, village))
    return touches


def _repeats(intake: Intake, form_sha256: str) -> frozenset[str]:
    """Return the repeats of the published form; none when the county does not know the form."""
    table = table_of(FormRow)
    xml = intake.connection.execute(
        select(table.c.xml).where(table.c.county_code == intake.county.code, table.c.sha256 == form_sha256)
    ).scalar()
    return frozenset() if xml is None else repeats_of(bytes(xml))


def _insert(
    intake: Intake, list_name: str, entity_id: str, household: str, values: Mapping[str, Value], pen: Pen
) -> bool:
    county = intake.county
    return insert_entity(
        county.database, intake.connection, county.code, list_name, entity_id, household, values, pen
    )
