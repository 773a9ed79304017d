"""One household: everything the laptop knows of it, each fact with since when and from which visit; corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Literal

from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.entities import (
    Entity,
    Household,
    IncomeYear,
    Issue,
    Lead,
    Measure,
    Pairing,
    Person,
    Visit,
)
from fieldapp.register.plan import Due
from fieldapp.register.roles import role_of
from fieldapp.register.values import Refusal, Value, convert
from fieldapp.register.verdict import Verdict, verdict_of
from fieldapp.services.errors import NO_SUCH_RECORD, NOT_WRITABLE_FACT, REFUSED_VALUE

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import Property, RegisterSchema
    from fieldapp.store import Store

__all__ = ["FactLine", "FactOrigin", "HouseholdFile", "Households", "Ladder", "VisitLine"]

Ladder = Literal["saved", "sealed", "received", "returned"]
#: What a record of the wire may hold (``PatchBody``); a longer one would be refused by the county.
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class FactOrigin:
    """Where a fact's present value is from: since when, from which visit (None: a correction or the county), by whom."""

    since: str
    visit_id: str | None
    author_name: str
    value_before: Value


@dataclass(frozen=True, slots=True)
class FactLine:
    """One value a fact has had."""

    value: Value
    before: Value
    since: str
    at: str
    kind: str
    visit_id: str | None
    author_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit on the time line: how far it has come (已保存 → 已封装 → 县里已收到), how many facts it changed."""

    visit: Visit
    ladder: Ladder
    receipt_at: str | None
    facts_changed: int


@dataclass(frozen=True, slots=True)
class HouseholdFile:
    """The household page's content. Members by line number, incomes and visits newest first; ``others`` holds the records
    of every further list (dwellings, plans, loans …) by list, ``readable`` the visits and forms that can be read as they were filled in.
    """

    household: Household
    members: tuple[Person, ...]
    former_members: tuple[Person, ...]
    incomes: tuple[IncomeYear, ...]
    measures: tuple[Measure, ...]
    issues: tuple[Issue, ...]
    leads: tuple[Lead, ...]
    pairings: tuple[Pairing, ...]
    visits: tuple[VisitLine, ...]
    due: Due
    verdict: Verdict
    village_name: str
    town_name: str
    facts: Mapping[tuple[str, str, str], FactOrigin]
    others: Mapping[str, tuple[Entity, ...]] = field(default_factory=dict)
    readable: frozenset[str] = frozenset()


class Households:
    """Looking at households and correcting what is wrong."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._schema = schema

    def file(self, household_id: str) -> HouseholdFile:
        """Return everything of a household. Raises STORE-003 when it is not on this laptop."""
        records = self._store.household_file(household_id)
        return HouseholdFile(
            household=records.household,
            members=records.members,
            former_members=records.former_members,
            incomes=records.incomes,
            measures=records.measures,
            issues=records.issues,
            leads=records.leads,
            pairings=records.pairings,
            visits=tuple(VisitLine(v.visit, v.ladder, v.receipt_at, v.facts_changed) for v in records.visits),
            due=records.due,
            verdict=verdict_of(records.household, records.incomes, self._store.policies()),
            village_name=records.village_name,
            town_name=records.town_name,
            facts={
                key: FactOrigin(o.since, o.visit_id, o.author_name, o.value_before)
                for key, o in records.facts.items()
            },
            others=records.others,
            readable=records.readable,
        )

    def history(self, list_name: str, entity_id: str, name: str) -> list[FactLine]:
        """Return the values a fact has had, newest first."""
        return [
            FactLine(f.value, f.before, f.since, f.at, f.kind, f.visit_id, f.author_name, f.reason)
            for f in self._store.fact_history(list_name, entity_id, name)
        ]

    def correct(
        self, household_id: str, list_name: str, entity_id: str, name: str, text: str, reason: str
    ) -> None:
        """Correct a fact of a household or of one of its records, with a reason; undoing is another correction.

        Raises REG-001 when the record is not there, REG-002 when value or reason does not fit, REG-003 when it is not
        this person's to correct.
        """
        prop = self._correctable(list_name, name)
        value = self._value(prop, text, names_record=name == self._schema.lists[list_name].label)
        if len(reason) > _LONGEST_REASON:
            why = f"原因太长，最多 {_LONGEST_REASON} 字"
            raise REFUSED_VALUE(
                field=prop.zh, field_en=prop.en, reason=why, reason_en="the reason is too long"
            )
        entity = self._entity(household_id, list_name, entity_id)
        patch = EntityPatch(
            list_name, entity_id, household_id, entity.version, {name: FieldChange(entity.get(name), value)}
        )
        change = Change(
            id=self._ids.new(),
            at=self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            author=self._person.id,
            author_name=self._person.name,
            kind="correction",
            patches=(patch,),
            reason=reason,
        )
        self._store.apply(change)

    def _correctable(self, list_name: str, name: str) -> Property:
        """Return the property when this person may correct it; the county holds back what a helper may not write."""
        prop = self._schema.property(list_name, name)
        if prop is None or prop.write == "county" or name == "household_id":
            raise NOT_WRITABLE_FACT(field=prop.zh if prop else name, field_en=prop.en if prop else name)
        # Asked each time: before the first sync the laptop does not know the role.
        known = self._store.staff(self._person.id) or self._person
        if prop.write == "clerk" and not role_of(known.role).corrects:
            raise NOT_WRITABLE_FACT(field=prop.zh, field_en=prop.en)
        return prop

    def _value(self, prop: Property, text: str, *, names_record: bool) -> Value:
        value = convert(prop, text, self._schema)
        if value is None and names_record:
            value = Refusal("不能为空", "it must not be empty")
        elif prop.column and prop.type == "decimal" and isinstance(value, str) and Decimal(value) * 100 % 1:
            value = Refusal("金额最多写到分（两位小数）", "an amount has at most two decimals")
        if isinstance(value, Refusal):
            raise REFUSED_VALUE(field=prop.zh, field_en=prop.en, reason=value.zh, reason_en=value.en)
        return value

    def _entity(self, household_id: str, list_name: str, entity_id: str) -> Entity:
        records = self._store.household_file(household_id)
        entities: Iterable[Entity] = chain(
            (records.household,),
            records.members,
            records.former_members,
            records.incomes,
            records.measures,
            records.issues,
            records.leads,
            *records.others.values(),
        )
        found = next((e for e in entities if (e.LIST, e.id) == (list_name, entity_id)), None)
        if found is None:
            raise NO_SUCH_RECORD()
        return found
