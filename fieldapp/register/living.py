"""What a household lives in and on: dwellings, items of income, loans, posts, aid received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fieldapp.register.entity import Entity

__all__ = ["Aid", "Dwelling", "IncomeItem", "Loan", "Post"]


@dataclass(frozen=True, kw_only=True)
class Dwelling(Entity):
    """A house of the household, with what its assessment (房屋危险性鉴定) says. A044, A102–A105."""

    LIST: ClassVar[str] = "dwellings"

    household_id: str
    name: str = ""
    usage: str | None = None
    grade: str | None = None


@dataclass(frozen=True, kw_only=True)
class IncomeItem(Entity):
    """One item of a period's account (收入核算): a class, an amount, whose and from where. A099–A101."""

    LIST: ClassVar[str] = "income_items"

    household_id: str
    year: int
    period: str | None = None
    kind: str | None = None
    item: str = ""
    amount: str | None = None
    person_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Loan(Entity):
    """A small loan (小额信贷) with its due date. A054, A111."""

    LIST: ClassVar[str] = "loans"

    household_id: str
    purpose: str = ""
    amount: str | None = None
    granted_on: str | None = None
    due_on: str | None = None
    state: str | None = None
    person_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Post(Entity):
    """A welfare post (公益岗位) somebody of the household holds. A053."""

    LIST: ClassVar[str] = "posts"

    household_id: str
    post: str = ""
    person_id: str = ""
    started: str | None = None
    ended: str | None = None


@dataclass(frozen=True, kw_only=True)
class Aid(Entity):
    """Something the household has received: goods, money, purchases, a policy's benefit. A046, A056, A057."""

    LIST: ClassVar[str] = "aids"

    household_id: str
    item: str = ""
    kind: str | None = None
    received_on: str | None = None
    amount: str | None = None
