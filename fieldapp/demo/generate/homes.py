"""Facts of a household that are not of its members: category, monitoring, land, dwelling, the two worries and three
guarantees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from fieldapp.demo.generate.model import Facts, Member, Slot
from fieldapp.register.values import canonical_decimal

__all__ = ["household_facts"]

_OUT_OF_POVERTY_YEARS = ((2014, 8), (2015, 12), (2016, 18), (2017, 22), (2018, 20), (2019, 16), (2020, 4))
_STRUCTURES = (("masonry", 84), ("concrete", 11), ("wood", 2), ("earth", 1), ("stone", 2))
_ROADS = (("concrete", 90), ("asphalt", 6), ("gravel", 3), ("earth", 1))


def household_facts(rng: Random, slot: Slot, members: list[Member], today: date, phone: str) -> Facts:
    """Return the household's facts by property name."""
    groups = slot.village.groups
    facts: Facts = {
        "group_name": groups[min(int(rng.random() * len(groups)), len(groups) - 1)],
        "natural_village": rng.choice(slot.village.natural),
        "door_no": f"{rng.randint(1, 180)}号",
        "head_name": members[0].text("name"),
        "phone": phone,
        "member_count": len(members),
        "relocated": False,
        "no_labour": _no_labour(members),
        "elder_alone": len(members) == 1 and members[0].age >= 60,
    }
    facts |= _category(rng, slot, members, today)
    facts |= _support(rng, slot, members)
    facts |= _land(rng, slot)
    facts |= _dwelling(rng, len(members), today)
    facts |= _guarantees(rng, slot)
    return facts


def _no_labour(members: list[Member]) -> bool:
    return all(member.facts["labour"] in ("none", "lost") for member in members)


def _category(rng: Random, slot: Slot, members: list[Member], today: date) -> Facts:
    facts: Facts = {"household_type": "out_of_poverty" if slot.kind in ("plain", "unstable") else "ordinary"}
    if facts["household_type"] == "out_of_poverty":
        years = [year for year, _ in _OUT_OF_POVERTY_YEARS]
        facts["out_of_poverty_year"] = rng.choices(years, [weight for _, weight in _OUT_OF_POVERTY_YEARS])[0]
    if slot.kind not in ("unstable", "marginal"):
        return facts
    started = rng.randrange(2020 * 12 + 5, today.year * 12 + today.month - 8)
    facts |= {
        "monitor_kind": slot.kind,
        "identified_month": _month(started),
        "risks": _risks(rng, members),
        "risk_cleared": False,
    }
    if not _no_labour(members) and rng.random() < 0.62:
        cleared = min(started + rng.randint(6, 20), today.year * 12 + today.month - 2)
        facts |= {
            "risk_cleared": True,
            "cleared_month": _month(cleared),
            "clear_way": "helped" if rng.random() < 0.93 else "natural",
        }
    return facts


def _month(index: int) -> str:
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _risks(rng: Random, members: list[Member]) -> list[str]:
    """Return the risks that the family shows, in the order of the code list."""
    shown = set()
    states = {state for member in members for state in member.states}
    if states & {"serious", "chronic"}:
        shown.add("illness")
    if "disabled" in states:
        shown.add("disability")
    if any(
        str(member.facts.get("school_state", "")).startswith(("bachelor", "college")) for member in members
    ):
        shown.add("study")
    if all(member.facts["labour"] in ("none", "lost", "weak") for member in members):
        shown.add("labour")
    if not shown or rng.random() < 0.15:
        shown.add(rng.choice(("illness", "accident", "job", "industry", "disaster")))
    order = ("illness", "study", "disability", "disaster", "accident", "industry", "job", "labour")
    return [risk for risk in order if risk in shown][:5]


def _support(rng: Random, slot: Slot, members: list[Member]) -> Facts:
    """Give 低保 and 特困 to those who would have it; the household's flag follows its members'."""
    alone = len(members) == 1 and members[0].facts["labour"] in ("none", "lost", "weak")
    hardship = alone and members[0].facts["sex"] == "male" and rng.random() < 0.45
    share = {"plain": 0.12, "unstable": 0.42, "marginal": 0.36, "ordinary": 0.02}[slot.kind]
    if any(member.facts.get("disability_level") in ("1", "2") for member in members):
        share += 0.4
    if any(member.facts.get("work_place") not in (None, "village") for member in members):
        share *= 0.3
    allowance = not hardship and rng.random() < share
    for member in members:
        member.facts |= {"low_income_allowance": allowance, "extreme_hardship": hardship}
    return {"low_income_allowance": allowance, "extreme_hardship": hardship}


def _land(rng: Random, slot: Slot) -> Facts:
    facts: Facts = {"arable_mu": _tenths(rng.uniform(0.9, 1.6) * slot.size)}
    if rng.random() < 0.06:
        facts["forest_mu"] = _tenths(rng.uniform(0.3, 3))
    if rng.random() < 0.04:
        facts["orchard_mu"] = _tenths(rng.uniform(0.3, 2.5))
    return facts


def _dwelling(rng: Random, persons: int, today: date) -> Facts:
    year = rng.randint(1984, min(2022, today.year))
    return {
        "house_area": str(rng.choice((60, 70, 80, 90, 100, 110, 120)) + 10 * min(persons, 6)),
        "house_structure": _weighted(rng, _STRUCTURES),
        "house_year": year,
        "house_grade": "A" if year > 2008 or rng.random() < 0.3 else "B",
        "road_kind": _weighted(rng, _ROADS),
        "road_km": canonical_decimal(Decimal(str(round(rng.uniform(0.05, 1.2), 2)))),
        "fuel": rng.choices(("clean", "wood", "coal"), (82, 16, 2))[0],
        "electricity": True,
        "broadcast": rng.random() < 0.99,
        "sanitary_toilet": rng.random() < 0.83,
        "cooperative": rng.random() < 0.22,
        "leading_enterprise": rng.random() < 0.31,
    }


def _guarantees(rng: Random, slot: Slot) -> Facts:
    trouble = 0.02 if slot.kind in ("unstable", "marginal") else 0.002
    names = ("housing_ok", "schooling_ok", "medical_ok", "water_ok")
    return {"food_ok": True, "clothes_ok": True, **{name: rng.random() >= trouble for name in names}}


def _tenths(number: float) -> str:
    return canonical_decimal(Decimal(str(round(number, 1))))


def _weighted(rng: Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([code for code, _ in choices], [weight for _, weight in choices])[0]
