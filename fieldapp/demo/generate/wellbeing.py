"""Health, ability to work, and work: what follows from age, and a little luck."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

from fieldapp.register.values import Value

__all__ = ["health_of", "insurance_of", "job_of", "labour_of", "work_of"]

#: Age up to which, and the shares of chronic illness, serious illness and disability there.
_HEALTH = (
    (15, 0.01, 0.004, 0.015),
    (39, 0.03, 0.008, 0.035),
    (59, 0.14, 0.025, 0.06),
    (200, 0.38, 0.05, 0.10),
)
_DISABILITIES = (("4", 55), ("1", 12), ("2", 12), ("6", 9), ("5", 8), ("3", 3), ("7", 1))
_LEVELS = (("4", 34), ("3", 32), ("2", 23), ("1", 11))
_PLACES = (("village", 14), ("town", 20), ("county", 24), ("city", 12), ("province", 14), ("elsewhere", 16))
#: Where people of the county go: province, city, county.
_AWAY: dict[str, tuple[tuple[str, str, str], ...]] = {
    "city": (("河南省", "许昌市", "长葛市"), ("河南省", "许昌市", "魏都区"), ("河南省", "许昌市", "禹州市")),
    "province": (
        ("河南省", "郑州市", "中牟县"),
        ("河南省", "郑州市", "新郑市"),
        ("河南省", "平顶山市", "宝丰县"),
    ),
    "elsewhere": (
        ("广东省", "东莞市", "东莞市"),
        ("江苏省", "苏州市", "昆山市"),
        ("浙江省", "宁波市", "慈溪市"),
        ("上海市", "上海市", "松江区"),
    ),
}
_TRADES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("factory", ("电子厂", "服装厂", "电器厂", "家具厂")),
    ("building", ("建筑工地", "装修队")),
    ("catering", ("饭店", "快餐店")),
    ("transport", ("快递站", "物流园")),
    ("domestic", ("家政公司",)),
    ("trade", ("超市", "批发市场")),
)
_NEEDS = ("职业介绍", "技能培训", "政策咨询", "交通补助")
_CHANNELS = (("self", 46), ("relatives", 34), ("organised", 14), ("agency", 6))


def health_of(rng: Random, age: int, factor: float) -> dict[str, Value]:
    """Return health and disability; ``factor`` raises the shares in families that are monitored."""
    _, chronic, serious, disabled = next(row for row in _HEALTH if age <= row[0])
    states = [
        code
        for code, share in (("chronic", chronic), ("serious", serious), ("disabled", disabled))
        if rng.random() < share * factor
    ]
    facts: dict[str, Value] = {"health": list(states) or ["healthy"]}
    if "disabled" in states:
        facts["disability_kind"] = _weighted(rng, _DISABILITIES)
        facts["disability_level"] = _weighted(rng, _LEVELS)
    return facts


def labour_of(rng: Random, age: int, at_school: bool, facts: dict[str, Value]) -> str:
    """Return the ability to work, as the national system counts it: none under 16 and at school."""
    health = facts["health"]
    states = health if isinstance(health, list) else []
    if age < 16 or at_school:
        return "none"
    if facts.get("disability_level") in ("1", "2"):
        return "lost"
    if age >= 60:
        return "weak" if age < 70 and rng.random() < 0.7 else rng.choice(("none", "lost"))
    if "serious" in states or "disabled" in states:
        return "weak" if rng.random() < 0.75 else "lost"
    if "chronic" in states and rng.random() < 0.5:
        return "weak"
    return "skilled" if rng.random() < 0.11 else "ordinary"


def work_of(rng: Random, age: int, labour: str) -> dict[str, Value]:
    """Return where somebody works, for how many months, and how the job was found; nothing when at home."""
    chance = {"skilled": 0.86, "ordinary": 0.72, "weak": 0.24}.get(labour, 0.0)
    if rng.random() >= chance:
        return {}
    if labour == "weak":
        if rng.random() < 0.45 and age < 70:
            return _welfare_post(rng)
        place = "village"
    else:
        place = _weighted(rng, _PLACES)
    near = place in ("village", "town", "county")
    channel = "workshop" if near and rng.random() < 0.12 else _weighted(rng, _CHANNELS)
    months = rng.choice((3, 4, 6, 8)) if place == "village" else rng.choice((6, 8, 9, 10, 10, 11, 11, 12))
    return {"work_place": place, "work_months": months, "job_channel": channel}


def job_of(rng: Random, today: date, facts: Mapping[str, Value]) -> dict[str, Value]:
    """Return what the monthly monitoring says of somebody: the job away, or the plan to leave."""
    place = facts.get("work_place")
    if place in _AWAY:
        province, city, county = rng.choice(_AWAY[str(place)])
        industry, employers = rng.choice(_TRADES)
        begun = min(date(today.year - rng.choice((0, 0, 1)), rng.randrange(2, 7), 1), today)
        return {
            "working": True,
            "work_province": province,
            "work_city": city,
            "work_county": county,
            "employer": f"{county[:-1]}{rng.choice(employers)}",
            "industry": industry,
            "point_to_point": facts.get("job_channel") == "organised",
            "monthly_wage": f"{rng.randrange(2800, 6500, 100)}.00",
            "work_started": f"{begun:%Y-%m}",
            **({"transport_subsidy": f"{rng.choice((200, 300, 500))}.00"} if rng.random() < 0.3 else {}),
        }
    if place is None and facts.get("labour") in ("skilled", "ordinary") and rng.random() < 0.2:
        _, _, county = rng.choice(_AWAY[rng.choice(("city", "province", "elsewhere"))])
        return {"planned_county": county, "service_need": rng.choice(_NEEDS)}
    return {}


def _welfare_post(rng: Random) -> dict[str, Value]:
    post = rng.choice(("cleaning", "cleaning", "cleaning", "road", "forest", "security"))
    return {
        "work_place": "village",
        "work_months": 11,
        "job_channel": "welfare",
        "welfare_post": post,
        "welfare_months": 11,
    }


def insurance_of(rng: Random, age: int, labour: str, place: Value) -> dict[str, Value]:
    """Return medical and pension insurance: nearly all residents', a few employees'."""
    employed = labour in ("skilled", "ordinary") and place not in (None, "village", "town")
    employee = employed and rng.random() < 0.09
    facts: dict[str, Value] = {
        "medical_insurance": "employee" if employee else "resident" if rng.random() < 0.998 else "none",
        "serious_illness_insurance": True,
    }
    if age >= 16:
        facts["pension_insurance"] = "employee" if employee else "resident" if rng.random() < 0.93 else "none"
    return facts


def _weighted(rng: Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([code for code, _ in choices], [weight for _, weight in choices])[0]
