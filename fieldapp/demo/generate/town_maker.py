"""Making a town: its families village by village, their cadres, incomes, measures and visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from fieldapp.demo.generate.aid import measures_of
from fieldapp.demo.generate.cadres import pair_village, town_cadres, village_cadres, village_helpers
from fieldapp.demo.generate.geography import Town, Village
from fieldapp.demo.generate.homes import household_facts
from fieldapp.demo.generate.incomes import income_years
from fieldapp.demo.generate.model import Cadre, Family, Slot
from fieldapp.demo.generate.numbering import Numbers, household_number
from fieldapp.demo.generate.people import PeopleMaker
from fieldapp.demo.generate.visiting import visits_of

__all__ = ["MadeTown", "TownMaker"]


@dataclass(slots=True)
class MadeTown:
    """A town with everything its workbook holds."""

    town: Town
    cadres: list[Cadre] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)

    def of_village(self, village: Village) -> list[Family]:
        """Return the families of one village."""
        return [family for family in self.families if family.slot.village is village]


class TownMaker:
    """Makes the towns of a county in their order; numbers run through the county."""

    def __init__(self, seed: int, today: date, slots: Mapping[str, list[Slot]]) -> None:
        self._seed = seed
        self._today = today
        self._slots = slots
        self._people = PeopleMaker(today)
        self._households = 0

    def make(self, town: Town) -> MadeTown:
        """Return the town. The same seed gives the same town, whatever else is made."""
        rng = Random(f"{self._seed}/town/{town.code}")
        numbers = Numbers(rng, town.place)
        made = MadeTown(town, town_cadres(rng, numbers, town))
        for village in town.villages:
            self._make_village(rng, numbers, made, village)
        return made

    def _make_village(self, rng: Random, numbers: Numbers, made: MadeTown, village: Village) -> None:
        slots = self._slots[village.code]
        families = [self._family(rng, numbers, slot) for slot in slots]
        families.sort(key=lambda family: village.groups.index(str(family.facts["group_name"])))
        for family in families:
            self._households += 1
            family.house_no = household_number(self._households)
        listed = [family for family in families if family.slot.kind != "ordinary"]
        unit, helpers = village_helpers(rng, numbers, len(listed))
        made.cadres += village_cadres(rng, numbers, village, unit)
        pair_village(rng, helpers, listed, self._today)
        for family in listed:
            family.visits = visits_of(rng, family, self._today)
        made.families += families

    def _family(self, rng: Random, numbers: Numbers, slot: Slot) -> Family:
        members = self._people.members(rng, numbers, slot)
        phone = next((member.text("phone") for member in members if member.text("phone")), "")
        facts = household_facts(rng, slot, members, self._today, phone)
        if not phone:
            del facts["phone"]
        family = Family("", slot, members, facts)
        if slot.kind != "ordinary":
            family.incomes = income_years(rng, family, self._today)
            family.measures = measures_of(rng, family, self._today)
        return family
