"""Proposals (待确认变更) at the county: who may make and decide them, and what a helper's bare change becomes.

A laptop with an older program, or one that has not heard of the gate, sends a helper's change as a plain patch. It is
not lost and not applied: what the gate keeps becomes the same proposals that the laptop would have made.
"""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.county.facts import STATUS, Pen, insert_entity, load_entity
from fieldapp.county.feed import Touch
from fieldapp.county.intake import Intake
from fieldapp.register.entities import Entity
from fieldapp.register.gate import proposal_id, proposed
from fieldapp.register.roles import role_of
from fieldapp.register.values import Value
from fieldapp.wire.patches import PatchBody

__all__ = ["PROPOSALS", "gated", "may_touch", "propose"]

PROPOSALS = "proposals"
#: What only a decision writes.
_DECISION = frozenset({"state", "decided_by", "decided_on", "decided_value", "note"})
#: What a helper may do with an own proposal: take it back, or put away one that came back.
_OWN_ENDS = frozenset({"waiting", "returned"})


def may_touch(intake: Intake, body: PatchBody, current: Entity | None, author: str) -> bool:
    """Tell whether the sender may make or change this proposal: made by whoever signs it, decided by the clerk."""
    new = {name: change[1] for name, change in body.fields.items()}
    if body.status is not None:
        return False
    if current is None:
        undecided = not (_DECISION - {"state"}) & set(new) and new.get("state", "waiting") == "waiting"
        known = new.get("list") in intake.schema.lists and new.get("list") != PROPOSALS
        return undecided and known and new.get("author_id") == author
    if not set(new) <= _DECISION | {"household_id"}:
        return False
    if role_of(intake.scope.role).corrects:
        return True
    own = current.get("author_id") == author and current.get("state") in _OWN_ENDS
    return own and new.get("state") == "withdrawn" and set(new) <= {"state", "household_id"}


def gated(intake: Intake, body: PatchBody, current: Entity | None) -> dict[str, Value]:
    """Return the changes of a patch that wait for the clerk, by fact; none when the gate is open for the sender."""
    gate, role = intake.gate, intake.scope.role
    if not gate.holds(role):
        return {}
    if current is None:
        if not gate.keeps_whole(role, body.list):
            return {}
        return {name: new for name, (_, new) in body.fields.items() if name != "household_id"}
    changed = {
        name: new
        for name, (_, new) in body.fields.items()
        if gate.keeps(role, body.list, name) and current.get(name) != new
    }
    if body.status is not None and gate.keeps_whole(role, body.list) and current.status != body.status[1]:
        changed[STATUS] = body.status[1]
    return changed


def propose(
    intake: Intake,
    body: PatchBody,
    current: Entity | None,
    changed: Mapping[str, Value],
    pen: Pen,
    village: str,
) -> tuple[Touch, ...]:
    """Make proposals of changes that came as facts; the record itself is sent again, so that the laptop shows it right."""
    county = intake.county
    touches = []
    for name, new in changed.items():
        id = proposal_id(pen.change_id, body.list, body.entity, name)
        old = None if current is None else current.status if name == STATUS else current.get(name)
        values: dict[str, Value] = {
            "list": body.list,
            "entity_id": body.entity,
            "name": name,
            "old": proposed(old),
            "new": proposed(new),
            "creates": True if current is None else None,
            "visit_id": body.visit,
            "author_id": pen.author,
            "author_name": pen.author_name,
            "proposed_on": pen.since[:10],
        }
        insert_entity(
            county.database, intake.connection, county.code, PROPOSALS, id, body.household, values, pen
        )
        touches.append(Touch(PROPOSALS, id, body.household, village))
    if load_entity(intake.connection, county.code, body.list, body.entity) is not None:
        touches.append(Touch(body.list, body.entity, body.household, village))
    return tuple(touches)
