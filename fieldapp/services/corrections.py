"""Corrections: one fact of many households with one reason, what was corrected at a household, and taking it back.

Taking back is a change of its own with its own reason; the history keeps both. What somebody has changed since stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from fieldapp.common.ids import derived_id
from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.gate import REMOVED
from fieldapp.register.gate import proposed as proposed_text
from fieldapp.register.income_sums import IncomeSum, differs, sum_of_items
from fieldapp.register.roles import role_of
from fieldapp.register.values import Refusal, Value, convert, display, typed
from fieldapp.services.errors import (
    CHANGED_SINCE,
    NO_CORRECTION,
    NOT_WRITABLE_FACT,
    REASON_WANTED,
    REFUSED_VALUE,
)
from fieldapp.services.reviving import as_now

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Entity, Staff
    from fieldapp.register.schema import Property, RegisterSchema
    from fieldapp.store import Store

__all__ = ["BatchRow", "Corrected", "CorrectedFact", "CorrectionLine", "Corrections", "value_of_text"]

_LIST = "households"
_LONGEST_REASON = 500
#: Records that a correction never ends: a family and its members leave in a visit, with a reason.
_LASTING = frozenset({"households", "persons"})
#: What a record is not one without.
_NAMING = frozenset({"household_id", "year"})
#: Not a fact that is corrected: where the household belongs, and its number.
_NEVER = frozenset({"house_no", "area_code", "member_count"})


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A household in the grid: the value as it is read, and as it is typed."""

    household_id: str
    head_name: str
    place: str
    text: str
    raw: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did: ``facts`` written, ``proposed`` to the clerk, ``kept``: changed by others since and left so."""

    change_id: str
    facts: int
    proposed: int
    kept: int
    patches: tuple[EntityPatch, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectedFact:
    """One fact of a correction, as a person reads it. ``now`` tells whether it still stands."""

    label_zh: str
    label_en: str
    before: str
    after: str
    now: bool


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction that touched a household, newest first; ``households`` counts all it touched."""

    change_id: str
    at: str
    author_name: str
    reason: str
    facts: tuple[CorrectedFact, ...]
    households: int

    @property
    def can_be_undone(self) -> bool:
        return any(fact.now for fact in self.facts)


def value_of_text(prop: Property, text: str, schema: RegisterSchema) -> Value | Refusal:
    """Return a typed text as the register stores it. An amount has at most two decimals (decision 001)."""
    value = convert(prop, text, schema)
    if prop.column and prop.type == "decimal" and isinstance(value, str) and Decimal(value) * 100 % 1:
        return Refusal("金额最多写到分（两位小数）", "an amount has at most two decimals")
    return value


