"""Income of three years: built up from what the members do and get, so that the sums are sums.

Whole yuan; transfers are the sum of their six parts, the net income is what comes in less the expenses of production.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from fieldapp.demo.generate.model import Facts, Family
from fieldapp.register.values import canonical_decimal

__all__ = ["income_years"]

#: Yuan a month by place of work, low and high.
_WAGES = {
    "village": (900, 1700),
    "town": (1500, 2400),
    "county": (1900, 2900),
    "city": (2400, 3400),
    "province": (2700, 3800),
    "elsewhere": (3200, 4800),
}
_WELFARE_WAGE = (600, 900)
#: Yuan a year to each member.
_ALLOWANCE = (3000, 5400)
_HARDSHIP = 9_800
_PENSION = (1_900, 2_600)
#: Net income a head that a listed household has in the last year, low and high; the rest of the county has more.
_TARGETS = {
    "plain": (11_500, 26_000),
    "unstable": (7_200, 11_800),
    "marginal": (6_800, 11_500),
    "ordinary": (15_000, 36_000),
}
#: The most that children who live elsewhere give, yuan a year for each member.
_SUPPORT_A_HEAD = 5_600
_GROWTH = (1.03, 1.13)


def income_years(rng: Random, family: Family, today: date) -> list[Facts]:
    """Return the household's income of the three years before this one, the oldest first."""
    last = _last_year(rng, family)
    years = [last]
    for _ in range(2):
        growth = rng.uniform(*_GROWTH)
        years.append({name: int(amount / growth) for name, amount in years[-1].items()})
    first = today.year - 3
    return [_facts(first + index, parts, family) for index, parts in enumerate(reversed(years))]


def _last_year(rng: Random, family: Family) -> dict[str, int]:
    parts = _transfers(rng, family)
    arable = float(str(family.facts["arable_mu"]))
    parts["business"] = int(arable * rng.uniform(900, 1500)) + rng.choice((0, 0, 0, 2400, 6000))
    parts["expense"] = int(parts["business"] * rng.uniform(0.32, 0.45))
    parts["property"] = rng.choice((0, 0, 300, 500, 800, int(arable * 600)))
    parts["wage"] = sum(_wage(rng, member.facts) for member in family.members)
    low, high = _TARGETS[family.slot.kind]
    target = int(rng.triangular(low, high, low + (high - low) * 0.35))
    _bring_near(rng, parts, target, len(family.members))
    parts["compliant_medical"] = _own_medical(rng, family)
    return parts


def _wage(rng: Random, facts: Facts) -> int:
    place = facts.get("work_place")
    if place is None:
        return 0
    low, high = _WELFARE_WAGE if facts.get("welfare_post") else _WAGES[str(place)]
    return int(str(facts["work_months"])) * rng.randrange(low, high, 10)


def _transfers(rng: Random, family: Family) -> dict[str, int]:
    members = family.members
    allowance = sum(
        rng.randrange(*_ALLOWANCE, 12) for member in members if member.facts.get("low_income_allowance")
    )
    return {
        "family_planning_grant": 0,
        "low_income_grant": allowance,
        "hardship_grant": sum(_HARDSHIP for member in members if member.facts.get("extreme_hardship")),
        "pension": sum(rng.randrange(*_PENSION, 12) for member in members if member.age >= 60),
        "ecology_grant": rng.choice((0, 0, 0, 240)),
        "other_transfer": int(float(str(family.facts["arable_mu"])) * 115)
        + sum(720 for member in members if member.facts.get("disability_level") in ("1", "2")),
    }


_TRANSFERS = (
    "family_planning_grant",
    "low_income_grant",
    "hardship_grant",
    "pension",
    "ecology_grant",
    "other_transfer",
)


def _bring_near(rng: Random, parts: dict[str, int], target: int, persons: int) -> None:
    """Bring the net income near ``target`` a head by what can really differ: wages where there are any, else the support of
    children who live elsewhere, which counts as another transfer."""
    rest = sum(parts[name] for name in _TRANSFERS) + parts["business"] + parts["property"] - parts["expense"]
    missing = target * persons - rest
    if parts["wage"]:
        parts["wage"] = max(int(parts["wage"] * 0.55), min(int(parts["wage"] * 1.6), max(missing, 0)))
        missing -= parts["wage"]
    if missing > 0:
        most = rng.randrange(_SUPPORT_A_HEAD // 2, _SUPPORT_A_HEAD) * persons
        parts["other_transfer"] += min(
            int(missing * rng.uniform(0.85, 1.0)), max(most, missing - 2_600 * persons)
        )


def _own_medical(rng: Random, family: Family) -> int:
    states = [state for member in family.members for state in member.states]
    if "serious" in states:
        return rng.randrange(3_000, 16_000, 10)
    return rng.randrange(300, 2_600, 10) if "chronic" in states else 0


def _facts(year: int, parts: dict[str, int], family: Family) -> Facts:
    transfer = sum(parts[name] for name in _TRANSFERS)
    net = parts["wage"] + parts["business"] + parts["property"] + transfer - parts["expense"]
    per_head = canonical_decimal((Decimal(net) / len(family.members)).quantize(Decimal("0.01")))
    facts: Facts = {"year": year}
    facts |= {name: str(parts[name]) for name in ("wage", "business", "property", "expense")}
    if parts["compliant_medical"]:
        facts["compliant_medical"] = str(parts["compliant_medical"])
    facts |= {"transfer": str(transfer), "net": str(net), "per_capita": per_head}
    return facts | {name: str(parts[name]) for name in _TRANSFERS if parts[name]}
