"""Numbers that name nobody: identity numbers of an unassigned county, telephones of an unassigned network, 户编号.

* Identity numbers begin with 41 (the province) and 99: GB/T 2260 has never had a prefecture 4199, nor a county of it. The
  checksum is right (GB 11643-1999).
* Telephones begin with 169, a network number that the ministry's list (state of March 2023) gives to nobody.
"""

from __future__ import annotations

from datetime import date
from random import Random

from fieldapp.register.identity import check_digit

__all__ = ["Numbers", "person_number", "household_number"]

_PREFECTURE = "4199"
_NETWORK = "169"


class Numbers:
    """Gives each person and telephone of one town a number of its own. ``place`` (1–99) keeps towns apart."""

    def __init__(self, rng: Random, place: int) -> None:
        self._rng = rng
        self._area = f"{_PREFECTURE}{place:02d}"
        self._place = place
        self._used: set[str] = set()
        self._phone = 0

    def identity(self, born: date, sex: str) -> str:
        """Return a number of 18 characters that fits birth and sex and was not given before."""
        while True:
            serial = self._rng.randrange(500) * 2 + (1 if sex == "male" else 0)
            first = f"{self._area}{born:%Y%m%d}{serial:03d}"
            if first not in self._used:
                self._used.add(first)
                return first + check_digit(first)

    def phone(self) -> str:
        """Return a mobile number of 11 digits; the order is scattered so that neighbours differ."""
        self._phone += 1
        return f"{_NETWORK}{self._place:02d}{self._phone * 7919 % 1_000_003 % 1_000_000:06d}"


def household_number(serial: int) -> str:
    """Return the 户编号 of the county's ``serial``-th household."""
    return f"4110250{serial:06d}"


def person_number(serial: int) -> str:
    """Return the 人口编号 of the county's ``serial``-th person."""
    return f"41102500{serial:07d}"
