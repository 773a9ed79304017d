"""Groups in SQL are the groups of the register: same households, same persons, whatever the facts are."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.register.entities import Household, Person
from fieldapp.register.groups import shipped_groups
from fieldapp.store import Store, WorkFilter
from tests.store.change_samples import household_row, person_row, uid
from tests.store.conftest import new_laptop

_BOOK = shipped_groups()
_yes = st.sampled_from([None, True, False])
_HOME = st.fixed_dictionaries(
    {
        "household_type": st.sampled_from(["out_of_poverty", "ordinary"]),
        "monitor_kind": st.sampled_from([None, "marginal"]),
        "risk_cleared": _yes,
        "hardship_care": st.sampled_from([None, "home", "institution"]),
        "resettlement": st.sampled_from([None, "", "幸福小区"]),
        **dict.fromkeys(
            (
                *("instant_help", "low_income_allowance", "extreme_hardship", "spending_hardship"),
                *("other_low_income", "relocated", "turned_urban", "nobody_supports"),
            ),
            _yes,
        ),
    }
)
_PERSON = st.fixed_dictionaries(
    {
        "health": st.sampled_from([None, [], ["healthy"], ["serious", "disabled"], ["disabled"]]),
        "disability_level": st.sampled_from([None, "1", "4"]),
        "self_care": st.sampled_from([None, "able", "unable"]),
        "low_income_allowance": _yes,
        "extreme_hardship": _yes,
    }
)
_COLUMNS = frozenset({"household_type", "monitor_kind", "risk_cleared"})


@settings(max_examples=12, deadline=None)
@given(homes=st.lists(st.tuples(_HOME, st.lists(_PERSON, max_size=3)), min_size=1, max_size=6))
def test_the_store_finds_and_counts_what_the_register_says(
    homes: list[tuple[dict[str, Any], list[dict[str, Any]]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        laptop = new_laptop(Path(folder))
        _fill(laptop.store, homes)
        for group in _BOOK.groups:
            told = [_said(facts, people) for facts, people in homes]
            fits = {household.id for household, members in told if group.holds(household, members)}
            persons = sum(len(group.persons(household, members)) for household, members in told)
            numbers = laptop.store.group_numbers([group])[group.name]
            assert (numbers.households, numbers.persons) == (len(fits), persons), group.name
            keys = laptop.store.worklist_keys(WorkFilter(groups=frozenset({group.name})))
            assert {row.household_id for row in laptop.store.worklist_rows(keys)} == fits
        laptop.vault.close()


def _said(facts: dict[str, Any], people: list[dict[str, Any]]) -> tuple[Household, list[Person]]:
    number = facts["number"]
    known = {name: value for name, value in facts.items() if name not in (*_COLUMNS, "number")}
    home = Household(
        id=uid(f"h{number}"), **{name: facts[name] for name in _COLUMNS}, properties=_present(known)
    )
    members = [
        Person(id=uid(f"p{number}-{at}"), household_id=home.id, properties=_present(person))
        for at, person in enumerate(people)
    ]
    return home, members


def _present(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


def _fill(store: Store, homes: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
    rows = []
    for number, (facts, people) in enumerate(homes):
        facts["number"] = number
        told = {name: value for name, value in facts.items() if name != "number"}
        home = uid(f"h{number}")
        rows.append(household_row(home, house_no=f"41{number:08d}", **told))
        rows += [person_row(uid(f"p{number}-{at}"), home, **person) for at, person in enumerate(people)]
    store.apply_feed(rows, "cursor-1")


def test_two_axes_narrow_each_other_and_one_axis_widens(store: Store) -> None:
    store.apply_feed(
        [
            household_row(uid("a"), house_no="1", relocated=True, low_income_allowance=True),
            household_row(uid("b"), house_no="2", relocated=True),
            household_row(uid("c"), house_no="3", spending_hardship=True),
        ],
        "cursor-1",
    )

    def found(*names: str) -> int:
        return len(store.worklist_keys(WorkFilter(groups=frozenset(names))))

    assert found("low_income_allowance", "spending_hardship") == 2
    assert found("low_income_allowance", "relocated") == 1
    assert found("no_such_group") == 0


def test_a_countys_own_groups_take_the_place_of_those_that_ship(store: Store) -> None:
    store.apply_feed([household_row(uid("a"), house_no="1", natural_village="上湾")], "cursor-1")
    shown = frozenset({"upper_bend"})
    assert store.worklist_keys(WorkFilter(groups=shown)) == []
    store.put_policy(
        "groups.toml",
        '[axes]\nown = { zh = "本县", en = "own" }\n[[group]]\nname = "upper_bend"\naxis = "own"\nzh = "有自然村的"\n'
        'en = "in a natural village"\nany = ["household.natural_village known"]\n',
    )
    assert len(store.worklist_keys(WorkFilter(groups=shown))) == 1
    assert [group.name for group in store.group_book().groups] == ["upper_bend"]
