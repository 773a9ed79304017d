"""One household: everything the laptop knows of it, each fact with since when and from which visit; corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fieldapp.register.entities import Household, IncomeYear, Issue, Lead, Measure, Pairing, Person, Visit
from fieldapp.register.plan import Due
from fieldapp.register.values import Refusal, Value, convert
from fieldapp.services.errors import NOT_WRITABLE_FACT, REFUSED_VALUE

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store

__all__ = ["FactLine", "FactOrigin", "HouseholdFile", "Households", "Ladder", "VisitLine"]

Ladder = Literal["saved", "sealed", "received", "returned"]


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
    """The household page's content. Members by line number, incomes and visits newest first."""

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
    village_name: str
    town_name: str
    facts: Mapping[tuple[str, str, str], FactOrigin]


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
            village_name=records.village_name,
            town_name=records.town_name,
            facts={
                key: FactOrigin(o.since, o.visit_id, o.author_name, o.value_before)
                for key, o in records.facts.items()
            },
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
        """Correct a fact of a household or a member, with a reason; undoing is another correction.

        Raises REG-002 when the value does not fit, REG-003 when the county decides on it.
        """
        from fieldapp.register.change import Change, EntityPatch, FieldChange

        prop = self._schema.property(list_name, name)
        if prop is None or prop.write == "county":
            raise NOT_WRITABLE_FACT(field=prop.zh if prop else name)
        value = convert(prop, text, self._schema)
        if isinstance(value, Refusal):
            raise REFUSED_VALUE(field=prop.zh, reason=value.zh)
        household, members = self._store.household_with_members(household_id)
        entity = next(e for e in (household, *members) if e.id == entity_id)
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
