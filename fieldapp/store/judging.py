"""Who may write what: each fact of a change is accepted, or held with the reason for a person to decide.

Rules (``write`` in ``resources/register.toml``): a visit's form and what follows from it write ``form`` properties; a
correction by the village clerk also ``clerk`` ones; imports and the county's feed all of them. Whoever may write what
names a record (the list's label) may make one and end it (its status). Violations are no errors: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from fieldapp.register.change import Change, EntityPatch, FieldChange, Held
from fieldapp.register.entities import Entity
from fieldapp.register.schema import ListSpec, RegisterSchema, Writer
from fieldapp.register.values import Refusal, Value, misfit
from fieldapp.tables.rows import REQUIRED, stored_value

__all__ = ["OWN_DAYS", "STATUS", "Ruling", "merged_patches", "rule_on"]

#: The name under which a record's own status stands among its facts.
STATUS = "status"

#: The lists whose record is the finished form itself (append-only), and the fact that says on which day.
OWN_DAYS: Mapping[str, str] = {"visits": "visit_date", "entries": "filled_on"}

_COUNTY: frozenset[Writer] = frozenset({"form", "clerk", "county"})
_MAY_WRITE: Mapping[str, frozenset[Writer]] = {
    "visit": frozenset({"form"}),
    "form": frozenset({"form"}),
    "effect": frozenset({"form"}),
    "correction": frozenset({"form", "clerk"}),
    "import": _COUNTY,
    "pull": _COUNTY,
}
_NO_LIST = Refusal("登记册没有这个名单", "the register has no such list")
_NO_PROPERTY = Refusal("登记册没有这一项", "the register has no such property")
_NO_RECORD = Refusal("这台电脑里没有这条记录", "this record is not on this laptop")
_NOT_YOURS = Refusal(
    "这一项由县里认定，不能在这里改写", "this is decided elsewhere and cannot be written here"
)
_NOT_MADE = Refusal("这类记录不能在这里新建", "such a record cannot be made here")
_NOT_ENDED = Refusal("这条记录不能在这里注销", "such a record cannot be ended here")
_INCOMPLETE = Refusal("记录不完整，缺少必需的一项", "the record lacks what it cannot do without")
_FEN = Refusal("金额最多写到分（两位小数）", "an amount has at most two decimals")


@dataclass
class Ruling:
    """What is written, and what is held. ``own_visit`` is the visit, or the filled form, that the change itself is about."""

    patches: list[EntityPatch] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    own_visit: EntityPatch | None = None

    def hold(self, patch: EntityPatch, fields: Mapping[str, FieldChange], why: Refusal) -> None:
        for name, change in fields.items():
            text = _as_text(change.new)
            self.held.append(Held(patch.list, patch.entity_id, name, text, why.zh, why.en))

    def hold_all(self, patch: EntityPatch, why: Refusal) -> None:
        status = {STATUS: patch.status} if patch.status else {}
        self.hold(patch, {**patch.fields, **status}, why)


def merged_patches(patches: tuple[EntityPatch, ...]) -> list[EntityPatch]:
    """Return one patch a record, in order: the first old value, the last new one."""
    merged: dict[tuple[str, str], EntityPatch] = {}
    for patch in patches:
        key = (patch.list, patch.entity_id)
        first = merged.get(key)
        if first is None:
            merged[key] = patch
            continue
        fields = dict(first.fields)
        for name, change in patch.fields.items():
            fields[name] = FieldChange(fields[name].old if name in fields else change.old, change.new)
        merged[key] = EntityPatch(
            first.list,
            first.entity_id,
            first.household_id,
            first.base_version,
            fields,
            patch.status or first.status,
        )
    return list(merged.values())


def rule_on(change: Change, current: Mapping[tuple[str, str], Entity], schema: RegisterSchema) -> Ruling:
    """Judge every patch of a change against who writes and what is there now."""
    ruling = Ruling()
    for patch in merged_patches(change.patches):
        before = current.get((patch.list, patch.entity_id))
        spec = schema.lists.get(patch.list)
        if spec is None:
            ruling.hold_all(patch, _NO_LIST)
        elif patch.list in OWN_DAYS and change.document is not None and patch.entity_id == change.visit_id:
            ruling.own_visit = _whole(patch)
        else:
            _judge(patch, before, _Bench(change.kind, spec, schema), ruling)
    return ruling


@dataclass(frozen=True, slots=True)
class _Bench:
    """The rules for one patch: the kind of change and the list's properties."""

    kind: str
    spec: ListSpec
    schema: RegisterSchema

    def may_write(self, name: str) -> bool:
        prop = self.spec.properties.get(name)
        return prop is not None and prop.write in _MAY_WRITE[self.kind]

    @property
    def may_make(self) -> bool:
        return self.may_write(self.spec.label)

    def refusal(self, patch: EntityPatch, name: str, value: Value, *, creates: bool) -> Refusal | None:
        """Return why a fact is not written, or None."""
        if self.kind == "pull":
            return None
        prop = self.spec.properties.get(name)
        if prop is None:
            return _NO_PROPERTY
        if not self.may_write(name) and not (creates and _goes_without_saying(patch, name, value)):
            return _NOT_YOURS
        if value is None and name in REQUIRED[patch.list]:
            return _INCOMPLETE
        if isinstance(value, str) and prop.column and prop.type == "decimal" and _finer_than_fen(value):
            return _FEN
        return misfit(prop, value, self.schema)


