"""A household as it would be after the answers of a draft, and at which question each of its facts is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from fieldapp.register.entities import ENTITY_TYPES, Entity
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Refusal, Value, convert
from fieldapp.services.form_map import LEFT_REASON, Container, FormMap
from fieldapp.xform import EntityAction, FormSession

__all__ = ["Answered", "Fact", "answered_records"]

_INDEX = re.compile(r"\[\d+\]")
#: A fact of the register: list, record, property.
Fact = tuple[str, str, str]
E = TypeVar("E", bound=Entity)


@dataclass
class Answered:
    """The records by list and id after the answers, and the question of each fact that the form asks for."""

    records: dict[tuple[str, str], Entity] = field(default_factory=dict)
    questions: dict[Fact, str] = field(default_factory=dict)

    def active(self, kind: type[E]) -> tuple[E, ...]:
        """Return the records of a kind that have not ended."""
        return tuple(
            each for each in self.records.values() if isinstance(each, kind) and each.status == "active"
        )

    def question_of(self, list_name: str, entity_id: str, name: str) -> str | None:
        """Return where a fact is asked; for a list as a whole (no id) the first question about that property."""
        if entity_id:
            return self.questions.get((list_name, entity_id, name))
        asked = (ref for fact, ref in self.questions.items() if (fact[0], fact[2]) == (list_name, name))
        return next(asked, None)


def answered_records(
    form: FormMap,
    session: FormSession,
    known: Iterable[Entity],
    household_id: str,
    schema: RegisterSchema,
) -> Answered:
    """Return the records that are ``known``, with what the session's answers make of them.

    An answer that does not convert changes nothing here: the form itself says what is wrong with it.
    """
    found = Answered({(entity.LIST, entity.id): entity for entity in known})
    containers = {container.ref: container for container in form.containers}
    for action in session.entities():
        container = containers.get(_INDEX.sub("", action.node))
        if container is not None and action.list in schema.lists and action.list in ENTITY_TYPES:
            _take_in(action, container, found, household_id, schema)
    return found


def _take_in(
    action: EntityAction, container: Container, found: Answered, household_id: str, schema: RegisterSchema
) -> None:
    spec = schema.lists[action.list]
    entity_id = household_id if action.list == "households" else action.id
    told = dict(action.properties)
    asked = {name: ref for ref, name in container.properties.items() if name in told}
    if action.label and container.label_ref and action.list != "households":
        told[spec.label] = action.label
        asked[spec.label] = container.label_ref
    before = found.records.get((action.list, entity_id))
    values: dict[str, Value] = before.values() if before is not None else {"household_id": household_id}
    for name, text in told.items():
        prop = spec.properties.get(name)
        if prop is None:
            continue
        if name in asked:
            found.questions[action.list, entity_id, name] = action.node + asked[name].removeprefix(
                container.ref
            )
        value = convert(prop, text, schema)
        if not isinstance(value, Refusal):
            values[name] = value
    entity = _entity(action.list, entity_id, values, left=bool(told.get(LEFT_REASON, "").strip()))
    if entity is not None:
        found.records[action.list, entity_id] = entity


def _entity(list_name: str, entity_id: str, values: Mapping[str, Value], *, left: bool) -> Entity | None:
    try:
        return ENTITY_TYPES[list_name].from_values(entity_id, values, status="left" if left else "active")
    except TypeError:  # a new record without what it cannot do without: nothing to be checked yet
        return None
