"""A fact's history and the three-way merge state: who wrote which value when, from which visit, at which version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel

__all__ = ["FactRow", "FieldStateRow"]


class FactRow(SQLModel, table=True):
    """One value a fact has had and the value ``before`` it. Append-only; the last row of a field is its present value."""

    __tablename__ = "facts"
    __table_args__ = (Index("facts_entity", "county_code", "list", "entity_id", "name"),)

    county_code: str = Field(primary_key=True)
    change_id: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    entity_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    household_id: str = Field(index=True)
    value: Any = Field(default=None, sa_type=JSON)
    before: Any = Field(default=None, sa_type=JSON)
    since: str = ""
    visit_id: str | None = None
    author: str = ""
    author_name: str = ""
    version: int = Field(default=1, sa_type=BigInteger)
    writer: str = ""
    reason: str = ""


class FieldStateRow(SQLModel, table=True):
    """At which record version a field was last written and by which device: what the merge by field needs.

    A field without a row has the record's first version and no writer.
    """

    __tablename__ = "field_states"

    county_code: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    entity_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    version: int = Field(default=1, sa_type=BigInteger)
    writer: str = ""
