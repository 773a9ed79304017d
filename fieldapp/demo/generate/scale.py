"""How large the demo county is. The full one has exactly the figures that the sources give for 襄城 (10 October 2020)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["FULL", "SMALL", "Kind", "Quota", "Scale"]

#: plain: out of poverty; unstable: out of poverty and monitored; marginal: ordinary and monitored; ordinary: on no list.
Kind = Literal["plain", "unstable", "marginal", "ordinary"]


@dataclass(frozen=True, slots=True)
class Quota:
    """So many households with exactly so many persons together."""

    households: int
    persons: int


@dataclass(frozen=True, slots=True)
class Scale:
    """What is generated. ``full_village`` is how many households, listed ones included, the complete village has."""

    name: str
    towns: int
    villages: int
    quotas: tuple[tuple[Kind, Quota], ...]
    full_village: int

    @property
    def listed(self) -> Quota:
        """The households on the county's lists."""
        return Quota(
            sum(quota.households for _, quota in self.quotas),
            sum(quota.persons for _, quota in self.quotas),
        )


#: 11,548 households / 35,538 persons out of poverty, of which 354 / 915 monitored; 533 / 1,244 marginal.
FULL = Scale(
    "full",
    towns=16,
    villages=430,
    quotas=(
        ("plain", Quota(11_548 - 354, 35_538 - 915)),
        ("unstable", Quota(354, 915)),
        ("marginal", Quota(533, 1_244)),
    ),
    full_village=400,
)

#: One town of 60 listed households by the same way, for tests.
SMALL = Scale(
    "small",
    towns=1,
    villages=3,
    quotas=(("plain", Quota(52, 161)), ("unstable", Quota(4, 10)), ("marginal", Quota(4, 9))),
    full_village=40,
)
