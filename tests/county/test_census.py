"""Counting what the county holds."""

from __future__ import annotations

from fieldapp.county.census import count_register, list_staff, village_sizes
from fieldapp.county.setup import County
from tests.county.world import CLERK, TOWN, VILLAGE_A, VILLAGE_B, VILLAGE_C, Laptop, person_id


def test_the_register_is_counted(county: County) -> None:
    census = count_register(county)
    assert (census.households, census.persons) == (4, 8)
    assert (census.listed_households, census.listed_persons) == (0, 0)
    assert village_sizes(county) == {VILLAGE_A: 2, VILLAGE_B: 1, VILLAGE_C: 1}


def test_who_left_is_not_counted(county: County, clerk: Laptop) -> None:
    clerk.send(clerk.patch(1, {}, list_name="persons", entity=person_id(1, 2), status=("active", "left")))
    assert count_register(county).persons == 7


def test_cadres_are_listed_by_area_and_role(county: County) -> None:
    assert [cadre.id for cadre in list_staff(county, area_prefix=VILLAGE_A)] == [CLERK]
    assert [cadre.id for cadre in list_staff(county, role="town")] == [TOWN]
    assert len(list_staff(county)) == 4
