"""In which group of the monitoring of work a person stands: away and where, come back, about to leave, looking for work.

One group a person, decided by what the register says on a day; who cannot work and does not is in none.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from fieldapp.register.entities import Person
from fieldapp.register.identity import age_on

__all__ = ["AWAY", "WORK_GROUPS", "WorkGroup", "work_group"]

WorkGroup = Literal[
    "elsewhere",
    "province",
    "city",
    "county",
    "town",
    "village",
    "placeless",
    "returned",
    "planned",
    "wants",
    "home",
]
#: In the order people read them: Chinese, English.
WORK_GROUPS: dict[WorkGroup, tuple[str, str]] = {
    "elsewhere": ("省外务工", "works outside the province"),
    "province": ("市外省内务工", "works in the province"),
    "city": ("县外市内务工", "works in the city"),
    "county": ("县内务工", "works in the county"),
    "town": ("乡镇内务工", "works in the town"),
    "village": ("村内务工", "works in the village"),
    "placeless": ("在务工，地点未填", "works, place unknown"),
    "returned": ("返乡", "came back"),
    "planned": ("计划外出", "plans to leave"),
    "wants": ("有意愿、未务工", "wants work"),
    "home": ("有劳动力、在家", "able, at home"),
}
#: Those who are out of the county.
AWAY: frozenset[WorkGroup] = frozenset({"elsewhere", "province", "city"})
_PLACES: dict[str, WorkGroup] = {
    "elsewhere": "elsewhere",
    "province": "province",
    "city": "city",
    "county": "county",
    "town": "town",
    "village": "village",
}
_ABLE = frozenset({"skilled", "ordinary", "weak"})
_SAID = ("work_province", "work_county", "employer", "work_months", "welfare_post")
_OLDEST = 70
_YOUNGEST = 16


def work_group(person: Person, today: date) -> WorkGroup | None:
    """Return the group on a day; None for who neither works nor could."""
    if _came_back(person, today):
        return "returned"
    if person.get("working") is not False:
        place = _PLACES.get(str(person.get("work_place") or ""))
        if place is not None:
            return place
        if person.get("working") is True or any(person.get(name) for name in _SAID):
            return "placeless"
    if person.get("planned_county"):
        return "planned"
    if person.get("wants_work") is True:
        return "wants"
    return "home" if _is_able(person, today) else None


def _came_back(person: Person, today: date) -> bool:
    """Whether the last that is known of the work is its end: a day of return, or a month in which it ended."""
    if person.get("working") is True:
        return False
    begun = str(person.get("work_started") or "")
    for name in ("returned_on", "work_ended"):
        ended = str(person.get(name) or "")
        if ended and ended[:10] <= today.isoformat()[: len(ended)] and begun[:7] <= ended[:7]:
            return True
    return False


def _is_able(person: Person, today: date) -> bool:
    if person.get("labour") not in _ABLE or person.get("school_state"):
        return False
    try:
        age = age_on(date.fromisoformat(str(person.get("birth_date") or "")), today)
    except ValueError:
        return True
    return _YOUNGEST <= age <= _OLDEST
