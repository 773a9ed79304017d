"""What a form shows before the first key: the register's facts, each with the value it had (“was: …”)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from fieldapp.register.entities import Entity, Household, Person
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value, display
from fieldapp.services.draft_content import SeenRecord
from fieldapp.services.form_map import LEFT_REASON, Container, FormMap
from fieldapp.xform import FormSession, QuestionView, RepeatView

__all__ = ["OF_PERSON", "answer_text", "household_lists", "last_values_of", "prefill_of"]

#: The property that names a member of the household by its id.
OF_PERSON = "person_id"


def answer_text(value: Value) -> str:
    """Return a stored value as a form's answer: yes/no, codes divided by spaces, plain text otherwise."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return " ".join(value)
    return str(value)


def prefill_of(
    form: FormMap,
    household: Household,
    members: Sequence[Person],
    schema: RegisterSchema,
    others: Mapping[str, Sequence[Entity]] | None = None,
) -> dict[str, str]:
    """Return the answers by ref that the register already knows: of the household, one roster row a record, and the
    newest record where the form speaks of one only. ``others`` are the records of further lists that it takes up.

    A roster without the question for known ids stays empty: each of its rows would be a new record.
    """
    answers: dict[str, str] = {}
    records: Mapping[str, Sequence[Entity]] = {**(others or {}), "persons": members}

    def put(ref: str, entity: Entity, name: str) -> None:
        value = entity.get(name)
        if schema.property(entity.LIST, name) and value not in (None, "", []) and name != LEFT_REASON:
            answers[ref] = answer_text(value)

    if form.household_ref:
        answers[form.household_ref] = household.id
    if single := form.single("households"):
        for ref, name in single.properties.items():
            put(ref, household, name)
    for part in (each for each in form.containers if each.known_id_ref and each.list in schema.lists):
        there = records.get(part.list, ())
        for number, record in enumerate(there if part.ref in form.repeats else there[-1:], start=1):
            row = f"{part.ref}[{number}]" if part.ref in form.repeats else part.ref
            answers[row + _known(part)] = record.id
            for ref, name in _asked(part, schema).items():
                put(row + ref.removeprefix(part.ref), record, name)
    return answers


def last_values_of(
    form: FormMap,
    session: FormSession,
    household_id: str,
    seen: Mapping[str, SeenRecord],
    schema: RegisterSchema,
    members: Sequence[Person] = (),
) -> dict[str, str]:
    """Return what a person reads as the value before (“was: …”), by the refs of a session begun with these records; a
    question that chooses one of the ``members`` by name.
    """
    last: dict[str, str] = {}
    names = {member.id: member.name for member in members}

    def put(ref: str, list_name: str, entity_id: str, name: str) -> None:
        prop = schema.property(list_name, name)
        value = seen[entity_id].facts.get(name) if entity_id in seen else None
        if prop is not None and value not in (None, "", []) and name != LEFT_REASON:
            last[ref] = names.get(str(value), "") if name == OF_PERSON else display(prop, value, schema)

    if single := form.single("households"):
        for ref, name in single.properties.items():
            put(ref, "households", household_id, name)
    for part in (each for each in form.containers if each.known_id_ref and each.list in schema.lists):
        for row in _rows(session, part.ref) if part.ref in form.repeats else (part.ref,):
            known = session.view(row + _known(part))
            for ref, name in _asked(part, schema).items():
                if isinstance(known, QuestionView):
                    put(row + ref.removeprefix(part.ref), part.list, known.value, name)
    return last


def _rows(session: FormSession, ref: str) -> tuple[str, ...]:
    rows = session.view(ref)
    return tuple(row.ref for row in rows.instances) if isinstance(rows, RepeatView) else ()


def _known(part: Container) -> str:
    """Return the question for the known id, from its part on."""
    return (part.known_id_ref or "").removeprefix(part.ref)


def _asked(roster: Container, schema: RegisterSchema) -> dict[str, str]:
    """Return the properties of a roster by ref, with the one that names a member."""
    label = {roster.label_ref: schema.lists[roster.list].label} if roster.label_ref else {}
    return {**label, **roster.properties}


def household_lists(
    household: Household,
    members: Sequence[Person],
    seen: Mapping[str, SeenRecord],
    others: Mapping[str, Sequence[Entity]] | None = None,
    neighbours: Sequence[Household] = (),
) -> dict[str, bytes]:
    """Return the entity lists a form may look into, of this household alone: fast, and nobody else's data in a session.
    Only a form about several households (评议) is given the others of the village as ``neighbours``.

    Versions are those that were ``seen`` when the form was opened, which the submission names as its base.
    """

    def row(entity: Entity, label: str) -> tuple[str, str, int]:
        return entity.id, label, seen[entity.id].version if entity.id in seen else entity.version

    homes = (household, *(each for each in neighbours if each.id != household.id))
    lists = {"households": [row(each, f"{each.head_name} {each.house_no}".strip()) for each in homes]}
    lists["persons"] = [row(member, member.name) for member in members]
    for name, records in (others or {}).items():
        lists[name] = [row(record, record.id) for record in records]
    return {f"jr://file-csv/{name}.csv": _csv(rows) for name, rows in lists.items()}


def _csv(rows: Sequence[tuple[str, str, int]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "label", "__version", "__trunkVersion", "__branchId"])
    writer.writerows([*row, "", ""] for row in rows)
    return text.getvalue().encode()
