"""Measures of a household: what follows from its risks and members, as 「缺什么补什么」 asks (requirements A095, A096)."""

from __future__ import annotations

from datetime import date
from random import Random

from fieldapp.demo.generate.model import Facts, Family

__all__ = ["measures_of"]

_INDUSTRY = ("产业奖补", "种苗化肥等物资", "龙头企业带动", "合作社带动", "入股分红", "消费帮扶")
_JOB = ("技能培训", "外出务工补贴", "劳务输出", "就业帮扶车间就业")
_YEARS_BACK = 2


def measures_of(rng: Random, family: Family, today: date) -> list[Facts]:
    """Return the household's measures; the same item stands once."""
    if family.slot.kind == "ordinary":
        return []
    items = _for_all(rng, family) + _for_members(family)
    if not family.monitored and rng.random() < 0.55:
        items = items[: rng.randint(1, 3)]
    seen: dict[tuple[str, str], Facts] = {}
    for group, item, amount, person in items:
        seen.setdefault((group, item), _measure(rng, today, group, item, amount, person))
    return list(seen.values())


_Item = tuple[str, str, int, str]


def _for_all(rng: Random, family: Family) -> list[_Item]:
    able = any(member.facts["labour"] in ("ordinary", "skilled") for member in family.members)
    items: list[_Item] = [("health", "参加城乡居民基本医疗保险个人缴费补贴", 0, "")]
    if able:
        items.append(("industry", rng.choice(_INDUSTRY), rng.choice((500, 800, 1200, 2000)), ""))
        items.append(("job", rng.choice(_JOB), rng.choice((0, 500, 800)), ""))
    if able and rng.random() < 0.06:
        items.append(("finance", "脱贫人口小额信贷", rng.choice((20_000, 30_000, 50_000)), ""))
    if family.facts["low_income_allowance"]:
        items.append(("safety_net", "低保", 0, ""))
    if family.facts["extreme_hardship"]:
        items.append(("safety_net", "特困供养", 0, ""))
    if not family.facts["housing_ok"]:
        items.append(("housing", "危房改造", 20_000, ""))
    if not family.facts["water_ok"]:
        items.append(("water", "饮水管网入户维修", 0, ""))
    return items


def _for_members(family: Family) -> list[_Item]:
    items: list[_Item] = []
    for member in family.members:
        person = member.text("person_no")
        school = member.text("school_state")
        if member.facts.get("welfare_post"):
            items.append(("welfare_post", "村级公益性岗位", 0, person))
        if "serious" in member.states:
            items.append(("health", "医疗救助", 0, person))
        elif "chronic" in member.states:
            items.append(("health", "慢病卡", 0, person))
        if member.facts.get("disability_level") in ("1", "2"):
            items.append(("safety_net", "残疾人补贴", 720, person))
        if school == "primary" or school.startswith("grade"):
            items.append(("compulsory_education", "寄宿生补贴", 625, person))
        elif school.startswith(("vocational", "college", "technician")):
            items.append(("education", "雨露计划", 3_000, person))
        elif school.startswith("bachelor"):
            items.append(("education", "助学贷款", 0, person))
    return items


def _measure(rng: Random, today: date, group: str, item: str, amount: int, person: str) -> Facts:
    ago = rng.randrange(1, 12 * _YEARS_BACK)
    month = today.year * 12 + today.month - 1 - ago
    facts: Facts = {
        "group": group,
        "item": item,
        "started": f"{month // 12:04d}-{month % 12 + 1:02d}",
        "state": "planned" if ago == 1 else "done" if rng.random() < 0.57 else "running",
    }
    if amount:
        facts["amount"] = str(amount)
    if person:
        facts["person_no"] = person
    return facts
