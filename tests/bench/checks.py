"""How long all rules take: for one household on entry, and for a county's 12,500 households in the background.

The households are those of the small demo county, repeated; building their rows of facts is part of the time, reading
them from the store is not. Findings are counted once through the small county, so that a change of the rules shows.
"""

from __future__ import annotations

import gc
import statistics
import time
from datetime import date
from itertools import cycle, islice
from random import Random

from fieldapp.demo.generate.geography import make_towns
from fieldapp.demo.generate.model import Family
from fieldapp.demo.generate.planning import plan_slots
from fieldapp.demo.generate.scale import SMALL
from fieldapp.demo.generate.town_maker import TownMaker
from fieldapp.register.checks import (
    CheckContext,
    PersonRow,
    run_checks,
    same_name_and_birth,
    same_number,
    same_phone,
    shipped_rules,
)
from fieldapp.register.entities import Household, IncomeYear, Measure, Person

__all__ = ["contexts", "run"]

_TODAY = date(2026, 11, 22)
_SEED = 20261122
_HOUSEHOLDS = 12_500


def contexts() -> list[CheckContext]:
    """Return the households of the small county as the checks see them."""
    towns = make_towns(Random(f"{_SEED}/places"), SMALL.towns, SMALL.villages)
    maker = TownMaker(_SEED, _TODAY, plan_slots(Random(f"{_SEED}/plan"), SMALL, towns))
    return [_context(family) for town in towns for family in maker.make(town).families]


def _context(family: Family) -> CheckContext:
    number = family.house_no
    head = str(family.head.facts["name"])
    facts = {"house_no": number, "head_name": head, "member_count": len(family.members), **family.facts}
    return CheckContext(
        household=Household.from_values(number, facts),
        members=tuple(
            Person.from_values(f"{number}-p{place}", {"household_id": number, **member.facts})
            for place, member in enumerate(family.members)
        ),
        incomes=tuple(
            IncomeYear.from_values(f"{number}-i{place}", {"household_id": number, **facts})
            for place, facts in enumerate(family.incomes)
        ),
        measures=tuple(
            Measure.from_values(f"{number}-m{place}", {"household_id": number, **facts})
            for place, facts in enumerate(family.measures)
        ),
        today=_TODAY,
    )


def _doubles_s(houses: list[CheckContext]) -> float:
    rows = [
        PersonRow(
            f"{copy}/{person.id}",
            f"{copy}/{person.household_id}",
            f"{person.name}{copy}",
            person.birth_date or "",
            f"{copy:06d}{person.id_number[6:]}",
            person.phone,
        )
        for copy, start in enumerate(range(0, _HOUSEHOLDS, len(houses)))
        for house in houses[: _HOUSEHOLDS - start]
        for person in house.members
    ]
    begun = time.perf_counter()
    same_number(rows)
    same_name_and_birth(rows)
    same_phone(rows)
    return time.perf_counter() - begun


def run() -> dict[str, float]:
    """Return seconds for the county and for its doubles, milliseconds for one household (median, slowest), counts."""
    begun = time.perf_counter()
    book = shipped_rules()
    load_ms = (time.perf_counter() - begun) * 1000
    houses = contexts()
    findings = sum(len(run_checks(book, house)) for house in houses)
    county = list(islice(cycle(houses), _HOUSEHOLDS))
    times = []
    gc.collect()
    begun, begun_cpu = time.perf_counter(), time.process_time()
    for house in county:
        one = time.perf_counter()
        run_checks(book, house)
        times.append(time.perf_counter() - one)
    all_s, cpu_s = time.perf_counter() - begun, time.process_time() - begun_cpu
    return {
        "checks_all_s": round(all_s, 2),
        "checks_cpu_s": round(cpu_s, 2),
        "checks_one_ms": round(statistics.median(times) * 1000, 3),
        "checks_worst_ms": round(max(times) * 1000, 3),
        "doubles_s": round(_doubles_s(houses), 2),
        "load_ms": round(load_ms, 1),
        "rules": len(book.rules),
        "households": _HOUSEHOLDS,
        "findings_per_household": round(findings / len(houses), 2),
    }
