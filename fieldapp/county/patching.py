"""Household facts changed on a laptop: merged field by field; where two disagree, both values are kept in a case."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.common.ids import derived_id
from fieldapp.county.facts import (
    STATUS,
    Pen,
    field_states,
    insert_entity,
    load_entity,
    others_wrote,
    write_fields,
)
from fieldapp.county.feed import Touch
from fieldapp.county.intake import Intake, Result, held, village_of
from fieldapp.county.proposing import PROPOSALS, gated, may_touch, propose
from fieldapp.county.scope import may_write, once_paired
from fieldapp.county.tables import CaseRow
from fieldapp.register.change import FieldChange
from fieldapp.register.entities import FORM_LISTS, Entity
from fieldapp.register.merge import FieldState, judge
from fieldapp.register.roles import role_of
from fieldapp.register.values import Value, misfit
from fieldapp.tables.rows import REQUIRED
from fieldapp.wire.patches import PatchBody
from fieldapp.wire.problems import BAD_RECORD
from fieldapp.wire.records import Record

__all__ = ["apply_patch"]

#: Lists a laptop may change; visits are append-only records of their own, pairings are the county's.
_LISTS = FORM_LISTS | {"incomes"}
_STATUSES = frozenset({"active", "left", "removed", "closed", "merged"})


@dataclass
class _Merge:
    """The fields of a patch, sorted by what happens to them."""

    applied: dict[str, Value] = field(default_factory=dict)
    disputed: dict[str, FieldState] = field(default_factory=dict)


def apply_patch(intake: Intake, record: Record) -> Result:
    """Merge a patch. Raises bad-record for a malformed one; what may not or cannot be applied is held."""
    body = PatchBody.from_json(record.body)
    if body.list not in _LISTS:
        raise BAD_RECORD(detail=f"list {body.list}")
    if intake.hold:
        return held(intake.hold)
    village = village_of(intake, body.household)
    if village is None:
        return held("unknown-household")
    current = load_entity(intake.connection, intake.county.code, body.list, body.entity)
    if current is not None and _household_of(current) != body.household:
        return held("other-household")
    if current is None and not body.create:
        return held("unknown-entity")
    if not role_of(intake.scope.role).writes(body.list):
        return held("read-only")
    reason = _objection(intake, body, current, record.author)
    if reason:
        return held(reason)
    mine = intake.scope.holds(body.household, village)
    if not mine and not once_paired(intake.connection, intake.county.code, record.author, body.household):
        return held("out-of-scope")
    pen = Pen(
        record.id,
        intake.device.id,
        record.author,
        intake.author_name,
        record.at,
        visit_id=body.visit,
        reason=body.reason or "",
    )
    if waiting := gated(intake, body, current):
        return _to_the_clerk(intake, body, current, waiting, pen, village)
    touch = Touch(body.list, body.entity, body.household, village)
    if current is None:
        # What a former helper saw at the last visit may still be proposed: the clerk decides anyway.
        asked = mine or body.list == PROPOSALS
        return _create(intake, body, pen, touch) if asked else held("no-longer-paired")
    return _update(intake, body, current, pen, touch, mine=mine)


def _to_the_clerk(
    intake: Intake,
    body: PatchBody,
    current: Entity | None,
    waiting: Mapping[str, Value],
    pen: Pen,
    village: str,
) -> Result:
    """Keep at the gate what came as facts: proposals for the clerk, the rest of the patch as usual."""
    touches = propose(intake, body, current, waiting, pen, village)
    rest = {
        name: change for name, change in body.fields.items() if name not in waiting and name != "household_id"
    }
    if current is not None and rest:
        left = dataclasses.replace(body, fields=rest, status=None if STATUS in waiting else body.status)
        touch = Touch(body.list, body.entity, body.household, village)
        mine = intake.scope.holds(body.household, village)
        touches += _update(intake, left, current, pen, touch, mine=mine).touches
    return Result("held", "needs-clerk", touches)


def _create(intake: Intake, body: PatchBody, pen: Pen, touch: Touch) -> Result:
    values = {name: new for name, (_, new) in body.fields.items()}
    county = intake.county
    insert_entity(
        county.database,
        intake.connection,
        county.code,
        body.list,
        body.entity,
        body.household,
        values,
        pen,
    )
    return Result("applied", "", (touch,))


def _update(
    intake: Intake, body: PatchBody, current: Entity, pen: Pen, touch: Touch, *, mine: bool
) -> Result:
    merge = _merge(intake, body, current, mine=mine)
    county = intake.county
    if merge.applied:
        write_fields(
            county.database, intake.connection, county.code, current, body.household, merge.applied, pen
        )
    touches = (touch,) if merge.applied or merge.disputed else ()
    if merge.disputed:
        cases = _open_cases(intake, body, merge.disputed, pen)
        return Result("conflict", ",".join(cases), touches)
    moved_on = merge.applied and others_wrote(
        intake.connection,
        county.code,
        current,
        since_version=max(body.base_version, 1),
        device=intake.device.id,
    )
    return Result("merged" if moved_on else "applied", "", touches)


def _merge(intake: Intake, body: PatchBody, current: Entity, *, mine: bool) -> _Merge:
    """Judge every field. What a former helper changed is never applied: it becomes a case for the present one."""
    changes = _changes(body)
    states = field_states(intake.connection, intake.county.code, current, list(changes))
    merge = _Merge()
    # A record its own laptop made is edited again before the first version came back: that is version 1, not 0.
    base = max(body.base_version, 1)
    for name, change in changes.items():
        verdict = judge(states[name], change, base_version=base, device=intake.device.id)
        if verdict == "same":
            continue
        if verdict == "apply" and mine:
            merge.applied[name] = change.new
        else:
            merge.disputed[name] = states[name]
    return merge


def _changes(body: PatchBody) -> dict[str, FieldChange]:
    changes = {
        name: FieldChange(old, new) for name, (old, new) in body.fields.items() if name != "household_id"
    }
    if body.status is not None:
        changes[STATUS] = FieldChange(*body.status)
    return changes


def _open_cases(intake: Intake, body: PatchBody, disputed: Mapping[str, FieldState], pen: Pen) -> list[str]:
    changes = _changes(body)
    rows = [
        {
            "county_code": intake.county.code,
            "id": derived_id("case", pen.change_id, name),
            "list": body.list,
            "entity_id": body.entity,
            "household_id": body.household,
            "name": name,
            "kept": state.value,
            "kept_version": state.version,
            "kept_writer": state.writer,
            "offered": changes[name].new,
            "base_version": body.base_version,
            "record_id": pen.change_id,
            "device_id": intake.device.id,
            "author": pen.author,
            "opened_at": intake.now,
            "state": "open",
        }
        for name, state in disputed.items()
    ]
    intake.county.database.insert_new(intake.connection, CaseRow, rows)
    return [str(row["id"]) for row in rows]


def _objection(intake: Intake, body: PatchBody, current: Entity | None, author: str) -> str:
    """Return why the patch may not be applied as it is, or an empty text. A value that is so already is no change."""
    if body.status is not None and body.status[1] not in _STATUSES:
        return "bad-value"
    if current is None and not REQUIRED[body.list] <= {"household_id", *body.fields}:
        return "bad-value"
    if body.list == PROPOSALS and not may_touch(intake, body, current, author):
        return "not-writable"
    by_rule = body.create and body.visit is not None and _is_effect(intake, body.visit, body.entity)
    for name, (_, new) in body.fields.items():
        prop = intake.schema.property(body.list, name)
        if prop is None:
            return "unknown-property"
        if name == "household_id":
            if new != body.household:
                return "other-household"
            continue
        if misfit(prop, new, intake.schema) is not None:
            return "bad-value"
        if current is not None and current.get(name) == new:
            continue
        free = by_rule or body.list == PROPOSALS
        if not free and not may_write(prop, intake.scope.role, creating=current is None):
            return "not-writable"
    return ""


def _is_effect(intake: Intake, visit_id: str, entity_id: str) -> bool:
    return any(derived_id("effect", visit_id, rule.id) == entity_id for rule in intake.rules)


def _household_of(entity: Entity) -> Value:
    return entity.id if entity.LIST == "households" else entity.get("household_id")
