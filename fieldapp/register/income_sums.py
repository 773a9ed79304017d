"""The year's incomes out of its items: what a household was asked and what offices have paid, added up by class.

Only items of a whole year count, so that a quarter or a forecast is not counted beside the year it belongs to. The amounts of the
year stay the register's own (they are the national system's); the sum is offered, never written by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from fieldapp.register.entities import Entity

__all__ = ["IncomeSum", "differs", "sum_of_items"]

_CENT = Decimal("0.01")
_CLASSES = {
    "wage": "wage",
    "business": "business",
    "property": "property",
    "transfer": "transfer",
    "expense": "expense",
}


@dataclass(frozen=True, slots=True)
class IncomeSum:
    """Yuan by class for a year; ``facts`` are those of the list ``incomes``. ``items`` is how many were added."""

    year: int
    items: int
    facts: dict[str, str]


def sum_of_items(items: Iterable[Entity], year: int, heads: int) -> IncomeSum | None:
    """Return the sums of a year's items; None when there are none. The cost of a business item is an expense."""
    sums = dict.fromkeys(_CLASSES.values(), Decimal(0))
    count = 0
    for item in items:
        kind = str(item.get("kind") or "")
        amount = _decimal(item.get("amount"))
        whole = item.get("year") == year and item.get("period") in (None, "", "year")
        if item.status != "active" or not whole or kind not in _CLASSES or amount is None:
            continue
        count += 1
        sums[_CLASSES[kind]] += amount
        if kind == "business":
            sums["expense"] += _decimal(item.get("cost")) or Decimal(0)
    if not count:
        return None
    net = (
        sum((sums[name] for name in ("wage", "business", "property", "transfer")), Decimal(0))
        - sums["expense"]
    )
    facts = {name: _text(amount) for name, amount in sums.items()}
    facts["net"] = _text(net)
    if heads > 0:
        facts["per_capita"] = _text((net / heads).quantize(_CENT, ROUND_HALF_UP))
    return IncomeSum(year, count, facts)


def differs(added: IncomeSum, income: Entity | None) -> bool:
    """Tell whether the register's amounts of the year are others than the sums."""
    return income is None or any(
        _decimal(income.get(name)) != Decimal(text) for name, text in added.facts.items()
    )


def _decimal(value: object) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _text(amount: Decimal) -> str:
    plain = f"{amount.normalize():f}"
    return "0" if plain == "-0" else plain
