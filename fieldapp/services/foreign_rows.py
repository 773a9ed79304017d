"""Rows of an office's sheet against the register: whom each is about, what it would change, and why it changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from fieldapp.exchange.cells import Unreadable
from fieldapp.exchange.foreign import ForeignRow
from fieldapp.exchange.foreign.guessing import HOUSE_NO, ID_NUMBER, NAME, PERSON_NO
from fieldapp.register.change import EntityPatch
from fieldapp.register.checks.duplicates import normalised_name
from fieldapp.register.entities import Entity, Household, IncomeItem, IncomeYear, Person
from fieldapp.register.payments import Payment
from fieldapp.register.values import Value, display

if TYPE_CHECKING:
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store

__all__ = [
    "LineState",
    "PersonPayment",
    "Register",
    "SheetLine",
    "compare_list",
    "number_of",
    "payee_of",
    "unreadable",
]

LineState = Literal[
    "new",
    "changed",
    "same",
    "other_list",
    "name_differs",
    "not_found",
    "several",
    "keys_differ",
    "unlikely",
    "twice",
    "unreadable",
    "only_ours",
]
_ID_PART = 18


@dataclass(frozen=True, slots=True)
class PersonPayment:
    """What accepting a line of a payment list adds to the person's item of the year."""

    person_id: str
    household_id: str
    payment: Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of the result. ``row`` is the sheet's, 0 for what only the register has, ``rows`` all it takes together;
    accepting writes ``patch`` or takes ``payment``.
    """

    row: int
    rows: tuple[int, ...] = ()
    state: LineState
    who: str
    household_id: str = ""
    head_name: str = ""
    place: str = ""
    what_zh: str = ""
    what_en: str = ""
    before: str = ""
    after: str = ""
    why_zh: str = ""
    why_en: str = ""
    patch: EntityPatch | None = None
    payment: PersonPayment | None = None

    @property
    def acceptable(self) -> bool:
        return self.patch is not None or self.payment is not None

    @property
    def rows_text(self) -> str:
        """The rows of the sheet, “3、17”."""
        return "、".join(str(row) for row in self.rows or (self.row,) if row)


@dataclass(frozen=True)
class Register:
    """What the rows are held against: persons by certificate and by 人口编号, households by number, their records and names."""

    schema: RegisterSchema
    persons: Mapping[str, tuple[str, ...]]
    numbered: Mapping[str, str]
    homes: Mapping[str, str]
    records: Mapping[tuple[str, str], Entity]
    incomes: Mapping[tuple[str, int], IncomeYear]
    names: Mapping[str, tuple[str, str, str]]

    @classmethod
    def of(cls, store: Store, schema: RegisterSchema, rows: Sequence[ForeignRow]) -> Register:
        """Return what is needed for these rows."""
        persons: dict[str, tuple[str, ...]] = {}
        household_of: dict[str, str] = {}
        for each in store.person_rows():
            household_of[each.person_id] = each.household_id
            if number := each.id_number[:_ID_PART]:
                persons[number] = (*persons.get(number, ()), each.person_id)
        numbered: dict[str, str] = {}
        if any(PERSON_NO in row.values for row in rows):
            for number, (id, home_id) in store.person_numbers().items():
                numbered[number], household_of[id] = id, home_id
        homes: dict[str, str] = {}
        if any(HOUSE_NO in row.values for row in rows):
            homes = {
                home.house_no: home.id
                for home in store.all_records(Household.LIST)
                if isinstance(home, Household) and home.status == "active" and home.house_no
            }
        wanted: set[tuple[str, str]] = set()
        for row in rows:
            for id in (*persons.get(number_of(row), ()), *_numbered(numbered, row)):
                wanted |= {(Person.LIST, id), (Household.LIST, household_of[id])}
            if home := homes.get(str(row.values.get(HOUSE_NO) or "")):
                wanted.add((Household.LIST, home))
        records = store.records(sorted(wanted))
        families = {id for name, id in wanted if name == Household.LIST}
        names = store.household_names(sorted(families))
        incomes: dict[tuple[str, int], IncomeYear] = {}
        if any(
            target.startswith("incomes.") for row in rows[:1] for target in (*row.values, *row.unreadable)
        ):
            for income in store.all_records(IncomeYear.LIST):
                if (
                    isinstance(income, IncomeYear)
                    and income.status == "active"
                    and income.household_id in families
                ):
                    incomes[income.household_id, income.year] = income
        items = {(IncomeItem.LIST, item.id): item for item in store.all_records(IncomeItem.LIST)}
        return cls(schema, persons, numbered, homes, {**records, **items}, incomes, names)

    def about(self, row: ForeignRow) -> tuple[Person | None, Household | None, SheetLine]:
        """Return whom a row is about, and a line that says so or why nobody is."""
        shown = str(row.values.get(NAME) or row.raw.get(NAME) or _masked(number_of(row)) or payee_of(row))
        line = SheetLine(row=row.number, state="not_found", who=shown)
        for target in (ID_NUMBER, PERSON_NO, HOUSE_NO):
            if isinstance(wrong := row.unreadable.get(target), Unreadable):
                return None, None, unreadable(line, target, wrong, self.schema)
        ids = self.persons.get(number_of(row), ())
        if len(ids) > 1:
            why = f"登记册里有 {len(ids)} 人用这个号码"
            return (
                None,
                None,
                replace(line, state="several", why_zh=why, why_en=f"{len(ids)} persons have it"),
            )
        told_no = _numbered(self.numbered, row)
        if ids and told_no and ids != told_no:
            why = "身份证号和人口编号在登记册里是两个人"
            both = "the two numbers are of two persons in the register"
            return None, None, replace(line, state="keys_differ", why_zh=why, why_en=both)
        ids = ids or told_no
        person = self.records.get((Person.LIST, ids[0])) if ids else None
        home_id = person.household_id if isinstance(person, Person) else self._home(row)
        home = self.records.get((Household.LIST, home_id))
        if not isinstance(home, Household):
            why = "名下没有这个号码的人或户"
            return None, None, replace(line, why_zh=why, why_en="nobody with this number here")
        head, village, group = self.names.get(home.id, ("", "", ""))
        line = replace(
            line, household_id=home.id, head_name=head, place=f"{village} {group}".strip(), state="same"
        )
        if not isinstance(person, Person):
            return None, home, replace(line, who=shown or head)
        told = str(row.values.get(NAME) or "")
        if told and normalised_name(told) != normalised_name(person.name):
            why = f"号码对上了，姓名不同：册里是{person.name}"
            differs = f"the number fits, the name does not: {person.name}"
            line = replace(line, state="name_differs", why_zh=why, why_en=differs)
        return person, home, replace(line, who=person.name)

    def _home(self, row: ForeignRow) -> str:
        return self.homes.get(str(row.values.get(HOUSE_NO) or ""), "")


def compare_list(
    rows: Sequence[ForeignRow], register: Register, flag: str, everyone: Iterable[Entity]
) -> list[SheetLine]:
    """Return who is on the office's list and not marked in the register, who is marked and not on it, and who is nobody here; where
    the list also says a value (a grade, a kind), who has another one in the register.

    Nothing is written: the flag is decided elsewhere, or at the door (requirements A078, A079).
    """
    schema = register.schema
    list_name, _, name = flag.partition(".")
    prop = schema.property(list_name, name)
    assert prop is not None  # asked before
    on_list: set[str] = set()
    lines = []
    for row in rows:
        person, home, line = register.about(row)
        entity: Entity | None = person if list_name == Person.LIST else home
        line = replace(line, what_zh=prop.zh, what_en=prop.en)
        if entity is None:
            lines.append(line)
            continue
        on_list.add(entity.id)
        ours = entity.get(name)
        if not _is_marked(ours):
            why = "名单上有，登记册里没有"
            told = replace(line, state="new", before=display(prop, ours, schema), after="在名单上")
            lines.append(replace(told, why_zh=why, why_en="on the list, not in the register"))
        elif flag in row.unreadable:
            lines.append(unreadable(line, flag, row.unreadable[flag], schema))
        elif (said := row.values.get(flag)) is not None and not _agrees(said, ours):
            why, differs = "名单上和登记册里不一样", "the list says another value"
            told = replace(line, before=display(prop, ours, schema), after=display(prop, said, schema))
            lines.append(replace(told, state="changed", why_zh=why, why_en=differs))
        elif line.state == "name_differs":
            lines.append(line)
    for entity in everyone:
        if entity.status == "active" and _is_marked(entity.get(name)) and entity.id not in on_list:
            lines.append(_only_ours(entity, prop.zh, prop.en, display(prop, entity.get(name), schema)))
    return lines


def _only_ours(entity: Entity, zh: str, en: str, value: str) -> SheetLine:
    home = str(entity.get("household_id") or entity.id)
    who = str(entity.get("name") or entity.get("head_name") or "")
    return SheetLine(
        row=0,
        state="only_ours",
        who=who,
        household_id=home,
        what_zh=zh,
        what_en=en,
        before=value,
        after="不在名单上",
        why_zh="登记册里有，名单上没有",
        why_en="in the register, not on the list",
    )


def _agrees(said: Value, ours: Value) -> bool:
    """Tell whether a value of the list is what the register has; of several codes the list may name some."""
    if isinstance(said, list) and isinstance(ours, list):
        return set(said) <= set(ours)
    return said == ours


def _is_marked(value: Value) -> bool:
    return value not in (None, "", [], False, "none")


def _numbered(numbered: Mapping[str, str], row: ForeignRow) -> tuple[str, ...]:
    id = numbered.get(str(row.values.get(PERSON_NO) or ""))
    return (id,) if id is not None else ()


def payee_of(row: ForeignRow) -> str:
    """Return what a row is known by in its own list: the certificate, else the number of the person or the household."""
    told = (row.values.get(key) for key in (PERSON_NO, HOUSE_NO))
    return number_of(row) or next((str(value) for value in told if value), "")


def number_of(row: ForeignRow) -> str:
    """Return the first 18 characters of the certificate a row is about."""
    return str(row.values.get(ID_NUMBER) or "")[:_ID_PART]


def _masked(number: str) -> str:
    from fieldapp.register.identity import mask_id_number

    return mask_id_number(number)


def unreadable(line: SheetLine, target: str, wrong: Unreadable, schema: RegisterSchema) -> SheetLine:
    """Return a line that says why a cell has no value."""
    from fieldapp.exchange.foreign import target_label

    zh, en = target_label(target, schema)
    details: dict[str, object] = {"column": zh, "sheet": "", "other_row": "", "value": "", **wrong.details}
    told = wrong.spec(**details)
    why = told.zh.split("。")[0].split("；")[0], told.en.split(";")[0]
    return replace(line, state="unreadable", what_zh=zh, what_en=en, why_zh=why[0], why_en=why[1])
