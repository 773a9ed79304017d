"""Members of a family: names, numbers, and the facts that follow from sex and age."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from fieldapp.demo.generate.geography import HUI_TOWN
from fieldapp.demo.generate.model import Facts, Member, Slot
from fieldapp.demo.generate.name_lists import LONG_NAME, RARE_NAMES
from fieldapp.demo.generate.naming import given_name, surname
from fieldapp.demo.generate.numbering import Numbers, person_number
from fieldapp.demo.generate.schooling import education_of, school_age, school_state
from fieldapp.demo.generate.shapes import Role, family
from fieldapp.demo.generate.wellbeing import health_of, insurance_of, job_of, labour_of, work_of
from fieldapp.register.plan import add_months

__all__ = ["PeopleMaker"]

_SICKER = {"plain": 1.0, "unstable": 2.2, "marginal": 2.0, "ordinary": 0.6}
#: Which persons of the county, counted from 0, have a character in their name that few fonts know.
_RARE_EVERY, _RARE_FIRST = 997, (11, 41, 71)
_LONG_NAME_EVERY = 6007
#: Newborn children whose registration is still on its way.
_UNREGISTERED_SHARE = 0.3
_MINORITIES = ("mongol", "manchu", "zhuang", "miao", "tujia")


class PeopleMaker:
    """Makes the members of the county's households one after the other."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._count = 0
        self._long_names_due = 1

    def members(self, rng: Random, numbers: Numbers, slot: Slot) -> list[Member]:
        """Return the members of a household, the head first."""
        roles = family(rng, slot.size)
        ethnicity = self._ethnicity(rng, slot)
        own = surname(rng)
        # The children of a woman who lives without husband bear the name of their father.
        line = own if roles[0].sex == "male" else surname(rng)
        members = []
        for role in roles:
            name_of = own if role.relationship == "head" else surname(rng) if role.surname == "own" else line
            members.append(self._member(rng, numbers, role, name_of, ethnicity, _SICKER[slot.kind]))
        self._maybe_long_name(members)
        return members

    def _ethnicity(self, rng: Random, slot: Slot) -> str:
        chance = rng.random()
        if chance < (0.24 if slot.village.town == HUI_TOWN else 0.008):
            return "hui"
        return rng.choice(_MINORITIES) if chance > 0.998 else "han"

    def _member(
        self, rng: Random, numbers: Numbers, role: Role, family_name: str, ethnicity: str, factor: float
    ) -> Member:
        born = self._birth(rng, role.age)
        facts: Facts = {
            "person_no": person_number(self._count + 1),
            "name": family_name + self._given(rng, role.sex, born),
            "sex": role.sex,
            "birth_date": born.isoformat(),
            "relationship": role.relationship,
            "ethnicity": ethnicity,
        }
        self._count += 1
        facts |= health_of(rng, role.age, factor)
        facts |= _document(rng, numbers, born, facts, newborn=role.age == 0)
        facts |= self._school(rng, born)
        facts["labour"] = labour_of(rng, role.age, "school_state" in facts, facts)
        facts |= work_of(rng, role.age, str(facts["labour"]))
        facts |= insurance_of(rng, role.age, str(facts["labour"]), facts.get("work_place"))
        facts["politics"] = _politics(rng, role.age)
        if role.age >= 16 and rng.random() < (0.85 if role.age < 60 else 0.45):
            facts["phone"] = numbers.phone()
        # Of its own chance, so that the rest of the county stays as it is.
        facts |= job_of(Random(f"job {facts['person_no']}"), self._today, facts)
        return Member(role.age, facts)

    def _birth(self, rng: Random, age: int) -> date:
        """Return a day of birth that makes somebody ``age`` years old today."""
        first = add_months(self._today, -12 * (age + 1)) + timedelta(days=1)
        return first + timedelta(days=rng.randrange(364))

    def _given(self, rng: Random, sex: str, born: date) -> str:
        ordinal = self._count
        name = given_name(rng, sex, born.year)
        if ordinal in _RARE_FIRST or ordinal % _RARE_EVERY == _RARE_FIRST[0]:
            turn = _RARE_FIRST.index(ordinal) if ordinal in _RARE_FIRST else ordinal // _RARE_EVERY
            return name[:1] * (len(name) > 1) + RARE_NAMES[turn % len(RARE_NAMES)]
        return name

    def _maybe_long_name(self, members: list[Member]) -> None:
        if self._count < self._long_names_due or len(members) != 1 or members[0].facts["sex"] != "male":
            return
        self._long_names_due += _LONG_NAME_EVERY
        members[0].facts |= {"name": LONG_NAME, "ethnicity": "uyghur"}

    def _school(self, rng: Random, born: date) -> Facts:
        state = school_state(rng, school_age(born, self._today))
        return {"school_state": state} if state else {"education": education_of(rng, born)}


def _document(rng: Random, numbers: Numbers, born: date, facts: Facts, *, newborn: bool) -> Facts:
    """Return kind and number of the document: a disability certificate bears the identity number and two digits more."""
    if newborn and rng.random() < _UNREGISTERED_SHARE:
        return {"id_type": "none"}
    number = numbers.identity(born, str(facts["sex"]))
    if "disability_kind" in facts and rng.random() < 0.85:
        tail = f"{facts['disability_kind']}{facts['disability_level']}"
        return {"id_type": "disability_card", "id_number": number + tail}
    return {"id_type": "id_card", "id_number": number}


def _politics(rng: Random, age: int) -> str:
    if 14 <= age <= 28 and rng.random() < 0.3:
        return "league"
    return "party" if age >= 25 and rng.random() < 0.028 else "masses"
