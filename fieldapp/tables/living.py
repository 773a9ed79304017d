"""Tables of what a household lives in and on."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from fieldapp.tables.record import RegisterRow

__all__ = ["AidRow", "DwellingRow", "IncomeItemRow", "LoanRow", "PostRow"]


class DwellingRow(RegisterRow, table=True):
    __tablename__ = "dwellings"
    __table_args__ = (Index("dwellings_household", "county_code", "household_id"),)

    household_id: str
    name: str = ""
    usage: str | None = None
    grade: str | None = None


class IncomeItemRow(RegisterRow, table=True):
    __tablename__ = "income_items"
    __table_args__ = (Index("income_items_household", "county_code", "household_id"),)

    household_id: str
    year: int
    period: str | None = None
    kind: str | None = None
    item: str = ""
    amount: int | None = Field(default=None, sa_type=BigInteger)
    person_id: str = ""


class LoanRow(RegisterRow, table=True):
    __tablename__ = "loans"
    __table_args__ = (Index("loans_household", "county_code", "household_id"),)

    household_id: str
    purpose: str = ""
    amount: int | None = Field(default=None, sa_type=BigInteger)
    granted_on: str | None = None
    due_on: str | None = None
    state: str | None = None
    person_id: str = ""


class PostRow(RegisterRow, table=True):
    __tablename__ = "posts"
    __table_args__ = (Index("posts_household", "county_code", "household_id"),)

    household_id: str
    post: str = ""
    person_id: str = ""
    started: str | None = None
    ended: str | None = None


class AidRow(RegisterRow, table=True):
    __tablename__ = "aids"
    __table_args__ = (Index("aids_household", "county_code", "household_id"),)

    household_id: str
    item: str = ""
    kind: str | None = None
    received_on: str | None = None
    amount: int | None = Field(default=None, sa_type=BigInteger)
