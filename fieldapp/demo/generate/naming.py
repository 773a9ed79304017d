"""Names of invented people: surname by weight, given name by sex and year of birth."""

from __future__ import annotations

import itertools
from random import Random

from fieldapp.demo.generate.name_lists import COMPOUND_SURNAMES, GENERATIONS, SURNAMES

__all__ = ["given_name", "surname"]

_SURNAMES = tuple(name for name, _ in SURNAMES)
_WEIGHTS = tuple(itertools.accumulate(weight for _, weight in SURNAMES))
_COMPOUND_SHARE = 0.004


def surname(rng: Random) -> str:
    """Return a surname; about one in 250 is a compound one."""
    if rng.random() < _COMPOUND_SHARE:
        return rng.choice(COMPOUND_SURNAMES)
    return rng.choices(_SURNAMES, cum_weights=_WEIGHTS)[0]


def given_name(rng: Random, sex: str, year: int) -> str:
    """Return a given name of one or two characters for a person born in ``year``."""
    generation = next(item for item in GENERATIONS if year <= item.last_year)
    first, second = generation.male if sex == "male" else generation.female
    if rng.random() < generation.single_share:
        return rng.choice(second)
    return rng.choice(first) + rng.choice(second)
