"""The words of a blank and what they say for a household: the register's facts by their Chinese names, and a few worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from fieldapp.exchange.blanks import FillSet, Level, Value, Vocabulary
from fieldapp.register.entities import Entity, Person
from fieldapp.register.identity import age_on
from fieldapp.register.values import display

if TYPE_CHECKING:
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import Property, RegisterSchema
    from fieldapp.store import HouseholdRecords

__all__ = ["common_values", "fill_set", "vocabulary"]

#: Said of the paper itself.
COMMON = ("今天", "年", "月", "日", "填表人", "填表单位", "县名", "户数", "序号")
#: Worked out for a household.
_HOME = (
    "户主证件号码",
    "户主性别",
    "户主出生日期",
    "户主周岁",
    "乡镇",
    "行政村",
    "地址",
    "帮扶责任人",
    "帮扶单位",
    "帮扶责任人电话",
    "成员名单",
    "最近走访",
    "今年走访次数",
)
#: Worked out for a member, beside the facts of 家庭成员; 成员姓名 and the like say the same with a household's word in the way.
_MEMBER = ("周岁",)
_HIDDEN = frozenset({"household_id", "merged_into", "merge_note", "person_no"})


def vocabulary(schema: RegisterSchema) -> Vocabulary:
    """Return every word one may write. A word of both a household and a member means the household; with 成员 before it, the
    member.
    """
    levels: dict[str, Level] = {}
    numbers = {"户主证件号码"}
    lists: tuple[tuple[str, Level], ...] = (
        ("persons", "member"),
        ("incomes", "household"),
        ("households", "household"),
    )
    for name, level in lists:
        for prop in _told(schema, name):
            levels[prop.zh] = level
            if level == "member":
                levels[f"成员{prop.zh}"] = level
            if prop.type == "id_number":
                numbers |= {prop.zh, f"成员{prop.zh}"}
    for word in _MEMBER:
        levels[word] = levels[f"成员{word}"] = "member"
    for word in _HOME:
        levels[word] = "household"
    for word in COMMON:
        levels[word] = "all"
    return Vocabulary(levels, frozenset(numbers))


def common_values(person: Staff, county_name: str, today: date, households: int) -> dict[str, Value]:
    """Return what is the same on every paper."""
    return {
        "今天": _long(today),
        "年": today.year,
        "月": today.month,
        "日": today.day,
        "填表人": person.name,
        "填表单位": person.unit_name,
        "县名": county_name,
        "户数": households,
    }


def fill_set(records: HouseholdRecords, schema: RegisterSchema, today: date) -> FillSet:
    """Return the values of a household and of each member, by word."""
    home = records.household
    head = next((p for p in records.members if p.relationship == "head"), None)
    values: dict[str, Value] = {}
    if records.incomes:
        values |= _facts(records.incomes[0], schema)
    values |= _facts(home, schema)
    if head is not None:
        values |= {
            "户主证件号码": head.id_number,
            "户主性别": schema.label("sex", head.sex),
            "户主出生日期": head.birth_date or "",
            "户主周岁": _age(head, today),
        }
    values.update({**_place(records), **_help(records), **_visits(records, today)})
    values["成员名单"] = "、".join(person.name for person in records.members)
    members = []
    for person in records.members:
        own = _facts(person, schema) | {"周岁": _age(person, today)}
        members.append({**{f"成员{word}": value for word, value in own.items()}, **own})
    # A household's word wins where both have it; with 成员 before it, it is the member's.
    both = [word for word in values if members and word in members[0]]
    members = [{word: v for word, v in own.items() if word not in both} for own in members]
    return FillSet(values, members, f"{home.head_name}-{home.house_no}".strip("-"))


def _told(schema: RegisterSchema, list_name: str) -> list[Property]:
    return [p for p in schema.lists[list_name].properties.values() if p.name not in _HIDDEN]


def _facts(entity: Entity, schema: RegisterSchema) -> dict[str, Value]:
    return {prop.zh: _value(prop, entity, schema) for prop in _told(schema, entity.LIST)}


def _value(prop: Property, entity: Entity, schema: RegisterSchema) -> Value:
    value = entity.get(prop.name)
    if value is None or value in ("", []):
        return ""
    if prop.type == "integer" and isinstance(value, int):
        return value
    if prop.type == "decimal":
        try:
            return Decimal(str(value))
        except InvalidOperation:
            return str(value)
    return str(value) if prop.type in ("id_number", "phone", "text") else display(prop, value, schema)


def _age(person: Person, today: date) -> Value:
    try:
        return age_on(date.fromisoformat(person.birth_date or ""), today)
    except ValueError:
        return ""


def _place(records: HouseholdRecords) -> Mapping[str, Value]:
    home = records.household
    parts = (records.town_name, records.village_name, home.group_name, home.door_no)
    return {
        "乡镇": records.town_name,
        "行政村": records.village_name,
        "地址": "".join(part for part in parts if part),
    }


def _help(records: HouseholdRecords) -> Mapping[str, Value]:
    now = next((each for each in records.pairings if not each.ended), None)
    if now is None:
        return {"帮扶责任人": "", "帮扶单位": "", "帮扶责任人电话": ""}
    return {
        "帮扶责任人": now.staff_name,
        "帮扶单位": now.unit_name,
        "帮扶责任人电话": str(now.get("staff_phone") or ""),
    }


def _visits(records: HouseholdRecords, today: date) -> Mapping[str, Value]:
    met = [line.visit.visit_date for line in records.visits if line.visit.outcome == "met"]
    return {
        "最近走访": max(met, default=""),
        "今年走访次数": sum(day.startswith(str(today.year)) for day in met),
    }


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
