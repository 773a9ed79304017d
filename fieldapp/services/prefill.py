"""What a form shows before the first key: the register's facts, each with the value it had (“was: …”)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from fieldapp.register.entities import Entity, Household, Person
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value, display
from fieldapp.services.draft_content import SeenRecord
from fieldapp.services.form_map import KNOWN_ID, LEFT_REASON, Container, FormMap
from fieldapp.xform import FormSession, QuestionView, RepeatView

__all__ = ["answer_text", "household_lists", "last_values_of", "prefill_of"]


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
    form: FormMap, household: Household, members: Sequence[Person], schema: RegisterSchema
) -> dict[str, str]:
    """Return the answers by ref that the register already knows: of the household, and one roster row a member.

    A roster without the question for known ids stays empty: each of its rows would be a new record.
    """
    answers: dict[str, str] = {}

    def put(ref: str, entity: Entity, name: str) -> None:
        value = entity.get(name)
        if schema.property(entity.LIST, name) and value not in (None, "", []) and name != LEFT_REASON:
            answers[ref] = answer_text(value)

    if single := form.single("households"):
        if single.id_ref:
            answers[single.id_ref] = household.id
        for ref, name in single.properties.items():
            put(ref, household, name)
    for roster in (each for each in form.rosters("persons") if each.known_id_ref):
        for number, member in enumerate(members, start=1):
            row = f"{roster.ref}[{number}]"
            answers[f"{row}/{KNOWN_ID}"] = member.id
            for ref, name in _asked(roster, schema).items():
                put(row + ref.removeprefix(roster.ref), member, name)
    return answers


def last_values_of(
    form: FormMap,
    session: FormSession,
    household_id: str,
    seen: Mapping[str, SeenRecord],
    schema: RegisterSchema,
) -> dict[str, str]:
    """Return what a person reads as the value before (“was: …”), by the refs of a session begun with these records."""
    last: dict[str, str] = {}

    def put(ref: str, list_name: str, entity_id: str, name: str) -> None:
        prop = schema.property(list_name, name)
        value = seen[entity_id].facts.get(name) if entity_id in seen else None
        if prop is not None and value not in (None, "", []) and name != LEFT_REASON:
            last[ref] = display(prop, value, schema)

    if single := form.single("households"):
        for ref, name in single.properties.items():
            put(ref, "households", household_id, name)
    for roster in (each for each in form.rosters("persons") if each.known_id_ref):
        rows = session.view(roster.ref)
        for row in rows.instances if isinstance(rows, RepeatView) else ():
            known = session.view(f"{row.ref}/{KNOWN_ID}")
            for ref, name in _asked(roster, schema).items():
                if isinstance(known, QuestionView):
                    put(row.ref + ref.removeprefix(roster.ref), roster.list, known.value, name)
    return last


def _asked(roster: Container, schema: RegisterSchema) -> dict[str, str]:
    """Return the properties of a roster by ref, with the one that names a member."""
    label = {roster.label_ref: schema.lists[roster.list].label} if roster.label_ref else {}
    return {**label, **roster.properties}


def household_lists(
    household: Household, members: Sequence[Person], seen: Mapping[str, SeenRecord]
) -> dict[str, bytes]:
    """Return the entity lists a form may look into, of this household alone: fast, and nobody else's data in a session.

    Versions are those that were ``seen`` when the form was opened, which the submission names as its base.
    """

    def row(entity: Entity, label: str) -> tuple[str, str, int]:
        return entity.id, label, seen[entity.id].version if entity.id in seen else entity.version

    return {
        "jr://file-csv/households.csv": _csv(
            [row(household, f"{household.head_name} {household.house_no}".strip())]
        ),
        "jr://file-csv/persons.csv": _csv([row(member, member.name) for member in members]),
    }


def _csv(rows: Sequence[tuple[str, str, int]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "label", "__version", "__trunkVersion", "__branchId"])
    writer.writerows([*row, "", ""] for row in rows)
    return text.getvalue().encode()
