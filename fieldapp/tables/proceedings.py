"""Tables of what is done for a household and decided about it."""

from __future__ import annotations

from sqlalchemy import Index

from fieldapp.tables.record import RegisterRow

__all__ = [
    "DeliveryRow",
    "ExitRow",
    "FormEntryRow",
    "HandoverRow",
    "InspectionRow",
    "PassRow",
    "PlanRow",
    "ProposalRow",
    "ReviewRow",
    "SurveyRow",
    "TaskRow",
]


class PlanRow(RegisterRow, table=True):
    __tablename__ = "plans"
    __table_args__ = (Index("plans_household", "county_code", "household_id"),)

    household_id: str
    year: int
    title: str = ""
    state: str | None = None


class HandoverRow(RegisterRow, table=True):
    __tablename__ = "handovers"
    __table_args__ = (Index("handovers_household", "county_code", "household_id"),)

    household_id: str
    handed_on: str | None = None
    from_id: str = ""
    to_id: str = ""
    to_name: str = ""


class DeliveryRow(RegisterRow, table=True):
    __tablename__ = "deliveries"
    __table_args__ = (Index("deliveries_household", "county_code", "household_id"),)

    household_id: str
    paper: str = ""
    delivered_on: str | None = None


class InspectionRow(RegisterRow, table=True):
    __tablename__ = "inspections"
    __table_args__ = (Index("inspections_household", "county_code", "household_id"),)

    household_id: str
    campaign: str = ""
    round: int | None = None
    inspected_on: str | None = None
    conclusion: str | None = None


class ReviewRow(RegisterRow, table=True):
    __tablename__ = "reviews"
    __table_args__ = (Index("reviews_household", "county_code", "household_id"),)

    household_id: str
    subject: str = ""
    meeting_on: str | None = None
    conclusion: str | None = None


class ExitRow(RegisterRow, table=True):
    __tablename__ = "exits"
    __table_args__ = (Index("exits_household", "county_code", "household_id"),)

    household_id: str
    conclusion: str = ""
    checked_on: str | None = None


class SurveyRow(RegisterRow, table=True):
    __tablename__ = "surveys"
    __table_args__ = (Index("surveys_household", "county_code", "household_id"),)

    household_id: str
    title: str = ""
    answered_on: str | None = None


class FormEntryRow(RegisterRow, table=True):
    __tablename__ = "entries"
    __table_args__ = (Index("entries_household", "county_code", "household_id"),)

    household_id: str
    form_id: str
    title: str = ""
    filled_on: str
    entered_at: str = ""
    source: str = "onsite"
    author_id: str = ""
    author_name: str = ""


class TaskRow(RegisterRow, table=True):
    __tablename__ = "tasks"
    __table_args__ = (
        Index("tasks_household", "county_code", "household_id"),
        Index("tasks_state", "county_code", "state", "due_on"),
    )

    household_id: str
    title: str = ""
    kind: str | None = None
    due_on: str | None = None
    state: str = "open"
    campaign: str = ""


class PassRow(RegisterRow, table=True):
    __tablename__ = "passes"
    __table_args__ = (Index("passes_household", "county_code", "household_id"),)

    household_id: str
    rule_id: str
    key: str
    reason: str = ""
    passed_on: str | None = None


class ProposalRow(RegisterRow, table=True):
    __tablename__ = "proposals"
    __table_args__ = (
        Index("proposals_household", "county_code", "household_id"),
        Index("proposals_state", "county_code", "state"),
    )

    household_id: str
    list: str
    entity_id: str
    name: str
    state: str = "waiting"
    visit_id: str = ""
    author_id: str = ""
