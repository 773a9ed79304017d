"""What a form shows before the first key: the register's facts, each with the value it had (“was: …”)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp.register.entities import Entity, Household, Person
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value, display
from fieldapp.services.form_map import KNOWN_ID, FormMap

__all__ = ["Prefill", "answer_text", "household_lists", "prefill_of"]


@dataclass(frozen=True, slots=True)
class Prefill:
    """Answers by ref for a new session, and by the same refs what a person reads as the last value."""

    answers: Mapping[str, str]
    last_values: Mapping[str, str]


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
) -> Prefill:
    """Return the answers the register already knows, for the household and one roster row a member."""
    answers: dict[str, str] = {}
    last: dict[str, str] = {}

    def put(ref: str, entity: Entity, name: str) -> None:
        prop = schema.property(entity.LIST, name)
        value = entity.get(name)
        if prop is None or value in (None, "", []):
            return
        answers[ref] = answer_text(value)
        last[ref] = display(prop, value, schema)

    if single := form.single("households"):
        if single.id_ref:
            answers[single.id_ref] = household.id
        for ref, name in single.properties.items():
            put(ref, household, name)
    for roster in form.rosters("persons"):
        for number, member in enumerate(members, start=1):
            row = f"{roster.ref}[{number}]"
            answers[f"{row}/{KNOWN_ID}"] = member.id
            if roster.label_ref:
                put(row + roster.label_ref.removeprefix(roster.ref), member, schema.lists["persons"].label)
            for ref, name in roster.properties.items():
                put(row + ref.removeprefix(roster.ref), member, name)
    return Prefill(answers, last)


def household_lists(household: Household, members: Sequence[Person]) -> dict[str, bytes]:
    """Return the entity lists a form may look into, of this household alone: fast, and nobody else's data in a session."""
    return {
        "jr://file-csv/households.csv": _csv(
            [(household.id, f"{household.head_name} {household.house_no}".strip(), household.version)]
        ),
        "jr://file-csv/persons.csv": _csv([(m.id, m.name, m.version) for m in members]),
    }


def _csv(rows: Sequence[tuple[str, str, int]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "label", "__version", "__trunkVersion", "__branchId"])
    writer.writerows([*row, "", ""] for row in rows)
    return text.getvalue().encode()
