"""Short words for the columns of the revisions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

__all__ = ["amount", "blob", "json", "number", "text"]


def text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[Any]:
    """A text; ISO dates and times are texts too."""
    return sa.Column(name, sa.Text(), nullable=null, server_default=default)


def number(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=null, server_default=default)


def amount(name: str, *, null: bool = True) -> sa.Column[Any]:
    """A 64-bit number: versions, and money in fen."""
    return sa.Column(name, sa.BigInteger(), nullable=null)


def json(name: str) -> sa.Column[Any]:
    """A JSON value."""
    return sa.Column(name, sa.JSON(), nullable=False)


def blob(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Bytes."""
    return sa.Column(name, sa.LargeBinary(), nullable=null)
