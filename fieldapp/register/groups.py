"""Groups of households as data: who is 低收入人口, 易迁户, 重点对象 … A group is said over register facts and hangs on an axis.

A household may be of many groups, on one axis or on several; groups are counted one by one and never added up. The file is
``resources/policy/groups.toml``; a county publishes its own copy under the same name. See decision 100.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from fieldapp.common.resources import resources_dir
from fieldapp.register.entities import Entity, Household, Person
from fieldapp.register.schema import Property, RegisterSchema, register_schema

__all__ = [
    "GROUPS_FILE",
    "Condition",
    "Group",
    "GroupAxis",
    "GroupBook",
    "read_groups",
    "shipped_groups",
]

#: The name of the policy file.
GROUPS_FILE = "groups.toml"
Subject = Literal["household", "person"]
_LISTS: Mapping[str, str] = {"household": "households", "person": "persons"}
_CONDITION = re.compile(
    r"(?P<no>not )?(?P<of>household|person)\.(?P<name>[a-z][a-z0-9_]*)"
    r"(?: (?P<test>known|is|has|from)(?P<values>(?: [A-Za-z0-9_]+)*))?"
)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
Test = Literal["true", "known", "is", "has", "from"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact asked of a household or of one of its members.

    true: the fact is yes · known: there is a value · is A B: one of these codes · has A B: the list holds one of these ·
    from N: a whole number of at least N. A fact nobody knows is none of these, so its negation holds.
    """

    of: Subject
    prop: Property
    test: Test
    values: tuple[str, ...] = ()
    negated: bool = False

    def holds(self, record: Entity) -> bool:
        """Tell whether the condition holds of a household or a member."""
        return _TESTS[self.test](record.get(self.prop.name), self.values) is not self.negated


