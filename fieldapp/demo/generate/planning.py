"""Where the households go: exactly the counted households and persons, spread over the villages."""

from __future__ import annotations

from random import Random

from fieldapp.demo.generate.geography import Town, Village
from fieldapp.demo.generate.model import Slot
from fieldapp.demo.generate.scale import Kind, Quota, Scale

__all__ = ["full_village", "household_sizes", "plan_slots"]

#: Shares of households of one, two, three … persons.
_SIZES: dict[Kind, tuple[int, ...]] = {
    "plain": (14, 26, 24, 18, 10, 6, 1, 1),
    "unstable": (25, 30, 20, 13, 8, 4),
    "marginal": (32, 30, 19, 12, 5, 2),
    "ordinary": (7, 20, 24, 26, 14, 7, 1, 1),
}
_LARGEST = 8


def household_sizes(rng: Random, kind: Kind, quota: Quota) -> list[int]:
    """Return the sizes of ``quota.households`` households with ``quota.persons`` persons together, exactly."""
    if not quota.households <= quota.persons <= quota.households * _LARGEST:
        raise ValueError(f"{quota.persons} persons do not fit {quota.households} households")
    shares = _SIZES[kind]
    sizes = rng.choices(range(1, len(shares) + 1), shares, k=quota.households)
    missing = quota.persons - sum(sizes)
    while missing:
        at = rng.randrange(len(sizes))
        step = 1 if missing > 0 else -1
        if 1 <= sizes[at] + step <= _LARGEST:
            sizes[at] += step
            missing -= step
    return sizes


def full_village(towns: tuple[Town, ...]) -> Village:
    """Return the village that is generated with all its households: one with twice the listed ones of a common village."""
    villages = [village for town in towns for village in town.villages]
    aim = 2 * sum(village.weight for village in villages) / len(villages)
    return min(villages, key=lambda village: abs(village.weight - aim))


def plan_slots(rng: Random, scale: Scale, towns: tuple[Town, ...]) -> dict[str, list[Slot]]:
    """Return the households to make by village code; the full village gets ordinary ones up to its number."""
    villages = [village for town in towns for village in town.villages]
    weights = [village.weight for village in villages]
    plan: dict[str, list[Slot]] = {village.code: [] for village in villages}
    for kind, quota in scale.quotas:
        sizes = household_sizes(rng, kind, quota)
        places = rng.choices(villages, weights, k=quota.households)
        for village, size in zip(places, sizes, strict=True):
            plan[village.code].append(Slot(village, kind, size))
    for slots in plan.values():
        rng.shuffle(slots)
    full = full_village(towns)
    ordinary = scale.full_village - len(plan[full.code])
    if ordinary < 0:
        raise ValueError("the full village has more listed households than it has households")
    sizes = rng.choices(range(1, _LARGEST + 1), _SIZES["ordinary"], k=ordinary)
    plan[full.code] += [Slot(full, "ordinary", size) for size in sizes]
    return plan
