"""The difference list 差异清单: what an export of the national system says against what the register says, fact by fact.

Households meet by 户编号, members by 人口编号 or the first 18 characters of 证件号码, incomes by year, measures by group and
item. The reader has turned labels into codes already; what is left to even out are decimals, the precision of dates and
the ways of saying nothing. A fact that the export does not speak of is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

from fieldapp.exchange.records import HouseholdRecord, MemberFacts
from fieldapp.register.entities import Entity, Household, IncomeYear, Measure, Person
from fieldapp.register.identity import person_key
from fieldapp.register.values import Value

__all__ = ["Comparison", "Difference", "LocalHousehold", "compare", "same_value"]

#: Facts that follow from others, or are the order of a sheet.
_DERIVED = frozenset(
    {"line_no", "member_count", "head_name", "area_code", "household_id", "house_no", "staff_id"}
)
#: Whether a member is there at all.
PRESENCE = "status"

FactKey = tuple[str, str, str]
DifferenceKind = Literal["differs", "only_local", "only_national"]


@dataclass(frozen=True, slots=True)
class LocalHousehold:
    """A household of the register with what an export speaks of; ``left`` are former members."""

    household: Household
    persons: Sequence[Person] = ()
    left: Sequence[Person] = ()
    incomes: Sequence[IncomeYear] = ()
    measures: Sequence[Measure] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not the same. A member whom only one side has is one difference, of the fact ``status``."""

    list: str
    entity_id: str
    name: str
    household_id: str
    house_no: str
    head_name: str
    subject: str
    local: Value
    national: Value
    kind: DifferenceKind


@dataclass
class Comparison:
    """What came of comparing: the differences, every fact that both sides said the same, and who was not met."""

    differences: list[Difference] = field(default_factory=list)
    same: set[FactKey] = field(default_factory=set)
    households: int = 0
    unknown_households: list[str] = field(default_factory=list)


def compare(households: Iterable[HouseholdRecord], here: Mapping[str, LocalHousehold]) -> Comparison:
    """Compare an export's households with those of the register, which are given by 户编号."""
    result = Comparison()
    for record in households:
        local = here.get(record.house_no)
        if local is None:
            result.unknown_households.append(record.house_no)
            continue
        result.households += 1
        _Household(local, result).compare(record)
    return result


def same_value(local: Value, national: Value) -> bool:
    """Tell whether two values mean the same: nothing is nothing, 3.50 is 3.5, a day lies in its month."""
    if _is_blank(local) or _is_blank(national):
        return _is_blank(local) and _is_blank(national)
    if isinstance(local, list) or isinstance(national, list):
        return sorted(_codes(local)) == sorted(_codes(national))
    if isinstance(local, bool) or isinstance(national, bool):
        return local is national
    one, other = str(local), str(national)
    return one == other or _same_number(one, other) or _same_date(one, other)


def _is_blank(value: Value) -> bool:
    return value is None or value == "" or value == []


def _codes(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _same_number(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def _same_date(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == len("2026-01") and short[4:5] == "-" and long.startswith(f"{short}-")


class _Household:
    """One household being compared."""

    def __init__(self, local: LocalHousehold, result: Comparison) -> None:
        self._local = local
        self._result = result

    def compare(self, record: HouseholdRecord) -> None:
        home = self._local.household
        self._facts(home, "", record.facts)
        if record.persons:
            self._members(record)
        self._some_facts(record.members)
        years = {income.year: income for income in self._local.incomes}
        for income in record.incomes:
            if income.year in years:
                self._facts(years[income.year], f"{income.year}年度", income.facts)
        measures = {(m.group, m.item): m for m in self._local.measures}
        for measure in record.measures:
            there = measures.get((measure.group, measure.item))
            if there is not None:
                self._facts(there, measure.item, measure.facts)

    def _members(self, record: HouseholdRecord) -> None:
        by_number = {p.person_no: p for p in self._local.persons if p.person_no}
        by_key = {person_key(p.id_number): p for p in self._local.persons if p.id_number}
        met: set[str] = set()
        for person in record.persons:
            document = str(person.facts.get("id_number") or "")
            local = by_number.get(person.person_no) or (
                by_key.get(person_key(document)) if document else None
            )
            name = str(person.facts.get("name") or "")
            if local is None:
                left = self._former(person.person_no, document)
                self._tell(left.id if left else "", "persons", PRESENCE, name, None, name, "only_national")
                continue
            met.add(local.id)
            self._result.same.add(("persons", local.id, PRESENCE))
            self._facts(local, local.name, person.facts)
        for local in self._local.persons:
            if local.id not in met:
                self._tell(local.id, "persons", PRESENCE, local.name, local.name, None, "only_local")
        for left in self._local.left:
            if not any(p.person_no == left.person_no and left.person_no for p in record.persons):
                self._result.same.add(("persons", left.id, PRESENCE))

    def _some_facts(self, members: Iterable[MemberFacts]) -> None:
        """Compare what an export without the members' own rows says of some of them."""
        for told in members:
            key = person_key(told.id_number) if told.id_number else ""
            local = next(
                (
                    p
                    for p in self._local.persons
                    if (told.person_no and p.person_no == told.person_no)
                    or (key and p.id_number and person_key(p.id_number) == key)
                ),
                None,
            )
            if local is not None:
                self._facts(local, local.name, told.facts)
                continue
            left = self._former(told.person_no, told.id_number)
            entity = left.id if left else ""
            self._tell(entity, "persons", PRESENCE, told.name, None, told.name, "only_national")

    def _former(self, number: str, document: str) -> Person | None:
        return next(
            (
                p
                for p in self._local.left
                if (number and p.person_no == number)
                or (document and p.id_number and person_key(p.id_number) == person_key(document))
            ),
            None,
        )

    def _facts(self, local: Entity, subject: str, told: Mapping[str, Value]) -> None:
        for name, national in _compared(told):
            mine = local.get(name)
            if same_value(mine, national):
                self._result.same.add((local.LIST, local.id, name))
                continue
            kind: DifferenceKind = (
                "only_national" if _is_blank(mine) else "only_local" if _is_blank(national) else "differs"
            )
            self._tell(local.id, local.LIST, name, subject, mine, national, kind)

    def _tell(
        self,
        entity_id: str,
        list_name: str,
        name: str,
        subject: str,
        local: Value,
        national: Value,
        kind: DifferenceKind,
    ) -> None:
        home = self._local.household
        self._result.differences.append(
            Difference(
                list_name,
                entity_id,
                name,
                home.id,
                home.house_no,
                home.head_name,
                subject,
                local,
                national,
                kind,
            )
        )


def _compared(told: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    return ((name, value) for name, value in told.items() if name not in _DERIVED)