@dataclass(frozen=True, slots=True)
class GroupAxis:
    """What groups hang on: a way of looking at households that has nothing to do with the other ways."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group: any of its alternatives holds. In one alternative all conditions on a person are about the same member.

    ``those``: its persons are the members who fit; else all members of its households.
    """

    name: str
    axis: str
    zh: str
    en: str
    any: tuple[tuple[Condition, ...], ...]
    those: bool = False
    valid_from: str = ""
    valid_to: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the group is used on a day."""
        return self.valid_from <= on.isoformat() and (not self.valid_to or on.isoformat() <= self.valid_to)

    def holds(self, household: Household, members: Sequence[Person]) -> bool:
        """Tell whether a household with its present members is of the group."""
        return any(_fits(each, household, members) for each in self.any)

    def persons(self, household: Household, members: Sequence[Person]) -> list[Person]:
        """Return the members who count as persons of the group."""
        if not self.those:
            return list(members) if self.holds(household, members) else []
        return [one for one in members if any(_fits(each, household, [one]) for each in self.any)]


@dataclass(frozen=True)
class GroupBook:
    """All axes and groups in the order of the file."""

    axes: tuple[GroupAxis, ...]
    groups: tuple[Group, ...]

    def in_force(self, on: date) -> tuple[Group, ...]:
        """Return the groups used on a day."""
        return tuple(group for group in self.groups if group.in_force(on))

    @functools.cached_property
    def by_name(self) -> Mapping[str, Group]:
        return {group.name: group for group in self.groups}


def read_groups(text: str, schema: RegisterSchema | None = None) -> GroupBook:
    """Read the text of a groups file. Raises ValueError with what is wrong where (Chinese / English), KeyError."""
    told = tomllib.loads(text)
    axes = tuple(GroupAxis(_name(name), str(row["zh"]), str(row["en"])) for name, row in told["axes"].items())
    known = {axis.name for axis in axes}
    facts = schema or register_schema()
    groups: dict[str, Group] = {}
    for row in told.get("group", []):
        group = _group(row, facts)
        if group.axis not in known:
            raise ValueError(f"分组「{group.name}」的 axis「{group.axis}」没有写在 [axes] 里 / unknown axis")
        if group.name in groups:
            raise ValueError(f"分组「{group.name}」写了两次 / a group twice")
        groups[group.name] = group
    return GroupBook(axes, tuple(groups.values()))


@functools.lru_cache(maxsize=1)
def shipped_groups() -> GroupBook:
    """Return the groups that ship with the program."""
    return read_groups((resources_dir() / "policy" / GROUPS_FILE).read_text("utf-8"))


def _group(row: Mapping[str, Any], schema: RegisterSchema) -> Group:
    name = _name(str(row["name"]))
    alternatives = row["any"]
    if not isinstance(alternatives, list) or not alternatives:
        raise ValueError(f"分组「{name}」的 any 应是一个不空的列表 / any must be a list")
    days = {key: str(row.get(key) or "") for key in ("from", "to")}
    for day in filter(None, days.values()):
        date.fromisoformat(day)
    those = row.get("persons", "members")
    if those not in ("members", "those"):
        raise ValueError(f'分组「{name}」的 persons 只能写 "members" 或 "those" / unknown persons')
    parsed = tuple(_alternative(name, str(each), schema) for each in alternatives)
    if those == "those" and not all(any(one.of == "person" for one in each) for each in parsed):
        raise ValueError(
            f"分组「{name}」：persons = those 时每一条都要问到人 / each part must ask of a person"
        )
    return Group(
        name,
        str(row["axis"]),
        str(row["zh"]),
        str(row["en"]),
        parsed,
        those == "those",
        days["from"],
        days["to"],
    )


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"名称「{text}」只能用小写字母、数字和下划线 / not a name")
    return text


def _alternative(name: str, text: str, schema: RegisterSchema) -> tuple[Condition, ...]:
    return tuple(_condition(name, part, schema) for part in text.split(" and "))


def _condition(name: str, text: str, schema: RegisterSchema) -> Condition:
    found = _CONDITION.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"分组「{name}」：看不懂「{text}」 / cannot be read")
    of = cast(Subject, found["of"])
    prop = schema.property(_LISTS[of], found["name"])
    if prop is None:
        raise ValueError(f"分组「{name}」：登记册里没有「{of}.{found['name']}」这一项 / no such fact")
    test = cast(Test, found["test"] or "true")
    values = tuple((found["values"] or "").split())
    if bool(values) != (test in ("is", "has", "from")):
        raise ValueError(f"分组「{name}」：「{text}」缺取值或多了取值 / values are missing or too many")
    if prop.type not in _TYPES[test]:
        raise ValueError(f"分组「{name}」：「{prop.zh}」不能用「{test}」 / {prop.type} cannot be asked so")
    if test == "from" and not (len(values) == 1 and values[0].isdigit()):
        raise ValueError(f"分组「{name}」：「{text}」应写一个数 / a number")
    return Condition(of, prop, test, values, found["no"] is not None)


_TYPES: Mapping[str, frozenset[str]] = {
    "true": frozenset({"boolean"}),
    "known": frozenset({"text", "integer", "decimal", "boolean", "date", "month", "code", "codes"}),
    "is": frozenset({"code"}),
    "has": frozenset({"codes"}),
    "from": frozenset({"integer"}),
}
_TESTS: Mapping[Test, Callable[[object, tuple[str, ...]], bool]] = {
    "true": lambda value, _: value is True,
    "known": lambda value, _: value not in (None, "", []),
    "is": lambda value, codes: value in codes,
    "has": lambda value, codes: isinstance(value, list | tuple) and any(code in value for code in codes),
    "from": lambda value, least: isinstance(value, int) and value >= int(least[0]),
}


def _fits(alternative: tuple[Condition, ...], household: Household, members: Sequence[Person]) -> bool:
    homes = all(one.holds(household) for one in alternative if one.of == "household")
    asked = [one for one in alternative if one.of == "person"]
    return homes and (not asked or any(all(one.holds(member) for one in asked) for member in members))
