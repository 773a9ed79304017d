"""What the names of a rule stand for: the slots of a frame, by scope.

======== =========================== ==================================================================
scope    its own names               asked for
======== =========================== ==================================================================
household –                          each household once
person   ``p``                       each active member
pair     ``a``, ``b``                each two members, both ways round
income   ``i``                       each year of income
measure  ``m``                       each measure
issue    ``q``                       each issue
loan     ``l``                       each loan
dwelling ``d``                       each dwelling
======== =========================== ==================================================================

Everywhere: ``h`` the household, ``latest`` its last year of income, the lists ``members``, ``incomes``, ``measures``,
``issues``, ``loans``, ``dwellings``, ``policy`` the county's values of the day (``resources/policy/rules.toml``), and ``today``, ``year``,
``this_month``, ``income_line`` (yuan a head). A value the county has not set is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fieldapp.register.checks.kinds import DATE, MONTH, NUMBER, Kind
from fieldapp.register.checks.policy_facts import POLICY_LIST

__all__ = [
    "FIRST_LOOP_SLOT",
    "FRAME_SIZE",
    "LATEST",
    "LISTS",
    "SCALARS",
    "SCOPES",
    "SUBJECT",
    "Scope",
]

TODAY, YEAR, THIS_MONTH, INCOME_LINE, HOUSEHOLD, LATEST, POLICY = range(7)
#: The lists of a household: slot and list of the register.
LISTS: Final[Mapping[str, tuple[int, str]]] = {
    "members": (7, "persons"),
    "incomes": (8, "incomes"),
    "measures": (9, "measures"),
    "issues": (10, "issues"),
    "loans": (11, "loans"),
    "dwellings": (12, "dwellings"),
}
SUBJECT = 13
FIRST_LOOP_SLOT = 15
FRAME_SIZE = 19

SCALARS: Final[Mapping[str, tuple[int, Kind]]] = {
    "today": (TODAY, DATE),
    "year": (YEAR, NUMBER),
    "this_month": (THIS_MONTH, MONTH),
    "income_line": (INCOME_LINE, NUMBER),
}
_EVERYWHERE: Final[Mapping[str, tuple[int, str]]] = {
    "h": (HOUSEHOLD, "households"),
    "latest": (LATEST, "incomes"),
    "policy": (POLICY, POLICY_LIST),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope: which list it walks, and the rows its rules see by name (slot, list of the register)."""

    name: str
    walks: str | None
    subjects: tuple[str, ...]
    rows: Mapping[str, tuple[int, str]]

    @property
    def screened(self) -> Mapping[str, str]:
        """The rows (name → list) whose facts decide which rules need be asked."""
        names = self.subjects or ("h", "latest")
        return {name: self.rows[name][1] for name in names}


def _scope(name: str, walks: str | None, *subjects: str) -> Scope:
    own = {subject: (SUBJECT + place, LISTS[walks][1]) for place, subject in enumerate(subjects) if walks}
    return Scope(name, walks, subjects, {**_EVERYWHERE, **own})


SCOPES: Final[Mapping[str, Scope]] = {
    scope.name: scope
    for scope in (
        _scope("household", None),
        _scope("person", "members", "p"),
        _scope("pair", "members", "a", "b"),
        _scope("income", "incomes", "i"),
        _scope("measure", "measures", "m"),
        _scope("issue", "issues", "q"),
        _scope("loan", "loans", "l"),
        _scope("dwelling", "dwellings", "d"),
    )
}
