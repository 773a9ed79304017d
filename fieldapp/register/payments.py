"""What an office pays a person by month, kept in one income item a year: the months one by one, so that a list that comes
twice counts once, and a corrected month replaces itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from fieldapp.common.ids import derived_id

__all__ = ["months_text", "payment_id", "read_months", "total_of", "with_month"]

_ENTRY = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2])):(-?\d+(?:\.\d{1,2})?)")


def payment_id(code: str, person_id: str, year: int) -> str:
    """Return the id of the income item for what is paid under a code to a person in a year: the same on every laptop."""
    return derived_id("payment", code, person_id, str(year))


def read_months(text: str) -> dict[str, Decimal]:
    """Return the amounts by month (“2026-01:120”), in order; what is not one is left out."""
    found: dict[str, Decimal] = {}
    for month, amount in _ENTRY.findall(text):
        try:
            found[month] = Decimal(amount)
        except InvalidOperation:  # a number too long to be one
            continue
    return dict(sorted(found.items()))


def months_text(months: Mapping[str, Decimal]) -> str:
    """Return months as they are kept."""
    return ";".join(f"{month}:{amount}" for month, amount in sorted(months.items()))


def with_month(text: str, month: str, amount: Decimal) -> str:
    """Return the months with one of them paid as told."""
    return months_text({**read_months(text), month: amount})


def total_of(text: str) -> Decimal:
    """Return the sum of the months."""
    return sum(read_months(text).values(), Decimal(0))
