"""What a helper has proposed and the clerk has not decided, laid over the register: a form need not be told it twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from fieldapp.register.entities import ENTITY_TYPES, Entity, Person
from fieldapp.register.gate import STATUS, value_of
from fieldapp.services.form_records import FormRecords

if TYPE_CHECKING:
    from fieldapp.register.entities import Proposal
    from fieldapp.register.values import Value
    from fieldapp.store import Store

__all__ = ["own_pending", "with_pending"]

E = TypeVar("E", bound=Entity)
Facts = dict[str, dict[str, "Value"]]


def own_pending(store: Store, person_id: str, household_id: str) -> list[Proposal]:
    """Return what this person has waiting in a household."""
    return store.proposals(("waiting",), household_id=household_id, author_id=person_id)


def with_pending(records: FormRecords, proposals: Iterable[Proposal]) -> FormRecords:
    """Return the records as they would be if the proposals were facts: new ones come last, with version 0, since the
    register does not have them; those that would have ended are left out.
    """
    facts: dict[str, Facts] = defaultdict(lambda: defaultdict(dict))
    made: set[str] = set()
    for each in proposals:
        facts[each.list][each.entity_id][each.name] = value_of(each.get("new"))
        if each.get("creates") is True:
            made.add(each.entity_id)
    if not facts:
        return records
    home = records.household
    return replace(
        records,
        household=_with(home, facts["households"].get(home.id, {})),
        members=tuple(cast(Person, each) for each in _list("persons", records.members, facts, made, home.id)),
        others={name: _list(name, some, facts, made, home.id) for name, some in records.others.items()},
    )


def _list(
    name: str, records: Sequence[Entity], facts: Mapping[str, Facts], made: set[str], household_id: str
) -> tuple[Entity, ...]:
    told = facts.get(name, {})
    shown = [
        _with(record, told.get(record.id, {}))
        for record in records
        if told.get(record.id, {}).get(STATUS) in (None, "active")
    ]
    known = {record.id for record in records}
    for id, values in told.items():
        if id in made and id not in known:
            new = {**values, "household_id": household_id}
            shown.append(ENTITY_TYPES[name].from_values(id, new, version=0))
    return tuple(shown)


def _with(entity: E, values: Mapping[str, Value]) -> E:
    told = {name: value for name, value in values.items() if name != STATUS}
    if not told:
        return entity
    return type(entity).from_values(
        entity.id, {**entity.values(), **told}, status=entity.status, version=entity.version
    )
