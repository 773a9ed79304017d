"""The clerk's gate on this laptop: what a helper changes, and the gate keeps, becomes proposals in place of facts.

A helper who changes the same fact again takes the former proposal back; one who types what the register says anyway
takes it back and proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from sqlalchemy import Connection, select

from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.entities import Entity, Proposal
from fieldapp.register.gate import APPROVAL, Gate, proposal_id, proposed
from fieldapp.register.values import Value
from fieldapp.store.base import table_of
from fieldapp.store.judging import STATUS, Ruling, merged_patches
from fieldapp.tables.rows import entity_of

__all__ = ["Gatekeeping", "gatekeeping", "keep_at_the_gate", "role_of"]

#: Kinds of change that are no cadre's own hand.
_FOREIGN = frozenset({"pull", "import"})
_FILED = ("visits", "entries")

FactKey = tuple[str, str, str]


@dataclass(frozen=True)
class Gatekeeping:
    """The gate, the author's role, what this author still has waiting, by fact, and the day of the change."""

    gate: Gate
    role: str
    waiting: Mapping[FactKey, Proposal]
    since: str = ""


@dataclass
class _Kept:
    """What the gate makes of a change: proposals, and those of before that are taken back."""

    change: Change
    keeping: Gatekeeping
    proposals: list[EntityPatch] = field(default_factory=list)
    withdrawn: dict[str, EntityPatch] = field(default_factory=dict)

    def propose(
        self, patch: EntityPatch, name: str, change: FieldChange, old: Value, *, creates: bool = False
    ) -> None:
        told = self.change
        former = self.keeping.waiting.get((patch.list, patch.entity_id, name))
        values: dict[str, Value] = {
            "household_id": patch.household_id,
            "list": patch.list,
            "entity_id": patch.entity_id,
            "name": name,
            "old": former.get("old") if former is not None else proposed(old),
            "new": proposed(change.new),
            "creates": creates or None,
            "visit_id": told.visit_id,
            "author_id": told.author,
            "author_name": told.author_name,
            "proposed_on": self.keeping.since,
        }
        fields = {key: FieldChange(None, value) for key, value in values.items() if value is not None}
        id = proposal_id(told.id, patch.list, patch.entity_id, name)
        self.proposals.append(EntityPatch("proposals", id, patch.household_id, 0, fields))
        self.take_back(patch.list, patch.entity_id, name)

    def take_back(self, list_name: str, entity_id: str, name: str) -> None:
        former = self.keeping.waiting.get((list_name, entity_id, name))
        if former is not None:
            state = {"state": FieldChange(former.state, "withdrawn")}
            self.withdrawn[former.id] = EntityPatch(
                "proposals", former.id, former.household_id, former.version, state
            )


def role_of(connection: Connection, county_code: str, person_id: str) -> str:
    """Return a cadre's role; empty where the county has not told it: then the county alone keeps the gate."""
    staff = table_of("staff")
    found = connection.execute(
        select(staff.c.role).where(staff.c.county_code == county_code, staff.c.id == person_id)
    ).scalar()
    return str(found or "")


def gatekeeping(
    connection: Connection, county_code: str, gate: Gate, change: Change, since: str
) -> Gatekeeping | None:
    """Return what the gate needs to know of a change, None where it passes freely."""
    if change.kind in _FOREIGN:
        return None
    role = role_of(connection, county_code, change.author)
    if not gate.holds(role):
        return None
    homes = {patch.household_id for patch in change.patches}
    table = table_of("proposals")
    rows = connection.execute(
        select(table).where(
            table.c.county_code == county_code,
            table.c.household_id.in_(homes),
            table.c.state == "waiting",
            table.c.author_id == change.author,
            table.c.status == "active",
        )
    ).mappings()
    found = [cast(Proposal, entity_of("proposals", row)) for row in rows]
    return Gatekeeping(gate, role, {(each.list, each.entity_id, each.name): each for each in found}, since)


def keep_at_the_gate(
    change: Change, ruling: Ruling, current: Mapping[tuple[str, str], Entity], keeping: Gatekeeping | None
) -> Ruling:
    """Return the ruling with the facts that wait turned into proposals."""
    if keeping is None:
        return ruling
    kept = _Kept(change, keeping)
    passed = [
        each
        for patch in ruling.patches
        if (each := _sift(patch, current.get((patch.list, patch.entity_id)), kept)) is not None
    ]
    for key in _retyped(change.patches, current, keeping):
        kept.take_back(*key)
    _ask_approval(change, kept)
    patches = [*passed, *kept.withdrawn.values(), *kept.proposals]
    return replace(ruling, patches=patches)


def _sift(patch: EntityPatch, before: Entity | None, kept: _Kept) -> EntityPatch | None:
    """Propose what the gate keeps of a patch; return the rest, None when nothing is left."""
    gate, role = kept.keeping.gate, kept.keeping.role
    if before is None:
        if not gate.keeps_whole(role, patch.list):
            return patch
        if patch.status is not None and patch.status.new != "active":
            _take_back_whole(patch, kept)  # it was only proposed, and now it is gone again
            return None
        for name, change in patch.fields.items():
            if name != "household_id":
                kept.propose(patch, name, change, None, creates=True)
        return None
    passed: dict[str, FieldChange] = {}
    for name, change in patch.fields.items():
        if gate.keeps(role, patch.list, name):
            kept.propose(patch, name, change, before.get(name))
        else:
            passed[name] = change
    status = patch.status
    if status is not None and gate.keeps_whole(role, patch.list):
        kept.propose(patch, STATUS, status, before.status)
        status = None
    if not passed and status is None:
        return None
    return replace(patch, fields=passed, status=status)


def _take_back_whole(patch: EntityPatch, kept: _Kept) -> None:
    for list_name, entity_id, name in kept.keeping.waiting:
        if (list_name, entity_id) == (patch.list, patch.entity_id):
            kept.take_back(list_name, entity_id, name)


def _retyped(
    patches: Iterable[EntityPatch], current: Mapping[tuple[str, str], Entity], keeping: Gatekeeping
) -> list[FactKey]:
    """Return the waiting facts that the author has set back to what the register says."""
    found = []
    for patch in merged_patches(tuple(patches)):
        before = current.get((patch.list, patch.entity_id))
        for name, change in patch.fields.items():
            key = (patch.list, patch.entity_id, name)
            if before is not None and key in keeping.waiting and _even(before.get(name), change.new):
                found.append(key)
    return found


def _even(there: Value, new: Value) -> bool:
    was, now = (None if value in ("", []) else value for value in (there, new))
    return was == now and isinstance(was, bool) == isinstance(now, bool)


def _ask_approval(change: Change, kept: _Kept) -> None:
    """A form that must be approved asks for it the same way as a fact does."""
    document = change.document
    if document is None or not kept.keeping.gate.asks_approval(kept.keeping.role, document.form_id):
        return
    filed: Sequence[EntityPatch] = [
        patch for patch in change.patches if patch.list in _FILED and patch.entity_id == change.visit_id
    ]
    for patch in filed:
        kept.propose(patch, APPROVAL, FieldChange(None, "approved"), None)
