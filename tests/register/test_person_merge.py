"""Merging two records of one person, then undoing it, is as if nothing had been."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.change import EntityPatch
from fieldapp.register.entities import ENTITY_TYPES, Entity, Measure, Person, Post
from fieldapp.register.person_merge import Moved, blank_alike, merge_patches, undo_patches
from fieldapp.register.values import Value

NAMES = (
    "name",
    "id_number",
    "phone",
    "birth_date",
    "health",
    "disability_level",
    "serious_illness_insurance",
)
values = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["张伟", "章玮"]),
        "id_number": st.sampled_from(["411023195212080619", ""]),
        "phone": st.sampled_from(["13800000001", ""]),
        "birth_date": st.sampled_from(["1952-12-08", None]),
        "health": st.lists(st.sampled_from(["healthy", "chronic"]), unique=True),
        "disability_level": st.sampled_from(["1", "2"]),
        "serious_illness_insurance": st.booleans(),
    },
)
Register = dict[tuple[str, str], Entity]


def applied(register: Register, patches: Iterable[EntityPatch]) -> Register:
    after = dict(register)
    for patch in patches:
        before = after[patch.list, patch.entity_id]
        facts = {**before.values(), **{name: change.new for name, change in patch.fields.items()}}
        status = str(patch.status.new) if patch.status else before.status
        kind = ENTITY_TYPES[patch.list]
        after[patch.list, patch.entity_id] = kind.from_values(
            before.id, facts, status=status, version=before.version
        )
    return after


def register_of(*records: Entity) -> Register:
    return {(record.LIST, record.id): record for record in records}


def same(one: Register, other: Register) -> bool:
    return one.keys() == other.keys() and all(
        one[key].status == other[key].status
        and all(
            blank_alike(one[key].get(name), other[key].get(name))
            for name in {*one[key].values(), *other[key].values()}
        )
        for key in one
    )


def people(register: Register) -> tuple[Person, Person]:
    kept, gone = register["persons", "a"], register["persons", "b"]
    assert isinstance(kept, Person)
    assert isinstance(gone, Person)
    return kept, gone


def household(mine: dict[str, Value], theirs: dict[str, Value], measures: int = 2) -> Register:
    return register_of(
        Person.from_values("a", {"household_id": "h1", **mine}),
        Person.from_values("b", {"household_id": "h2", **theirs}),
        *(
            Measure.from_values(f"m{number}", {"household_id": "h2", "item": "种植", "person_id": "b"})
            for number in range(measures)
        ),
        Post.from_values("p", {"household_id": "h1", "post": "road", "person_id": "a"}),
    )


@given(values, values, st.sets(st.sampled_from(NAMES)), st.integers(0, 3))
def test_merging_and_undoing_is_the_identity(
    mine: dict[str, Value], theirs: dict[str, Value], taken: set[str], measures: int
) -> None:
    before = household(mine, theirs, measures)
    merged = applied(before, merge_patches(*people(before), taken, before.values()))
    kept, gone = people(merged)
    assert (kept.status, gone.status, gone.get("merged_into")) == ("active", "merged", "a")
    for name in NAMES:
        source = people(before)[name in taken]
        assert blank_alike(kept.get(name), source.get(name))
    assert not any(record.get("person_id") == "b" for record in merged.values())
    undone = undo_patches(kept, gone, merged)
    patches = [patch for patch in undone if isinstance(patch, EntityPatch)]
    assert len(patches) == len(undone)
    assert same(applied(merged, patches), before)


@pytest.mark.parametrize(("place", "name"), [(("persons", "a"), "phone"), (("measures", "m1"), "person_id")])
def test_what_was_changed_since_is_named_and_nothing_is_undone(place: tuple[str, str], name: str) -> None:
    before = household({"phone": ""}, {"phone": "13800000001"})
    merged = applied(before, merge_patches(*people(before), {"phone"}, before.values()))
    record = merged[place]
    facts = {**record.values(), name: "别的"}
    merged[place] = ENTITY_TYPES[place[0]].from_values(record.id, facts)
    assert undo_patches(*people(merged), merged) == (Moved(*place, name),)


def test_a_record_that_was_merged_is_not_merged_again() -> None:
    before = household({}, {})
    merged = applied(before, merge_patches(*people(before), (), ()))
    with pytest.raises(ValueError, match="active"):
        merge_patches(*people(merged), (), ())
