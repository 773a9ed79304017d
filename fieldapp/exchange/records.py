"""What a workbook says, keyed as the national system keys it: 户编号 for households, 人口编号 for persons.

A record holds facts by property name of ``resources/register.toml``, as stored values (:mod:`fieldapp.register.values`).
A name that is missing was not said by the workbook (no such column, or an empty cell) and leaves the register alone;
a name with ``None`` was said to be empty and clears it. Record ids and ``household_id`` are the county's business:
it assigns them from the natural keys, so that importing a book twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.exchange.findings import Finding
from fieldapp.register.entities import Area
from fieldapp.register.values import Value

__all__ = [
    "BookCounts",
    "BookReading",
    "Facts",
    "HouseholdRecord",
    "IncomeRecord",
    "LedgerReading",
    "MeasureRecord",
    "MemberFacts",
    "PairingRecord",
    "PersonRecord",
    "StaffRecord",
    "UnitReading",
    "UnitRecord",
    "VisitRecord",
]

Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A member. Natural key: ``person_no`` (人口编号). ``facts`` includes ``person_no``, ``name``, ``line_no``."""

    person_no: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """Some facts of a member in a book that does not list the members: he or she must be known to the register.

    Found by ``person_no`` (人口编号), else by ``id_number`` (证件号码); ``name`` is only to be told.
    """

    person_no: str
    id_number: str
    name: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class IncomeRecord:
    """A household's income of one year. Natural key: household and ``year``; ``facts`` includes ``year``."""

    year: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class MeasureRecord:
    """A measure. Natural key: household, ``group`` (code), ``item`` and ``started`` (month or empty).

    ``person_no`` names the member it is for, empty for the whole household; ``facts`` has ``group``, ``item`` …
    """

    group: str
    item: str
    started: str
    person_no: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class PairingRecord:
    """A pairing with a helper. Natural key: household, ``staff_key`` and ``started`` (date or empty).

    ``facts`` has ``staff_name``, ``unit_name``, ``staff_phone``, ``started``, ``ended``; the county adds ``staff_id``.
    """

    staff_key: str
    started: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """A cadre as the books name him or her. Natural key: ``key`` = name and phone (unit where there is no phone).

    ``role``: helper | clerk | town | county; ``area_code`` is the scope: 12 digits a village, 9 a town, 6 the county.
    """

    key: str
    name: str
    role: str
    area_code: str
    unit_name: str
    phone: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdRecord:
    """A household with everything the book says of it. Natural key: ``house_no`` (户编号).

    ``persons`` are in the order of the book, the head first. A book that brings only sheets of household facts
    (no persons) gives records without persons; the household must then be known to the register, and what its sheets
    say of members stands in ``members``.
    """

    house_no: str
    facts: Facts
    persons: tuple[PersonRecord, ...] = ()
    incomes: tuple[IncomeRecord, ...] = ()
    measures: tuple[MeasureRecord, ...] = ()
    pairings: tuple[PairingRecord, ...] = ()
    members: tuple[MemberFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A visit of the ledger (走访台账). Natural key: household, ``visit_date``, ``mode``, ``visitor_key``.

    ``visitor_key`` is the :attr:`StaffRecord.key` of the visitor, where the ledger gives phone or unit. ``facts`` are those of the list ``visits`` without ``household_id`` and ``visitor_id``; ``source`` is
    ``imported`` unless the ledger has a column for it.
    """

    house_no: str
    visit_date: str
    mode: str
    visitor_key: str
    facts: Facts


@dataclass(slots=True)
class BookCounts:
    """How many rows went which way; ``refused`` rows are those with an error, told one by one in the findings."""

    sheets: int = 0
    rows: int = 0
    taken: int = 0
    refused: int = 0
    totals: int = 0
    hidden: int = 0
    households: int = 0
    persons: int = 0
    listed_households: int = 0
    listed_persons: int = 0


@dataclass(frozen=True, slots=True)
class BookReading:
    """A register workbook as read: what can be imported, and what is to be told about the rest."""

    name: str
    households: list[HouseholdRecord]
    areas: list[Area]
    staff: list[StaffRecord]
    findings: list[Finding]
    counts: BookCounts = field(default_factory=BookCounts)


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """A visit ledger as read."""

    name: str
    visits: list[VisitRecord]
    findings: list[Finding]
    counts: BookCounts = field(default_factory=BookCounts)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit, named as the books of cadres name it. ``kind``: helping (帮扶单位) | leading (行业部门); empty
    where the book does not say.
    """

    name: str
    kind: str = ""
    contact_name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class UnitReading:
    """A list of units as read."""

    name: str
    units: list[UnitRecord]
    findings: list[Finding]
    counts: BookCounts = field(default_factory=BookCounts)