def _judge(patch: EntityPatch, before: Entity | None, bench: _Bench, ruling: Ruling) -> None:
    creates = before is None
    if creates and not patch.creates and bench.kind != "pull":
        ruling.hold_all(patch, _NO_RECORD)
        return
    if creates and not bench.may_make:
        ruling.hold_all(patch, _NOT_MADE)
        return
    asked = _with_household(patch, bench.spec) if creates else patch.fields
    accepted: dict[str, FieldChange] = {}
    for name, change in asked.items():
        new = None if change.new in ("", []) else change.new
        if before is not None and _same(patch.list, name, before.get(name), new):
            continue
        if why := bench.refusal(patch, name, new, creates=creates):
            ruling.hold(patch, {name: change}, why)
        else:
            accepted[name] = FieldChange(change.old, new)
    if creates and any(name not in accepted for name in REQUIRED[patch.list]):
        ruling.hold(patch, accepted, _INCOMPLETE)
        return
    status = _status(patch, before, bench, ruling)
    if accepted or status or creates:
        ruling.patches.append(
            EntityPatch(patch.list, patch.entity_id, patch.household_id, patch.base_version, accepted, status)
        )


def _status(patch: EntityPatch, before: Entity | None, bench: _Bench, ruling: Ruling) -> FieldChange | None:
    status = patch.status
    if status is None or (before is not None and before.status == status.new):
        return None
    if not bench.may_make:
        ruling.hold(patch, {STATUS: status}, _NOT_ENDED)
        return None
    return status


def _whole(patch: EntityPatch) -> EntityPatch:
    """A visit's own facts stand as they are; without its household and day it could not be filed at all."""
    if any(name not in patch.fields for name in REQUIRED[patch.list]):
        raise ValueError("a visit or form without household or date")
    return patch


def _with_household(patch: EntityPatch, spec: ListSpec) -> dict[str, FieldChange]:
    fields = dict(patch.fields)
    if "household_id" in spec.properties:
        fields["household_id"] = FieldChange(None, patch.household_id)
    return fields


def _goes_without_saying(patch: EntityPatch, name: str, value: Value) -> bool:
    """Whether a new record would be so anyway: its household, or a column's default. Nothing is decided by it."""
    return name == "household_id" or (
        value is not None
        and name not in REQUIRED[patch.list]
        and value == stored_value(patch.list, name, None)
    )


def _same(list_name: str, name: str, there: Value, new: Value) -> bool:
    blank = stored_value(list_name, name, None)
    now, then = (blank if value is None else value for value in (there, new))
    return now == then and isinstance(now, bool) == isinstance(then, bool)


def _finer_than_fen(text: str) -> bool:
    try:
        return bool(Decimal(text) * 100 % 1)
    except ArithmeticError:
        return False  # not a number at all: the type check says so


def _as_text(value: Value) -> str:
    return " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
