"""一超过、两不愁、三保障 for one household: what the register's own facts say, and nothing that it does not know (A125).

A verdict is never stored: it follows from the newest income, the line of that income's year, and the household's six
guarantees. Where a fact or the line is missing it says so, and the whole is not decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from fieldapp.register.entities import Household, IncomeYear
from fieldapp.register.policy import YearPolicy, income_line_of

__all__ = ["GUARANTEES", "Standing", "Verdict", "VerdictPart", "verdict_of"]

#: ``yes`` stands, ``no`` does not, ``open`` the register does not know.
Standing = Literal["yes", "no", "open"]
GUARANTEES = ("food_ok", "clothes_ok", "housing_ok", "schooling_ok", "medical_ok", "water_ok")


@dataclass(frozen=True, slots=True)
class VerdictPart:
    """One of the seven: ``name`` is ``income`` or the household's fact."""

    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Verdict:
    """All seven parts, and of the income what it was held against."""

    parts: tuple[VerdictPart, ...]
    year: int | None = None
    per_capita: Decimal | None = None
    line: Decimal | None = None

    @property
    def standing(self) -> Standing:
        """``no`` as soon as one part does not stand; ``yes`` only when all do."""
        found = {part.standing for part in self.parts}
        return "no" if "no" in found else "open" if "open" in found else "yes"

    def named(self, standing: Standing) -> tuple[str, ...]:
        """Return the parts of a standing."""
        return tuple(part.name for part in self.parts if part.standing == standing)


def verdict_of(
    household: Household, incomes: Iterable[IncomeYear], policies: tuple[YearPolicy, ...] | None = None
) -> Verdict:
    """Return the verdict of a household. The income is that of its newest year that has a figure a head; it exceeds the line
    when it is above it, and just reaching it is not enough.
    """
    known = [
        (each, amount)
        for each in incomes
        if each.status == "active" and (amount := _amount(each)) is not None
    ]
    newest, per_capita = max(known, key=lambda one: one[0].year, default=(None, None))
    line = income_line_of(newest.year, policies) if newest is not None else None
    income: Standing = "open"
    if per_capita is not None and line is not None:
        income = "yes" if per_capita > line else "no"
    parts = (
        VerdictPart("income", income),
        *(VerdictPart(name, _fact(household, name)) for name in GUARANTEES),
    )
    return Verdict(
        parts,
        newest.year if newest is not None else None,
        per_capita,
        Decimal(line) if line is not None else None,
    )


def _fact(household: Household, name: str) -> Standing:
    match household.get(name):
        case True:
            return "yes"
        case False:
            return "no"
    return "open"


def _amount(income: IncomeYear) -> Decimal | None:
    try:
        return Decimal(str(income.per_capita)) if income.per_capita not in (None, "") else None
    except InvalidOperation:
        return None
