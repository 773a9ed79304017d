"""Policy by year: how many visits are due, in which rhythm, and the lines of income. Data, not code.

A policy file in ``resources/policy`` holds rows with a first year; the row in force is the latest one whose year has
come. Values that the county must set are null and shown as 待县里填 (requirements A120–A127, A175).
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldapp.common.resources import resources_dir

__all__ = [
    "VisitRule",
    "YearPolicy",
    "income_line_of",
    "load_policy",
    "policy_for",
    "read_policy",
    "shipped_policy",
]


@dataclass(frozen=True, slots=True)
class VisitRule:
    """How often a household is visited: per year, and the longest interval in months between two visits.

    ``remote_counts``: phone, WeChat and SMS count. ``everyone``: ordinary households too, not only the listed ones.
    """

    per_year: int
    interval_months: int
    remote_counts: bool
    everyone: bool = False

    def asks_for(self, *, listed: bool) -> bool:
        """Tell whether a household must be visited under this rule: listed ones, or everyone's."""
        return listed or self.everyone


@dataclass(frozen=True, slots=True)
class YearPolicy:
    """The policy in force from a year on. ``income_line`` is yuan a head a year, None = 待县里填."""

    from_year: int
    name_zh: str
    visits: VisitRule
    income_line: int | None
    source: str


def load_policy(path: Path) -> tuple[YearPolicy, ...]:
    """Read a policy file, newest first."""
    return read_policy(tomllib.loads(path.read_text("utf-8"))["policy"])


def read_policy(rows: Iterable[Mapping[str, object]]) -> tuple[YearPolicy, ...]:
    """Return the policies of rows as a file or the county's feed holds them, newest first. Raises KeyError, ValueError."""
    return tuple(sorted(map(_policy, rows), key=lambda policy: policy.from_year, reverse=True))


def _policy(row: Mapping[str, object]) -> YearPolicy:
    visits = row["visits"]
    if not isinstance(visits, dict):
        raise ValueError("policy.visits must be a table")
    line = row.get("income_line")
    return YearPolicy(
        from_year=int(str(row["from_year"])),
        name_zh=str(row["name_zh"]),
        visits=VisitRule(
            int(visits["per_year"]),
            int(visits["interval_months"]),
            bool(visits["remote_counts"]),
            bool(visits.get("everyone", False)),
        ),
        income_line=int(str(line)) if line is not None else None,
        source=str(row["source"]),
    )


@functools.lru_cache(maxsize=1)
def shipped_policy() -> tuple[YearPolicy, ...]:
    """Return the policy that ships with the program."""
    return load_policy(resources_dir() / "policy" / "years.toml")


def policy_for(year: int, policies: tuple[YearPolicy, ...] | None = None) -> YearPolicy:
    """Return the policy in force in ``year``; the oldest one for years before all rows."""
    rows = policies or shipped_policy()
    return next((row for row in rows if row.from_year <= year), rows[-1])


def income_line_of(year: int, policies: tuple[YearPolicy, ...] | None = None) -> int | None:
    """Return the income line of the year in yuan a head; None (待县里填) where no row of the policy is of that very year.

    The line is set anew for every year, so an older year's line is never held against a later income.
    """
    policy = policy_for(year, policies)
    return policy.income_line if policy.from_year == year else None
