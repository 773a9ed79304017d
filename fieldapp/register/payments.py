"""What an office pays a person by month, kept in one income item a year: month by month and list by list, so that a list that
comes twice counts once, a corrected list replaces itself, and a second list never replaces the first unasked.

A month of a list reads “2026-03:320《低保发放表》#1a2b3c4d”: the amount, the list's name, a digest of what the list pays in
that month; behind the name stands whose name the list gave where it is not the register's. Items of before have no list.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fieldapp.common.ids import derived_id

__all__ = [
    "Part",
    "Payment",
    "Standing",
    "Way",
    "digest_of",
    "list_title",
    "parts_text",
    "payment_id",
    "read_months",
    "read_parts",
    "standing",
    "total_of",
    "with_payment",
]

#: What is done where another list has paid the month already: nothing, replace it, or add to it.
Way = Literal["", "replace", "add"]

_PART = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])):(-?\d{1,15}(?:\.\d{1,2})?)(?:《([^《》;]*)》([^《》;#]*))?(?:#([0-9a-f]{8}))?"
)
_MARKS = re.compile(r"[《》;#]+")
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Part:
    """What one list has paid in a month. ``whose`` is the name the list gave, where it was another than the register's."""

    month: str
    amount: Decimal
    title: str = ""
    digest: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """What a list says of a person's month. ``also`` are other names under which it may have been taken before."""

    month: str
    amount: Decimal
    title: str
    digest: str
    whose: str = ""
    also: frozenset[str] = frozenset()

    @property
    def part(self) -> Part:
        return Part(self.month, self.amount, self.title, self.digest, self.whose)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a payment stands to what is kept: its own part of before, what other lists have paid in the month, and every part
    of the very same list; more than one where two records that each had it became one.
    """

    own: Part | None
    others: tuple[Part, ...]
    same: tuple[Part, ...] = ()


def payment_id(code: str, person_id: str, year: int) -> str:
    """Return the id of the income item for what is paid under a code to a person in a year: the same on every laptop."""
    return derived_id("payment", code, person_id, str(year))


def list_title(text: str) -> str:
    """Return a list's or a person's name as it is kept in a part: without the marks around it."""
    return _MARKS.sub(" ", text).strip()[:_LONGEST_TITLE]


def digest_of(paid: Iterable[tuple[str, Decimal]]) -> str:
    """Return what a list pays in a month, whom and how much, as eight characters; whatever the order and the file."""
    told = "\n".join(sorted(f"{whom} {amount.normalize():f}" for whom, amount in paid))
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def read_parts(text: str) -> tuple[Part, ...]:
    """Return what is kept, in order; what is none is left out."""
    found = (_PART.fullmatch(each.strip()) for each in text.split(";"))
    return tuple(
        Part(each[1], Decimal(each[2]), each[3] or "", each[5] or "", each[4] or "") for each in found if each
    )


def parts_text(parts: Iterable[Part]) -> str:
    """Return parts as they are kept: by month, list by list, so that the same parts are the same text."""
    told = []
    for part in sorted(parts, key=lambda each: (each.month, each.title, each.digest, each.whose)):
        title = f"《{part.title}》{part.whose}" if part.title or part.whose else ""
        told.append(f"{part.month}:{part.amount:f}{title}{'#' if part.digest else ''}{part.digest}")
    return ";".join(told)


def read_months(text: str) -> dict[str, Decimal]:
    """Return the amounts by month, whatever the lists."""
    months: dict[str, Decimal] = {}
    for part in read_parts(text):
        months[part.month] = months.get(part.month, Decimal(0)) + part.amount
    return dict(sorted(months.items()))


def total_of(text: str) -> Decimal:
    """Return the sum of everything that is kept."""
    return sum((part.amount for part in read_parts(text)), Decimal(0))


def standing(parts: Sequence[Part], payment: Payment, former: str = "") -> Standing:
    """Return how a payment stands to what is kept. ``former`` is the item's list, for parts that name none."""
    month = [part for part in parts if part.month == payment.month]
    mine = [part for part in month if part.whose in {payment.whose, *payment.also}]
    same = [part for part in mine if part.digest and part.digest == payment.digest]
    named = [part for part in mine if part.title and part.title == payment.title]
    bare = [
        part
        for part in mine
        if not part.title and not part.digest and (part.amount == payment.amount or former == payment.title)
    ]
    own = next(
        (found[0] for found in (same, named, bare) if len(found) == 1 or (found is same and found)), None
    )
    others = [part for part in month if part is not own and part not in same and not _of(part, payment, own)]
    return Standing(own, tuple(others), tuple(same))


def with_payment(
    parts: Sequence[Part], payment: Payment, way: Way = "", former: str = ""
) -> tuple[Part, ...] | None:
    """Return the parts with a payment taken; None where another list has paid the month and nobody has said what to do."""
    how = standing(parts, payment, former)
    if how.own is not None and way == "add" and how.own.digest != payment.digest and how.own.title:
        return (*parts, payment.part)
    if how.own is None and how.others and not way:
        return None
    gone: Collection[Part] = {*how.same, *(how.others if way == "replace" else ())}
    kept = [part for part in parts if part is not how.own and part not in gone]
    return (*kept, payment.part)


def _of(part: Part, payment: Payment, own: Part | None) -> bool:
    """Tell whether a part is of the payment's own list: then it is about another name in it."""
    if part.whose in {payment.whose, *payment.also}:
        told = own is not None and bool(own.title or own.digest)  # parts of before name no list to be of
        return told and own is not None and own.digest == part.digest and own.title == part.title
    return part.title == payment.title or bool(part.digest and part.digest == payment.digest)
