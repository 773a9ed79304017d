"""Incomes add up, measures follow from need, helpers are paired, visits are this year's."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.demo.generate.geography import make_towns
from fieldapp.demo.generate.planning import full_village, household_sizes, plan_slots
from fieldapp.demo.generate.scale import FULL, Quota, Scale
from fieldapp.register.plan import VisitSummary, due_of
from fieldapp.register.policy import policy_for
from tests.demo.small_county import TODAY, households, ledger, register

PARTS = (
    "family_planning_grant",
    "low_income_grant",
    "hardship_grant",
    "pension",
    "ecology_grant",
    "other_transfer",
)


def yuan(value: object) -> Decimal:
    return Decimal(str(value or 0))


def test_listed_households_have_three_years_of_income_that_add_up() -> None:
    for house in households(listed=True):
        assert [income.year for income in house.incomes] == [2023, 2024, 2025]
        for income in house.incomes:
            facts = income.facts
            assert yuan(facts["transfer"]) == sum(yuan(facts.get(part)) for part in PARTS)
            coming = sum(yuan(facts[name]) for name in ("wage", "business", "property", "transfer"))
            assert yuan(facts["net"]) == coming - yuan(facts["expense"])
            assert abs(yuan(facts["per_capita"]) - yuan(facts["net"]) / len(house.persons)) < 1


def test_monitored_households_are_poorer_than_the_others() -> None:
    def middle(monitored: bool) -> Decimal:
        heads = sorted(
            yuan(house.incomes[-1].facts["per_capita"])
            for house in households(listed=True)
            if ("monitor_kind" in house.facts) == monitored
        )
        return heads[len(heads) // 2]

    assert middle(True) < middle(False)


def test_those_who_have_the_allowance_have_its_money_and_its_measure() -> None:
    for house in households(listed=True):
        has = bool(house.facts["low_income_allowance"])
        assert has == any(person.facts["low_income_allowance"] for person in house.persons)
        assert has == (yuan(house.incomes[-1].facts.get("low_income_grant")) > 0)
        if has and "monitor_kind" in house.facts:
            assert ("safety_net", "低保") in {(measure.group, measure.item) for measure in house.measures}


def test_measures_name_members_of_their_household_and_stand_once() -> None:
    for house in households():
        numbers = {person.person_no for person in house.persons}
        assert all(not measure.person_no or measure.person_no in numbers for measure in house.measures)
        keys = [(measure.group, measure.item) for measure in house.measures]
        assert len(set(keys)) == len(keys)
        assert bool(keys) == (house in households(listed=True))


def test_monitored_households_have_a_month_and_a_risk() -> None:
    for house in households():
        facts = house.facts
        if "monitor_kind" not in facts:
            continue
        assert facts["risks"]
        assert str(facts["identified_month"]) < "2026-11"
        if facts["risk_cleared"]:
            assert str(facts["identified_month"]) < str(facts["cleared_month"]) < "2026-11"
            assert not facts["no_labour"]


def test_every_listed_household_has_one_helper_now_and_no_gap_before() -> None:
    staff = {cadre.key: cadre for cadre in register().staff}
    for house in households(listed=True):
        now = [pairing for pairing in house.pairings if "ended" not in pairing.facts]
        assert len(now) == 1
        assert staff[now[0].staff_key].role == "helper"
        assert staff[now[0].staff_key].area_code == house.facts["area_code"]
        for pairing in house.pairings:
            if "ended" in pairing.facts:
                assert str(pairing.facts["ended"]) < now[0].started


def test_villages_have_clerks_and_the_town_has_its_own() -> None:
    roles = [cadre.role for cadre in register().staff]
    assert roles.count("clerk") >= 6
    assert roles.count("town") == 2


def test_visits_are_this_years_and_of_the_households_own_helper() -> None:
    helpers = {house.house_no: house.pairings[-1].staff_key for house in households(listed=True)}
    for visit in ledger().visits:
        assert "2026-01-01" <= visit.visit_date <= TODAY.isoformat()
        assert visit.visitor_key == helpers[visit.house_no]
        assert str(visit.facts["entered_at"])[:10] >= visit.visit_date
        assert visit.facts["summary"]
        assert ("answered_by" in visit.facts) == (visit.facts["outcome"] == "met")


def test_the_work_list_has_every_kind_of_household() -> None:
    from datetime import date

    summaries: dict[str, list[VisitSummary]] = {house.house_no: [] for house in households(listed=True)}
    for visit in ledger().visits:
        day = date.fromisoformat(visit.visit_date)
        summaries[visit.house_no].append(VisitSummary(day, visit.mode, str(visit.facts["outcome"])))
    rule = policy_for(2026).visits
    states = [due_of(visits, rule, TODAY).state for visits in summaries.values()]
    assert {"not_entered", "overdue", "resting"} <= set(states)
    assert states.count("not_entered") < len(states) // 5


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400), st.floats(1, 8), st.sampled_from(["plain", "unstable", "marginal", "ordinary"]))
def test_sizes_sum_up_to_the_quota_exactly(count: int, mean: float, kind: str) -> None:
    quota = Quota(count, int(count * mean))
    sizes = household_sizes(Random(3), kind, quota)  # type: ignore[arg-type]  # literals of Kind
    assert (len(sizes), sum(sizes)) == (quota.households, quota.persons)
    assert set(sizes) <= set(range(1, 9))


def test_a_quota_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        household_sizes(Random(1), "plain", Quota(10, 90))


def test_the_full_county_is_planned_to_the_person() -> None:
    towns = make_towns(Random("1/places"), FULL.towns, FULL.villages)
    plan = plan_slots(Random("1/plan"), FULL, towns)
    slots = [slot for village in plan.values() for slot in village]
    listed = [slot for slot in slots if slot.kind != "ordinary"]
    assert (len(towns), len(plan)) == (16, 430)
    assert (len(listed), sum(slot.size for slot in listed)) == (12_081, 36_782)
    assert len(plan[full_village(towns).code]) == 400
    assert all(plan.values())
    names = [village.name for town in towns for village in town.villages]
    assert len(set(names)) == 430


def test_a_village_too_small_for_its_listed_households_is_refused() -> None:
    scale = Scale("odd", 1, 1, (("plain", Quota(50, 150)),), full_village=10)
    with pytest.raises(ValueError, match="more listed"):
        plan_slots(Random(1), scale, make_towns(Random(1), 1, 1))
