"""What every table of the register has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field, SQLModel

__all__ = ["RegisterRow"]


class RegisterRow(SQLModel):
    """What every table of the register has: county, UUID, status, record version, JSON properties."""

    county_code: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    status: str = Field(default="active")
    version: int = Field(default=1, sa_type=BigInteger)
    properties: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
