"""Cadres of a town: village and town posts, and the helpers of each village's unit, paired with its listed households."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from fieldapp.demo.generate.geography import COUNTY, Town, Village
from fieldapp.demo.generate.model import Cadre, Facts, Family
from fieldapp.demo.generate.naming import given_name, surname
from fieldapp.demo.generate.numbering import Numbers

__all__ = ["pair_village", "town_cadres", "village_cadres", "village_helpers"]

_UNITS = [
    *("农业农村局", "教育体育局", "卫生健康委员会", "医疗保障局", "住房和城乡建设局", "水利局", "民政局"),
    *("人力资源和社会保障局", "财政局", "自然资源局", "交通运输局", "林业发展中心", "统计局", "审计局"),
    *("市场监督管理局", "文化广电和旅游局", "退役军人事务局", "应急管理局", "司法局", "发展和改革委员会"),
    *("工业和信息化局", "商务局", "信访局", "档案馆", "残疾人联合会", "妇女联合会", "总工会", "供销合作社"),
    *("气象局", "税务局", "烟草专卖局", "公路事业发展中心", "机关事务中心", "城市管理局", "科学技术协会"),
]
#: A helper has so many households, at least and at most.
_HOUSEHOLDS_EACH = (4, 7)
_CHANGED_SHARE = 0.08


def _cadre(rng: Random, numbers: Numbers, post: str, unit: str, village: Village | None = None) -> Cadre:
    sex = rng.choices(("male", "female"), (66, 34))[0]
    name = surname(rng) + given_name(rng, sex, rng.randint(1968, 1998))
    politics = "中共党员" if rng.random() < 0.7 else "群众"
    return Cadre(name, "男" if sex == "male" else "女", politics, post, unit, numbers.phone(), village)


def town_cadres(rng: Random, numbers: Numbers, town: Town) -> list[Cadre]:
    """Return the town's own posts."""
    office = f"{town.name}人民政府"
    return [_cadre(rng, numbers, post, office) for post in ("乡镇分管领导", "乡镇防返贫监测专干")]


def village_cadres(rng: Random, numbers: Numbers, village: Village, unit: str) -> list[Cadre]:
    """Return the village's secretary and data clerk; every third village has a first secretary from its unit."""
    committee = f"{village.name}村民委员会"
    posts = [("村党支部书记", committee), ("乡村振兴专干", committee)]
    if rng.random() < 0.34:
        posts.append(("第一书记", unit))
    return [_cadre(rng, numbers, post, where, village) for post, where in posts]


def village_helpers(rng: Random, numbers: Numbers, households: int) -> tuple[str, list[Cadre]]:
    """Return the unit that helps a village and its cadres, enough for so many households."""
    unit = f"{COUNTY}{rng.choice(_UNITS)}"
    each = rng.randint(*_HOUSEHOLDS_EACH)
    count = max(1, -(-households // each)) if households else 0
    return unit, [_cadre(rng, numbers, "帮扶责任人", unit) for _ in range(count)]


def pair_village(rng: Random, helpers: list[Cadre], families: list[Family], today: date) -> None:
    """Pair a village's listed households with its helpers, neighbours together; a few had another helper before."""
    if not helpers:
        return
    each = -(-len(families) // len(helpers))
    for index, family in enumerate(families):
        helper = helpers[index // each]
        started = date(
            rng.choice((2021, 2021, 2022, 2023, 2024)), rng.randint(1, 12), rng.choice((1, 10, 15))
        )
        family.helper = helper
        if len(helpers) > 1 and rng.random() < _CHANGED_SHARE:
            earlier = helpers[(index // each + 1) % len(helpers)]
            changed = date(today.year - 1, rng.randint(3, 12), 1)
            family.pairings.append((earlier, _dates(started, changed - timedelta(days=1))))
            started = changed
        family.pairings.append((helper, _dates(started, None)))


def _dates(started: date, ended: date | None) -> Facts:
    facts: Facts = {"started": started.isoformat()}
    if ended is not None:
        facts["ended"] = ended.isoformat()
    return facts
