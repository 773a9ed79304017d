"""The year's incomes out of its items: what a household was asked and what offices have paid, added up by class.

Only items of a whole year count, so that a quarter or a forecast is not counted beside the year it belongs to. The amounts of the
year stay the register's own (they are the national system's); the sum is offered, never written by itself.

What was asked at the door and what an office has paid may be the same money told twice: of one code, for one person or for the
household as a whole. It counts once, with the larger of both: a list may lack months, and the door may not know of a payment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    counted = [item for item in items if _counts(item, year)]
    if not counted:
        return None
    sums = dict.fromkeys(_CLASSES.values(), Decimal(0))
    coded: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for item in counted:
        kind = str(item.get("kind"))
        if code := str(item.get("code") or ""):
            coded[kind, code].append(item)
        else:
            sums[_CLASSES[kind]] += _amount(item)
        if kind == "business":
            sums["expense"] += _decimal(item.get("cost")) or Decimal(0)
    for (kind, _), told in coded.items():
        sums[_CLASSES[kind]] += _told_once(told)
    net = (
        sum((sums[name] for name in ("wage", "business", "property", "transfer")), Decimal(0))
        - sums["expense"]
    )
    facts = {name: _text(amount) for name, amount in sums.items()}
    facts["net"] = _text(net)
    if heads > 0:
        facts["per_capita"] = _text((net / heads).quantize(_CENT, ROUND_HALF_UP))
    return IncomeSum(year, len(counted), facts)


def differs(added: IncomeSum, income: Entity | None) -> bool:
    """Tell whether the register's amounts of the year are others than the sums."""
    return income is None or any(
        _decimal(income.get(name)) != Decimal(text) for name, text in added.facts.items()
    )


def _counts(item: Entity, year: int) -> bool:
    whole = item.get("year") == year and item.get("period") in (None, "", "year")
    known = item.get("kind") in _CLASSES and _decimal(item.get("amount")) is not None
    return item.status == "active" and whole and known


def _told_once(items: Sequence[Entity]) -> Decimal:
    """Return what items of one code come to: person by person, then what is told of the household as a whole."""
    asked: dict[str, Decimal] = defaultdict(Decimal)
    listed: dict[str, Decimal] = defaultdict(Decimal)
    for item in items:
        side = listed if item.get("source") == "list" else asked
        side[str(item.get("person_id") or "")] += _amount(item)
    of_household = asked.pop("", Decimal(0))
    by_person = sum((max(amount, listed.pop(person, amount)) for person, amount in asked.items()), Decimal(0))
    return by_person + max(of_household, sum(listed.values(), Decimal(0)))


def _amount(item: Entity) -> Decimal:
    return _decimal(item.get("amount")) or Decimal(0)


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
