"""Shapes of families: who lives together in a household of a given size, and how old they are to each other.

A shape names the couple (or the one person) at the head, how many children, parents and grandchildren there are, and the
head's age. Ages follow from the laws that inspectors look for: a mother is 21 to 38 at a birth, siblings are two years
apart, spouses at most six, a father is at least 21.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

__all__ = ["Role", "Shape", "family"]

_MOTHER = (21, 38)
_OLDEST_CHILD_AT_HOME = 27


@dataclass(frozen=True, slots=True)
class Role:
    """One member to be: relation to the head, sex, age in years, and whose surname (own | head | spouse)."""

    relationship: str
    sex: str
    age: int
    surname: str = "head"


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of household. ``share`` is its weight among those of its size."""

    share: int
    head_age: tuple[int, int]
    couple: bool = False
    woman: bool = False
    children: int = 0
    parents: int = 0
    grown_son: bool = False
    sons_wife: bool = False
    grandchildren: int = 0


_SHAPES: dict[int, tuple[Shape, ...]] = {
    1: (
        Shape(45, (62, 86)),
        Shape(27, (64, 88), woman=True),
        Shape(28, (43, 61)),
    ),
    2: (
        Shape(46, (60, 83), couple=True),
        Shape(20, (46, 59), couple=True),
        Shape(9, (34, 48), children=1),
        Shape(6, (32, 46), woman=True, children=1),
        Shape(12, (66, 84), woman=True, grown_son=True),
        Shape(7, (56, 72), grandchildren=1),
    ),
    3: (
        Shape(50, (29, 52), couple=True, children=1),
        Shape(16, (58, 78), couple=True, grown_son=True),
        Shape(11, (56, 72), couple=True, grandchildren=1),
        Shape(8, (33, 47), woman=True, children=2),
        Shape(15, (44, 58), couple=True, parents=1),
    ),
    4: (
        Shape(54, (31, 52), couple=True, children=2),
        Shape(20, (33, 54), couple=True, children=1, parents=1),
        Shape(9, (56, 74), couple=True, grown_son=True, sons_wife=True),
        Shape(7, (40, 56), couple=True, parents=2),
        Shape(10, (56, 72), couple=True, grandchildren=2),
    ),
    5: (
        Shape(44, (33, 52), couple=True, children=2, parents=1),
        Shape(20, (34, 50), couple=True, children=3),
        Shape(16, (33, 52), couple=True, children=1, parents=2),
        Shape(20, (54, 72), couple=True, grown_son=True, sons_wife=True, grandchildren=1),
    ),
    6: (
        Shape(46, (33, 52), couple=True, children=2, parents=2),
        Shape(42, (54, 72), couple=True, grown_son=True, sons_wife=True, grandchildren=2),
        Shape(12, (36, 48), couple=True, children=3, parents=1),
    ),
    7: (
        Shape(55, (56, 72), couple=True, grown_son=True, sons_wife=True, grandchildren=3),
        Shape(45, (36, 50), couple=True, children=3, parents=2),
    ),
    8: (
        Shape(60, (58, 72), couple=True, grown_son=True, sons_wife=True, grandchildren=4),
        Shape(40, (40, 50), couple=True, children=4, parents=2),
    ),
}


def family(rng: Random, size: int) -> list[Role]:
    """Return the members of a household of ``size`` persons (1–8), the head first."""
    shapes = _SHAPES[size]
    shape = rng.choices(shapes, [shape.share for shape in shapes])[0]
    head_age = rng.randint(*shape.head_age)
    sex = "female" if shape.woman else "male"
    roles = [Role("head", sex, head_age, "own")]
    mother_age = head_age
    if shape.couple:
        mother_age = max(22, head_age - rng.choice((-2, -1, 0, 0, 1, 1, 2, 2, 3, 4, 6)))
        roles.append(Role("spouse", "female", mother_age, "own"))
    roles += _children(rng, shape.children, mother_age, ("son", "daughter"))
    if shape.grown_son:
        roles += _younger_couple(rng, shape, mother_age)
    elif shape.grandchildren:
        # The parents are away: the grandchildren's mother is somewhere between.
        between = _grown_child_age(rng, mother_age)
        roles += _children(rng, shape.grandchildren, between, ("grandson", "granddaughter"))
    return roles + _parents(rng, shape.parents, head_age)


def _grown_child_age(rng: Random, mother_age: int) -> int:
    return rng.randint(max(26, mother_age - 36), max(27, min(52, mother_age - 22)))


def _younger_couple(rng: Random, shape: Shape, mother_age: int) -> list[Role]:
    age = _grown_child_age(rng, mother_age)
    wife_age = max(24, age - rng.randint(-1, 4))
    if shape.grandchildren:
        # Young enough to have small children, old enough for all of them.
        wife_age = min(max(wife_age, 23 + 2 * shape.grandchildren), 44)
        age = max(wife_age, min(age, wife_age + 5))
    roles = [Role("son", "male", age)]
    if shape.sons_wife:
        roles.append(Role("daughter_in_law", "female", wife_age, "own"))
        roles += _children(rng, shape.grandchildren, wife_age, ("grandson", "granddaughter"))
    return roles


def _children(rng: Random, count: int, mother_age: int, names: tuple[str, str]) -> list[Role]:
    """Return ``count`` children, the eldest first, at least two years apart."""
    if not count:
        return []
    youngest = max(0, mother_age - _MOTHER[1])
    eldest = min(_OLDEST_CHILD_AT_HOME, mother_age - _MOTHER[0])
    eldest = max(eldest, youngest + 2 * (count - 1))
    # Choosing from a range that is too short by the gaps, and then opening the gaps, keeps all choices alike.
    room = range(youngest, eldest - 2 * (count - 1) + count)
    ages = [age + index for index, age in enumerate(sorted(rng.sample(room, count)))]
    roles = []
    for age in reversed(ages):
        sex = rng.choices(("male", "female"), (53, 47))[0]
        roles.append(Role(names[0] if sex == "male" else names[1], sex, age))
    return roles


def _parents(rng: Random, count: int, head_age: int) -> list[Role]:
    if not count:
        return []
    mother_age = head_age + rng.randint(21, 30)
    father = Role("father", "male", min(94, mother_age + rng.randint(0, 5)))
    mother = Role("mother", "female", mother_age, "own")
    return [father, mother] if count == 2 else [mother if rng.random() < 0.68 else father]
