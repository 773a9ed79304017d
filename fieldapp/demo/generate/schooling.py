"""School and education by age: who is at school, in which grade, and what the others have learned.

A school year is settled by the age on 31 August (compulsory schooling from six, requirement A130); nobody has both a
grade and a finished education, as the national system's checks demand.
"""

from __future__ import annotations

from datetime import date
from random import Random

from fieldapp.register.identity import age_on

__all__ = ["education_of", "school_age", "school_state"]

_BY_AGE = {
    **dict.fromkeys(range(3, 6), "kindergarten"),
    **dict.fromkeys(range(6, 12), "primary"),
    12: "grade7",
    13: "grade8",
    14: "grade9",
}
#: Education of those who left school, by the last year of birth: (code, weight).
_EDUCATION: tuple[tuple[int, tuple[tuple[str, int], ...]], ...] = (
    (1945, (("illiterate", 48), ("primary", 46), ("junior", 6))),
    (1965, (("illiterate", 14), ("primary", 46), ("junior", 35), ("senior", 5))),
    (1980, (("illiterate", 3), ("primary", 24), ("junior", 60), ("senior", 11), ("college", 2))),
    (2000, (("primary", 6), ("junior", 62), ("senior", 20), ("college", 8), ("bachelor", 4))),
    (9999, (("junior", 40), ("senior", 34), ("college", 18), ("bachelor", 8))),
)


def school_age(born: date, today: date) -> int:
    """Return the age that settles the grade of the present school year."""
    first_day = date(today.year if today.month >= 9 else today.year - 1, 8, 31)
    return age_on(born, first_day) if born <= first_day else -1


def school_state(rng: Random, age: int) -> str | None:
    """Return the grade of somebody of that school age, or None when he or she has left school."""
    if age < 3:
        return "preschool_age"
    if age in _BY_AGE:
        return _BY_AGE[age]
    if age <= 17:
        return _senior(rng, age - 14)
    if age <= 21 and rng.random() < 0.5:
        return rng.choice(("bachelor", "college")) + str(min(age - 17, 3)) if age < 21 else "bachelor4"
    if age in (22, 23) and rng.random() < 0.04:
        return "master"
    return None


def _senior(rng: Random, year: int) -> str | None:
    chance = rng.random()
    if chance < 0.05:
        return None
    return f"senior{year}" if chance < 0.55 else f"vocational{year}"


def education_of(rng: Random, born: date) -> str:
    """Return the education of somebody who has left school."""
    choices = next(choices for last_year, choices in _EDUCATION if born.year <= last_year)
    return rng.choices([code for code, _ in choices], [weight for _, weight in choices])[0]
