"""Merging two records of one person, and undoing it: pure, and with everything needed for the undo in the register.

The record that goes keeps its own facts, gets the status ``merged``, says which record it went into, and carries a note
of what else was changed. So any laptop that has both households can undo the merge later, without history of its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fieldapp.register.change import EntityPatch, FieldChange
from fieldapp.register.entities import Entity, Person
from fieldapp.register.values import Value

__all__ = [
    "MERGED",
    "REFERRING_LISTS",
    "MergeNote",
    "Moved",
    "blank_alike",
    "merge_patches",
    "read_note",
    "undo_patches",
]

#: The status of a record that went into another.
MERGED = "merged"
#: The lists whose records may speak of a person, by ``person_id``.
REFERRING_LISTS = ("measures", "income_items", "posts", "loans", "aids")
_INTO, _NOTE = "merged_into", "merge_note"


@dataclass(frozen=True, slots=True)
class MergeNote:
    """What a merge changed beside the record that went: facts of the kept one (before, after) and references."""

    kept_id: str
    facts: Mapping[str, tuple[Value, Value]]
    references: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A fact that somebody has changed since the merge, so that undoing would lose it."""

    list: str
    entity_id: str
    name: str


def merge_patches(
    kept: Person, gone: Person, taken: Collection[str], references: Iterable[Entity]
) -> tuple[EntityPatch, ...]:
    """Return what merges ``gone`` into ``kept``: facts named in ``taken`` come from the one that goes.

    ``references`` are the records that speak of the one that goes. Raises ValueError for one and the same record, or for
    one that is not active.
    """
    if kept.id == gone.id or {kept.status, gone.status} != {"active"}:
        raise ValueError("two active records are merged")
    facts = {name: (kept.get(name), gone.get(name)) for name in sorted(taken)}
    facts = {name: pair for name, pair in facts.items() if not blank_alike(*pair)}
    pointing = [record for record in references if record.get("person_id") == gone.id]
    note = {
        "facts": {name: list(pair) for name, pair in facts.items()},
        "references": [[record.LIST, record.id] for record in pointing],
    }
    patches = []
    if facts:
        changes = {name: FieldChange(was, now) for name, (was, now) in facts.items()}
        patches.append(EntityPatch("persons", kept.id, kept.household_id, kept.version, changes))
    patches.append(
        EntityPatch(
            "persons",
            gone.id,
            gone.household_id,
            gone.version,
            {
                _INTO: FieldChange(gone.get(_INTO), kept.id),
                _NOTE: FieldChange(gone.get(_NOTE), json.dumps(note, ensure_ascii=False, sort_keys=True)),
            },
            FieldChange("active", MERGED),
        )
    )
    return (*patches, *(_pointed(record, gone.id, kept.id) for record in pointing))


def read_note(gone: Entity) -> MergeNote | None:
    """Return what a merged record says of its merge; None when it was not merged."""
    into, text = gone.get(_INTO), gone.get(_NOTE)
    if gone.status != MERGED or not isinstance(into, str) or not isinstance(text, str):
        return None
    told = json.loads(text)
    return MergeNote(
        into,
        {name: (was, now) for name, (was, now) in told["facts"].items()},
        tuple((list_name, id) for list_name, id in told["references"]),
    )


def undo_patches(
    kept: Person, gone: Person, references: Mapping[tuple[str, str], Entity]
) -> tuple[EntityPatch, ...] | tuple[Moved, ...]:
    """Return what puts both records and all references back as they were, or the facts changed since.

    ``references`` are the records that the note names. Raises ValueError when ``gone`` was not merged into ``kept``.
    """
    note = read_note(gone)
    if note is None or note.kept_id != kept.id:
        raise ValueError("not merged into that record")
    moved = [
        Moved("persons", kept.id, name)
        for name, (_, now) in note.facts.items()
        if not blank_alike(kept.get(name), now)
    ]
    if kept.status != "active":
        moved.append(Moved("persons", kept.id, "name"))
    for key in note.references:
        record = references.get(key)
        if record is None or record.get("person_id") != kept.id:
            moved.append(Moved(*key, "person_id"))
    if moved:
        return tuple(moved)
    patches = [
        EntityPatch(
            "persons",
            gone.id,
            gone.household_id,
            gone.version,
            {name: FieldChange(gone.get(name), None) for name in (_INTO, _NOTE)},
            FieldChange(MERGED, "active"),
        )
    ]
    if note.facts:
        changes = {name: FieldChange(now, was) for name, (was, now) in note.facts.items()}
        patches.append(EntityPatch("persons", kept.id, kept.household_id, kept.version, changes))
    return (*patches, *(_pointed(references[key], kept.id, gone.id) for key in note.references))


def blank_alike(one: Value, other: Value) -> bool:
    """Tell whether two values are the same; nothing, an empty text and an empty list are."""
    if one in (None, "", []) and other in (None, "", []):
        return True
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _pointed(record: Entity, was: str, now: str) -> EntityPatch:
    home = str(record.get("household_id"))
    return EntityPatch(record.LIST, record.id, home, record.version, {"person_id": FieldChange(was, now)})