class Corrections:
    """The corrections of the person who unlocked the vault."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._schema = schema

    def properties(self) -> list[Property]:
        """Return the facts of a household that this person may correct for many at once."""
        corrects = role_of((self._store.staff(self._person.id) or self._person).role).corrects
        return [
            prop
            for prop in self._schema.lists[_LIST].properties.values()
            if prop.name not in _NEVER and (prop.write == "form" or (prop.write == "clerk" and corrects))
        ]

    def rows(self, name: str, household_ids: Sequence[str]) -> list[BatchRow]:
        """Return households with their value of a fact, in the order asked for; what is not here is left out."""
        prop = self._property(name)
        names = self._store.household_names(household_ids)
        found = self._store.records([(_LIST, id) for id in household_ids])
        rows = []
        for id in household_ids:
            entity = found.get((_LIST, id))
            if entity is None or id not in names:
                continue
            head, village, group = names[id]
            value = entity.get(name)
            rows.append(
                BatchRow(
                    id,
                    head,
                    f"{village} {group}".strip(),
                    display(prop, value, self._schema),
                    typed(value),
                )
            )
        return rows

    def refusal(self, name: str, text: str) -> Refusal | None:
        """Return why a typed value is not taken, or None."""
        prop = self._property(name)
        value = value_of_text(prop, text, self._schema)
        if value is None and name == self._schema.lists[_LIST].label:
            return Refusal("不能为空", "it must not be empty")
        return value if isinstance(value, Refusal) else None

    def batch(self, name: str, texts: Mapping[str, str], reason: str) -> Corrected:
        """Correct one fact of many households as one change. Raises REG-002 for a value that is not taken, REG-003 for a
        fact that is not this person's, CORR-003 without a reason; then nothing is written.
        """
        prop = self._property(name)
        told = reason.strip()[:_LONGEST_REASON]
        if not told:
            raise REASON_WANTED()
        values: dict[str, Value] = {}
        for id, text in texts.items():
            if (refused := self.refusal(name, text)) is not None:
                raise REFUSED_VALUE(field=prop.zh, field_en=prop.en, reason=refused.zh, reason_en=refused.en)
            value = value_of_text(prop, text, self._schema)
            assert not isinstance(value, Refusal)
            values[id] = value
        current = self._store.records([(_LIST, id) for id in values])
        patches = [
            EntityPatch(_LIST, id, id, entity.version, {name: FieldChange(entity.get(name), values[id])})
            for (_, id), entity in current.items()
            if not _same(entity.get(name), values[id])
        ]
        return self._write(patches, told)

    def income_offer(self, household_id: str) -> IncomeSum | None:
        """Return the sums of the newest year's items where the register says something else; None when it does not, or when
        there are no items. Raises STORE-003.
        """
        file = self._store.household_file(household_id)
        items = file.others.get("income_items", ())
        years = sorted({int(str(item.get("year"))) for item in items if item.get("year")}, reverse=True)
        if not years:
            return None
        counted = file.household.get("counted_heads")
        heads = counted if isinstance(counted, int) and counted > 0 else len(file.members)
        added = sum_of_items(items, years[0], heads)
        now = next((income for income in file.incomes if income.year == years[0]), None)
        return added if added is not None and differs(added, now) else None

    def take_sums(self, household_id: str) -> Corrected:
        """Write the sums of the items into the year's incomes, as a correction that can be taken back. Raises REG-003 where
        this person may not, CORR-002 when there is nothing to take.
        """
        if not role_of((self._store.staff(self._person.id) or self._person).role).corrects:
            raise NOT_WRITABLE_FACT(field="年度收入", field_en="income of a year")
        added = self.income_offer(household_id)
        if added is None:
            raise CHANGED_SINCE(fields="收入明细", fields_en="the items")
        file = self._store.household_file(household_id)
        now = next((income for income in file.incomes if income.year == added.year), None)
        id = now.id if now is not None else derived_id("income", household_id, str(added.year))
        facts: dict[str, Value] = dict(added.facts)
        if now is None:
            facts |= {"household_id": household_id, "year": added.year}
        old = now.values() if now is not None else {}
        fields = {
            name: FieldChange(old.get(name), value) for name, value in facts.items() if old.get(name) != value
        }
        reason = f"按 {added.year} 年 {added.items} 条收入明细合计"
        there = self._store.records([("incomes", id)]).get(("incomes", id))
        return self._write([as_now(EntityPatch("incomes", id, household_id, 0, fields), there)], reason)

    def of_household(self, household_id: str) -> list[CorrectionLine]:
        """Return the corrections made here that touched a household, newest first."""
        lines = []
        for told in self._store.corrections_of(household_id):
            current = self._store.records([(fact.list, fact.entity_id) for fact in told.facts])
            facts = tuple(
                self._fact(
                    fact.list, fact.name, fact.before, fact.value, current.get((fact.list, fact.entity_id))
                )
                for fact in told.facts
                if fact.household_id == household_id
            )
            households = len({fact.household_id for fact in told.facts})
            lines.append(CorrectionLine(told.id, told.at, told.author_name, told.reason, facts, households))
        return lines

    def undo(self, change_id: str) -> Corrected:
        """Take a whole correction back by a change of its own. Raises CORR-001 when it is not here, CORR-002 when
        nothing of it stands any more.
        """
        told = self._store.correction(change_id)
        if told is None:
            raise NO_CORRECTION()
        patches: dict[tuple[str, str], EntityPatch] = {}
        for fact in told.facts:
            key = (fact.list, fact.entity_id)
            known = patches.get(key)
            fields = {**(known.fields if known else {}), fact.name: FieldChange(fact.before, fact.value)}
            patches[key] = EntityPatch(fact.list, fact.entity_id, fact.household_id, 0, fields)
        return self._take_back(list(patches.values()), told.reason)

    def take_back(self, done: Corrected, reason: str) -> Corrected:
        """Take back what a correction of this session wrote or proposed."""
        return self._take_back(done.patches, reason)

    def _take_back(self, patches: Sequence[EntityPatch], reason: str) -> Corrected:
        current = self._store.records([(patch.list, patch.entity_id) for patch in patches])
        waiting = self._waiting()
        back, kept, fields_kept = [], 0, []
        for patch in patches:
            entity = current.get((patch.list, patch.entity_id))
            if entity is not None and _made_by(patch, entity):
                gone = FieldChange(entity.status, REMOVED)
                back.append(EntityPatch(patch.list, entity.id, patch.household_id, entity.version, {}, gone))
                continue
            fields: dict[str, FieldChange] = {}
            for name, change in patch.fields.items():
                if change.old is None and name in _NAMING:
                    continue  # somebody has added to the record since: it stays, and so does whose it is
                stands = entity is not None and _same(entity.get(name), change.new)
                # What is only proposed is taken back by saying what the register says.
                asked = waiting.get((patch.list, patch.entity_id, name)) == proposed_text(change.new)
                if stands or asked:
                    fields[name] = FieldChange(change.new, change.old)
                else:
                    kept += 1
                    fields_kept.append(self._schema.property(patch.list, name))
            if fields and entity is not None:
                back.append(
                    EntityPatch(patch.list, patch.entity_id, patch.household_id, entity.version, fields)
                )
        if not back:
            props = [prop for prop in dict.fromkeys(fields_kept) if prop is not None]
            raise CHANGED_SINCE(
                fields="、".join(prop.zh for prop in props), fields_en=", ".join(prop.en for prop in props)
            )
        done = self._write(back, f"撤销更正：{reason}"[:_LONGEST_REASON])
        return Corrected(done.change_id, done.facts, done.proposed, kept, done.patches)

    def _write(self, patches: Sequence[EntityPatch], reason: str) -> Corrected:
        change = Change(
            id=self._ids.new(),
            at=self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            author=self._person.id,
            author_name=self._person.name,
            kind="correction",
            patches=tuple(patches),
            reason=reason,
        )
        if not patches:
            return Corrected(change.id, 0, 0, 0)
        self._store.apply(change)
        waiting = self._waiting()
        told = [(p.list, p.entity_id, name, f.new) for p in patches for name, f in p.fields.items()]
        proposed = sum(waiting.get(one[:3]) == proposed_text(one[3]) for one in told)
        ended = sum(patch.status is not None and not patch.fields for patch in patches)
        return Corrected(change.id, len(told) + ended - proposed, proposed, 0, change.patches)

    def _waiting(self) -> dict[tuple[str, str, str], str]:
        return {
            (one.list, one.entity_id, one.name): str(one.get("new"))
            for one in self._store.proposals(("waiting",), author_id=self._person.id)
        }

    def _property(self, name: str) -> Property:
        found = next((prop for prop in self.properties() if prop.name == name), None)
        if found is None:
            prop = self._schema.property(_LIST, name)
            raise NOT_WRITABLE_FACT(field=prop.zh if prop else name, field_en=prop.en if prop else name)
        return found

    def _fact(
        self, list_name: str, name: str, before: Value, after: Value, entity: Entity | None
    ) -> CorrectedFact:
        prop = self._schema.property(list_name, name)
        stands = entity is not None and _same(entity.get(name), after)
        if prop is None:
            return CorrectedFact(name, name, typed(before), typed(after), stands)
        was, now = display(prop, before, self._schema), display(prop, after, self._schema)
        return CorrectedFact(prop.zh, prop.en, was, now, stands)


def _made_by(patch: EntityPatch, entity: Entity) -> bool:
    """Tell whether a correction made the record, and nobody has added anything to it since."""
    made = patch.fields.get("household_id")
    if made is None or made.old is not None or patch.list in _LASTING or entity.status != "active":
        return False
    return all(
        name in patch.fields and _same(value, patch.fields[name].new)
        for name, value in entity.values().items()
        if value is not None
    )


def _same(one: Value, other: Value) -> bool:
    """Nothing, an empty text and an empty list are the same; no and zero are answers."""
    first, second = (None if each in ("", []) else each for each in (one, other))
    return first == second and isinstance(first, bool) == isinstance(second, bool)
