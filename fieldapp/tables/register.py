"""The register's tables. ``county_code`` stands first in every key, so that a distributed PostgreSQL takes them too.

Typed columns are exactly the properties with ``column = true`` in ``resources/register.toml`` (a test compares them);
everything else lives in the JSON column ``properties``. Amounts are integer fen (0.01 yuan) for exact sums; the
conversion to and from yuan text is in :mod:`fieldapp.tables.rows`.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from fieldapp.tables.living import AidRow, DwellingRow, IncomeItemRow, LoanRow, PostRow
from fieldapp.tables.proceedings import (
    DeliveryRow,
    ExitRow,
    FormEntryRow,
    HandoverRow,
    InspectionRow,
    PassRow,
    PlanRow,
    ProposalRow,
    ReviewRow,
    SurveyRow,
    TaskRow,
)
from fieldapp.tables.record import RegisterRow

__all__ = [
    "TABLES",
    "AreaRow",
    "HouseholdRow",
    "IncomeRow",
    "IssueRow",
    "LeadRow",
    "MeasureRow",
    "PairingRow",
    "PersonRow",
    "RegisterRow",
    "StaffRow",
    "UnitRow",
    "VisitRow",
]


class HouseholdRow(RegisterRow, table=True):
    __tablename__ = "households"
    __table_args__ = (
        Index("households_house_no", "county_code", "house_no"),
        Index("households_area", "county_code", "area_code", "group_name"),
    )

    house_no: str = ""
    area_code: str = ""
    group_name: str = ""
    door_no: str = ""
    head_name: str = ""
    phone: str = ""
    household_type: str = "ordinary"
    monitor_kind: str | None = None
    risk_cleared: bool | None = None
    member_count: int = 0


class PersonRow(RegisterRow, table=True):
    __tablename__ = "persons"
    __table_args__ = (
        Index("persons_household", "county_code", "household_id"),
        Index("persons_person_no", "county_code", "person_no"),
        Index("persons_id_number", "county_code", "id_number"),
    )

    household_id: str
    person_no: str = ""
    name: str = ""
    sex: str | None = None
    birth_date: str | None = None
    id_type: str | None = None
    id_number: str = ""
    relationship: str | None = None
    phone: str = ""
    line_no: int = 0


class IncomeRow(RegisterRow, table=True):
    __tablename__ = "incomes"
    __table_args__ = (Index("incomes_household", "county_code", "household_id", "year"),)

    household_id: str
    year: int
    wage: int | None = Field(default=None, sa_type=BigInteger)
    business: int | None = Field(default=None, sa_type=BigInteger)
    property: int | None = Field(default=None, sa_type=BigInteger)
    transfer: int | None = Field(default=None, sa_type=BigInteger)
    expense: int | None = Field(default=None, sa_type=BigInteger)
    net: int | None = Field(default=None, sa_type=BigInteger)
    per_capita: int | None = Field(default=None, sa_type=BigInteger)


class MeasureRow(RegisterRow, table=True):
    __tablename__ = "measures"
    __table_args__ = (Index("measures_household", "county_code", "household_id"),)

    household_id: str
    group: str | None = None
    item: str = ""
    started: str | None = None
    ended: str | None = None
    state: str | None = None


class IssueRow(RegisterRow, table=True):
    __tablename__ = "issues"
    __table_args__ = (
        Index("issues_household", "county_code", "household_id"),
        Index("issues_state", "county_code", "state", "deadline"),
    )

    household_id: str
    kind: str | None = None
    description: str = ""
    state: str = "open"
    found_on: str | None = None
    deadline: str | None = None


class LeadRow(RegisterRow, table=True):
    __tablename__ = "leads"
    __table_args__ = (Index("leads_household", "county_code", "household_id"),)

    household_id: str
    found_on: str | None = None
    source: str | None = None
    state: str = "open"
    situation: str = ""


class VisitRow(RegisterRow, table=True):
    __tablename__ = "visits"
    __table_args__ = (
        Index("visits_household", "county_code", "household_id", "visit_date"),
        Index("visits_date", "county_code", "visit_date"),
    )

    household_id: str
    visit_date: str
    entered_at: str = ""
    source: str = "onsite"
    mode: str = "door"
    outcome: str = "met"
    visitor_id: str = ""
    visitor_name: str = ""
    summary: str = ""


class PairingRow(RegisterRow, table=True):
    __tablename__ = "pairings"
    __table_args__ = (
        Index("pairings_household", "county_code", "household_id"),
        Index("pairings_staff", "county_code", "staff_id"),
    )

    household_id: str
    staff_id: str = ""
    staff_name: str = ""
    unit_name: str = ""
    started: str | None = None
    ended: str | None = None


class AreaRow(SQLModel, table=True):
    """A place of the area tree; ``code`` is the statistics code's prefix of its level."""

    __tablename__ = "areas"

    county_code: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    parent: str = ""
    name: str = ""
    level: str = ""
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""


class StaffRow(SQLModel, table=True):
    """A cadre, the role and the area in whose scope he or she works."""

    __tablename__ = "staff"

    county_code: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str = ""
    role: str = "helper"
    area_code: str = ""
    unit_name: str = ""
    phone: str = ""
    post: str = ""


class UnitRow(SQLModel, table=True):
    """A unit that helps villages or leads a kind of problem."""

    __tablename__ = "units"

    county_code: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str = ""
    kind: str = "helping"
    area_code: str = ""
    contact_name: str = ""
    phone: str = ""


#: The table of each list of the register.
TABLES: dict[str, type[RegisterRow]] = {
    "households": HouseholdRow,
    "persons": PersonRow,
    "incomes": IncomeRow,
    "measures": MeasureRow,
    "issues": IssueRow,
    "leads": LeadRow,
    "visits": VisitRow,
    "pairings": PairingRow,
    "dwellings": DwellingRow,
    "income_items": IncomeItemRow,
    "loans": LoanRow,
    "posts": PostRow,
    "aids": AidRow,
    "plans": PlanRow,
    "handovers": HandoverRow,
    "deliveries": DeliveryRow,
    "inspections": InspectionRow,
    "reviews": ReviewRow,
    "exits": ExitRow,
    "surveys": SurveyRow,
    "entries": FormEntryRow,
    "tasks": TaskRow,
    "passes": PassRow,
    "proposals": ProposalRow,
}
