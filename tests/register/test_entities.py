"""Records as frozen values: fields for the core facts, properties for the rest."""

from __future__ import annotations

import dataclasses

import pytest

from fieldapp.register.entities import ENTITY_TYPES, Household, Person
from fieldapp.register.values import Value


def test_facts_go_to_fields_or_properties_and_come_back() -> None:
    facts: dict[str, Value] = {
        "house_no": "41",
        "head_name": "张三",
        "arable_mu": "3.5",
        "risk_cleared": False,
    }
    household = Household.from_values("h-1", facts, version=4)
    assert (household.head_name, household.risk_cleared, household.version) == ("张三", False, 4)
    assert household.properties == {"arable_mu": "3.5"}
    assert facts.items() <= household.values().items()
    assert Household.from_values("h-1", household.values(), version=4) == household


def test_a_fact_is_asked_for_by_name_wherever_it_is_kept() -> None:
    household = Household.from_values("h-1", {"head_name": "张三", "arable_mu": "3.5"})
    assert household.get("head_name") == "张三"
    assert household.get("arable_mu") == "3.5"
    assert household.get("no_such") is None
    assert household.get("properties") is None


def test_a_record_without_what_it_cannot_do_without_is_no_record() -> None:
    with pytest.raises(TypeError):
        Person.from_values("p-1", {"name": "张三"})


def test_a_record_cannot_be_changed_in_place() -> None:
    household = Household(id="h-1")
    with pytest.raises(dataclasses.FrozenInstanceError):
        household.head_name = "李四"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("household_type", "monitor_kind", "listed"),
    [("out_of_poverty", None, True), ("ordinary", "marginal", True), ("ordinary", None, False)],
)
def test_out_of_poverty_and_monitored_households_are_listed(
    household_type: str, monitor_kind: str | None, listed: bool
) -> None:
    assert Household(id="h", household_type=household_type, monitor_kind=monitor_kind).listed is listed


def test_every_kind_knows_its_list() -> None:
    assert {kind.LIST for kind in ENTITY_TYPES.values()} == set(ENTITY_TYPES)
