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
from fieldapp.register.axes import AXES
from fieldapp.register.entities import Household

__all__ = [
    "VisitPlan",
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
class VisitPlan:
    """Which rule a household is under: the first of ``by`` whose axis it is of, else the usual one.

    ``absent`` takes the place of either for a household that is away for long (长期外出): fewer visits, by phone or WeChat
    too (B4: once a quarter). Without it absentees are like everybody.
    """

    usual: VisitRule
    by: tuple[tuple[str, VisitRule], ...] = ()
    absent: VisitRule | None = None

    def rule_for(self, household: Household, *, absent: bool) -> tuple[VisitRule, bool]:
        """Return the household's rule, and whether it asks for any visit at all."""
        named = next((rule for axis, rule in self.by if AXES[axis].holds(household)), None)
        asked = named is not None or self.usual.asks_for(listed=household.listed)
        if asked and absent and self.absent is not None:
            return self.absent, True
        return named or self.usual, asked


@dataclass(frozen=True, slots=True)
class YearPolicy:
    """The policy in force from a year on. ``income_line`` is yuan a head a year, None = 待县里填; ``visits`` the usual
    rule, ``plan`` all of them.
    """

    from_year: int
    name_zh: str
    visits: VisitRule
    income_line: int | None
    source: str
    by: tuple[tuple[str, VisitRule], ...] = ()
    absent: VisitRule | None = None

    @property
    def plan(self) -> VisitPlan:
        """Return the visit rules of the year."""
        return VisitPlan(self.visits, self.by, self.absent)


def load_policy(path: Path) -> tuple[YearPolicy, ...]:
    """Read a policy file, newest first."""
    return read_policy(tomllib.loads(path.read_text("utf-8"))["policy"])


def read_policy(rows: Iterable[Mapping[str, object]]) -> tuple[YearPolicy, ...]:
    """Return the policies of rows as a file or the county's feed holds them, newest first. Raises KeyError, ValueError."""
    return tuple(sorted(map(_policy, rows), key=lambda policy: policy.from_year, reverse=True))


def _policy(row: Mapping[str, object]) -> YearPolicy:
    visits = row["visits"]
    if not isinstance(visits, dict):
        raise ValueError("visits 应写成 { per_year = 6, … } / policy.visits must be a table")
    line = row.get("income_line")
    absent = row.get("absent")
    if visits["remote_counts"] == "absent" and absent is None:
        absent = {"per_year": 4, "interval_months": 3}
    return YearPolicy(
        from_year=int(str(row["from_year"])),
        name_zh=str(row["name_zh"]),
        visits=_rule(visits),
        income_line=int(str(line)) if line is not None else None,
        source=str(row["source"]),
        by=_by_axis(row.get("by", [])),
        absent=_rule({"remote_counts": True, **absent}) if isinstance(absent, dict) else None,
    )


def _by_axis(rows: object) -> tuple[tuple[str, VisitRule], ...]:
    if not isinstance(rows, list):
        raise ValueError("by 应是一张张 [[policy.by]] / policy.by must be tables")
    for row in rows:
        if row["for"] not in AXES:
            raise ValueError(f"走访次数的类别「{row['for']}」不认识，可用：{'、'.join(AXES)} / unknown kind")
    return tuple((str(row["for"]), _rule(row)) for row in rows)


def _rule(visits: Mapping[str, object]) -> VisitRule:
    per_year, interval = int(str(visits["per_year"])), int(str(visits["interval_months"]))
    remote = visits["remote_counts"]
    if remote not in (True, False, "absent"):
        raise ValueError(
            f'remote_counts 只能写 true、false 或 "absent"，现在是「{remote}」 / unknown remote_counts'
        )
    if per_year < 0 or interval < 1:
        raise ValueError(
            "per_year 不能是负数，interval_months 至少是 1 / per_year from 0, interval_months from 1"
        )
    return VisitRule(per_year, interval, remote is True, bool(visits.get("everyone", False)))


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
