"""The places of the demo county: its towns, and villages with invented names and well-formed codes.

County code 411025; towns 3 digits more (100– towns, 200– townships), villages 3 more (200–399 village committees), as the
statistics code has it. Which village gets which code is invented; so are the villages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

__all__ = ["CITY", "COUNTY", "COUNTY_CODE", "HUI_TOWN", "PROVINCE", "Town", "Village", "make_towns"]

PROVINCE, CITY, COUNTY, COUNTY_CODE = "河南省", "许昌市", "襄城县", "411025"
_TOWNS = [
    "城关镇",
    "颍桥回族镇",
    "麦岭镇",
    "颍阳镇",
    "王洛镇",
    "紫云镇",
    "库庄镇",
    "十里铺镇",
    "山头店镇",
    "湛北镇",
    "汾陈镇",
    "茨沟乡",
    "丁营乡",
    "姜庄乡",
    "范湖乡",
    "双庙乡",
]
_STEMS = (
    "王李张刘陈杨赵郭孙马朱胡徐周高宋吴侯许韩姚郑何冯任程姜常贾耿盛樊牛袁梁丁田崔董范方石邢薛白段孟史吕苏"
)
_FEATURES = "庄楼寨营岗湾桥店沟洼坡堂园垌铺"
_PREFIXES = ("", "", "", "", "前", "后", "东", "西", "南", "北", "大", "小", "上", "下", "老")
_GROUPS = "一二三四五六七八九十"
_FIRST_VILLAGE = 200
HUI_TOWN = "颍桥回族镇"


@dataclass(frozen=True, slots=True)
class Village:
    """A village (行政村) of 12 digits with its groups; ``weight`` is its share of the listed households."""

    code: str
    town: str
    name: str
    groups: tuple[str, ...]
    natural: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Town:
    """A town of 9 digits with its villages; ``place`` counts from 1."""

    place: int
    code: str
    name: str
    villages: tuple[Village, ...]


def make_towns(rng: Random, towns: int, villages: int) -> tuple[Town, ...]:
    """Return ``towns`` towns with ``villages`` villages together, no village name twice in the county."""
    shares = [rng.uniform(0.7, 1.3) for _ in range(towns)]
    counts = _split(villages, shares)
    names = _village_names(rng)
    made = []
    for place, (name, count) in enumerate(zip(_TOWNS, counts, strict=False), 1):
        offset = 200 if name.endswith("乡") else 100
        code = f"{COUNTY_CODE}{offset + place - 1:03d}"
        made.append(
            Town(
                place,
                code,
                name,
                tuple(_village(rng, code, name, number, next(names)) for number in range(count)),
            )
        )
    return tuple(made)


def _split(total: int, shares: list[float]) -> list[int]:
    whole = sum(shares)
    counts = [max(1, int(total * share / whole)) for share in shares]
    for index in range(total - sum(counts)):
        counts[index % len(counts)] += 1
    return counts


def _village_names(rng: Random) -> Iterator[str]:
    names = [
        f"{prefix}{stem}{feature}"
        for stem in _STEMS
        for feature in _FEATURES
        for prefix in dict.fromkeys(_PREFIXES)
    ]
    # Three plain names to one with 前, 东, 大 … before it, as on a map.
    names.sort(key=lambda name: rng.random() * (1 if len(name) == 2 else 30))
    return iter(names)


def _village(rng: Random, town_code: str, town: str, number: int, name: str) -> Village:
    groups = tuple(f"第{_GROUPS[index]}村民小组" for index in range(rng.randint(3, 10)))
    stem = name[-2]
    natural = tuple(dict.fromkeys([name, *(f"{side}{stem}" for side in rng.sample("东西南北前后", 2))]))
    return Village(
        f"{town_code}{_FIRST_VILLAGE + number:03d}",
        town,
        f"{name}村",
        groups,
        natural,
        rng.lognormvariate(0, 0.45),
    )
