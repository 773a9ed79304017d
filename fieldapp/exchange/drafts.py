"""Households while their book is being read: rows come in sheet by sheet, records go out at the end.

A row with an error is refused alone. The household is refused whole when it cannot stand without what was refused: no
head's row, two heads, a village nobody knows; so nothing is half-imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.areas import AreaBook
from fieldapp.exchange.lines import Line, LineReader
from fieldapp.exchange.records import (
    BookCounts,
    Facts,
    HouseholdRecord,
    IncomeRecord,
    MeasureRecord,
    MemberFacts,
    PairingRecord,
    PersonRecord,
)
from fieldapp.register.identity import person_key
from fieldapp.register.values import Value

__all__ = ["HouseholdDraft", "HouseholdDrafts", "PersonRow"]

_HEAD = "head"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of a persons sheet with the reader that can tell about it."""

    line: Line
    reader: LineReader

    @property
    def is_head(self) -> bool:
        return self.line.of("persons").get("relationship") == _HEAD


@dataclass(slots=True)
class HouseholdDraft:
    """A household as far as it is known. ``taken`` is settled once all persons are read."""

    house_no: str
    people: list[PersonRow] = field(default_factory=list)
    facts: dict[str, Value] = field(default_factory=dict)
    incomes: dict[int, IncomeRecord] = field(default_factory=dict)
    measures: dict[tuple[str, str, str], MeasureRecord] = field(default_factory=dict)
    pairings: dict[tuple[str, str], PairingRecord] = field(default_factory=dict)
    persons: tuple[PersonRecord, ...] = ()
    members: dict[str, MemberFacts] = field(default_factory=dict)
    taken: bool = False

    def record(self) -> HouseholdRecord:
        """Return what can be imported."""
        return HouseholdRecord(
            self.house_no,
            self.facts,
            self.persons,
            tuple(self.incomes.values()),
            tuple(self.measures.values()),
            tuple(self.pairings.values()),
            tuple(self.members.values()),
        )

    def person(self, person_no: str, id_number: str) -> PersonRecord | None:
        """Return the member of the book that a row of another sheet is about: by 人口编号, else by 证件号码."""
        key = person_key(id_number) if id_number else ""
        for person in self.persons:
            if person_no and person.person_no == person_no:
                return person
            if not person_no and key and person_key(str(person.facts.get("id_number") or "")) == key:
                return person
        return None

    def complete(self, person: PersonRecord, facts: Facts) -> None:
        """Add facts that another sheet says of a member; a value in the member's own row stays."""
        more = {name: value for name, value in facts.items() if person.facts.get(name) is None}
        whole = PersonRecord(person.person_no, {**person.facts, **more})
        self.persons = tuple(whole if one is person else one for one in self.persons)


class HouseholdDrafts:
    """The households of one book by 户编号, in the order met."""

    def __init__(self) -> None:
        self._by_number: dict[str, HouseholdDraft] = {}
        self.has_persons = False

    def __iter__(self) -> Iterator[HouseholdDraft]:
        return iter(self._by_number.values())

    def add_person(self, line: Line, reader: LineReader) -> None:
        """Take a row of a persons sheet, refused or not; one without 户编号 belongs to nobody."""
        self.has_persons = True
        house_no = line.text("households", "house_no")
        if house_no:
            draft = self._by_number.setdefault(house_no, HouseholdDraft(house_no))
            draft.people.append(PersonRow(line, reader))

    def of_line(self, line: Line, reader: LineReader) -> HouseholdDraft | None:
        """Return the household a row of another sheet is about. In a book with persons it must be among them."""
        house_no = line.text("households", "house_no")
        draft = self._by_number.get(house_no)
        if draft is None and not self.has_persons:
            draft = self._by_number[house_no] = HouseholdDraft(house_no, taken=True)
        if draft is None or not draft.taken:
            reader.tell(rows.UNKNOWN_HOUSEHOLD, "error", line, "households.house_no", house_no)
            return None
        return draft

    def settle(self, areas: AreaBook, counts: BookCounts) -> None:
        """Decide which households stand, after all rows of persons were read."""
        for draft in self._by_number.values():
            if not draft.taken:
                _settle(draft, areas)
            if not draft.taken:
                for person in draft.people:
                    person.line.refused = True
            counts.refused += sum(person.line.refused for person in draft.people)


def _settle(draft: HouseholdDraft, areas: AreaBook) -> None:
    head = _one_head(draft)
    if head is None:
        return
    town, village = head.line.text("area", "town"), head.line.text("area", "village")
    code = areas.village_code(town, village)
    if code is None:
        head.reader.tell(rows.UNKNOWN_VILLAGE, "error", head.line, "area.village", f"{town}{village}")
        return
    draft.taken = True
    good = [head, *(person for person in draft.people if person is not head and not person.line.refused)]
    draft.facts = _household_facts(head, good)
    draft.facts |= {"area_code": code, "head_name": head.line.text("persons", "name")}
    draft.persons = tuple(_person_record(row, number) for number, row in enumerate(good, 1))
    for group, item in head.line.items:
        draft.measures[group, item, ""] = MeasureRecord(group, item, "", "", {"group": group, "item": item})
    _check_count(head, len(good))
    draft.facts["member_count"] = len(good)


def _one_head(draft: HouseholdDraft) -> PersonRow | None:
    heads = [person for person in draft.people if person.is_head]
    if len(heads) > 1:
        told = "、".join(str(person.line.row) for person in heads)
        first, *others = heads
        first.reader.tell(
            rows.TWO_HEADS, "error", first.line, "persons.relationship", count=len(heads), rows=told
        )
        for other in others:
            other.reader.tell(rows.SECOND_HEAD, "error", other.line, "persons.relationship")
        return None
    if not heads or heads[0].line.refused:
        first = draft.people[0]
        first.reader.tell(rows.NO_HEAD, "error", first.line, "persons.relationship")
        return None
    return heads[0]


def _household_facts(head: PersonRow, people: list[PersonRow]) -> dict[str, Value]:
    """Return the household's facts: the head's row says them, other rows fill gaps and are told when they disagree."""
    facts = dict(head.line.of("households"))
    for person in people[1:]:
        told = person.line.of("households")
        if told == facts:
            continue
        for name, value in told.items():
            if facts.setdefault(name, value) != value:
                person.reader.tell(
                    rows.CONTRADICTS_ROWS,
                    "warning",
                    person.line,
                    f"households.{name}",
                    other_row=head.line.row,
                )
    return facts


def _person_record(row: PersonRow, number: int) -> PersonRecord:
    facts = row.line.of("persons")
    facts["line_no"] = number
    return PersonRecord(str(facts["person_no"]), facts)


def _check_count(head: PersonRow, found: int) -> None:
    told = head.line.text("line", "member_count")
    if told.isdigit() and int(told) != found:
        head.reader.tell(rows.MEMBER_COUNT, "warning", head.line, "line.member_count", told=told, found=found)
