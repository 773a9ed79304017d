"""Campaigns (遍访、自查轮次、大排查 …): whom they cover, from when to when, and what counts. Data of the county.

Each round is a campaign of its own, so that rounds stay apart (A069). A sample is drawn by seed and size, the same
households however often it is drawn (A115). Requirements A066–A069, A098, A113, A115, A147.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal, get_args

from fieldapp.register.axes import AXES, fits_any
from fieldapp.register.entities import Household

__all__ = [
    "CampaignKind",
    "Campaign",
    "Population",
    "Sample",
    "draw_sample",
    "read_campaigns",
]

CampaignKind = Literal["all_visits", "self_check", "survey", "sample", "six_ones", "special"]
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Population:
    """Which households: of any of the axes ``kinds`` and of any place ``areas`` (code prefixes); empty asks nothing."""

    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def covers(self, household: Household) -> bool:
        """Tell whether a household belongs to it."""
        placed = not self.areas or household.area_code.startswith(self.areas)
        return placed and fits_any(self.kinds, household)


@dataclass(frozen=True, slots=True)
class Sample:
    """How many are drawn, in all or in each village, and the seed that makes the draw the same for everybody."""

    seed: str
    size: int
    per_village: bool = False


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign, or one round of it. A visit or filled form counts from ``starts_on`` to ``deadline``, both included."""

    id: str
    name: str
    kind: CampaignKind
    starts_on: date
    deadline: date
    form: str = "visit"
    round: int = 1
    population: Population = Population()
    remote_counts: bool = False
    level: str = ""
    requirement: str = ""
    sample: Sample | None = None

    def running(self, today: date) -> bool:
        """Whether the campaign has begun and its deadline has not passed."""
        return self.starts_on <= today <= self.deadline


def draw_sample(sample: Sample, households: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the ids drawn from (household id, village code) pairs. Neither order nor time matters, only seed and ids."""

    def ticket(household_id: str) -> str:
        return hashlib.sha256(f"{sample.seed}\x1f{household_id}".encode()).hexdigest()

    villages: dict[str, list[str]] = {}
    for household_id, village in households:
        villages.setdefault(village if sample.per_village else "", []).append(household_id)
    drawn = [
        household_id
        for some in villages.values()
        for household_id in sorted(some, key=lambda each: (ticket(each), each))[: sample.size]
    ]
    return tuple(sorted(drawn))


def read_campaigns(text: str) -> tuple[Campaign, ...]:
    """Read the county's campaigns, soonest deadline first. Raises ValueError with what is wrong where (Chinese / English)."""
    campaigns = [_campaign(row) for row in tomllib.loads(text).get("campaign", [])]
    if len({campaign.id for campaign in campaigns}) != len(campaigns):
        raise ValueError("两个活动用了同一个 id / two campaigns share an id")
    _keep_rounds_apart(campaigns)
    return tuple(sorted(campaigns, key=lambda campaign: (campaign.deadline, campaign.id)))


def _keep_rounds_apart(campaigns: Sequence[Campaign]) -> None:
    """Two rounds of one kind, form and level at the same time could not tell whose a filled form is."""
    for one, other in combinations(campaigns, 2):
        same = (one.kind, one.form, one.level) == (other.kind, other.form, other.level)
        if (
            same
            and one.round != other.round
            and one.starts_on <= other.deadline
            and other.starts_on <= one.deadline
        ):
            raise ValueError(
                f"「{one.name}」和「{other.name}」是两轮，时间重叠，分不清记录算哪一轮 / two rounds overlap: {one.id}, {other.id}"
            )


def _campaign(row: Mapping[str, object]) -> Campaign:
    for needed in ("id", "name", "kind", "from", "deadline"):
        if not row.get(needed):
            raise ValueError(
                f"活动「{row.get('name') or row.get('id') or '?'}」缺 {needed} / it lacks {needed}"
            )
    where = f"活动「{row['name']}」"
    if not _ID.fullmatch(str(row["id"])):
        raise ValueError(f"{where}：id 只用小写字母、数字和减号 / id: small letters, digits and hyphens")
    kind = next((each for each in get_args(CampaignKind) if each == row["kind"]), None)
    if kind is None:
        raise ValueError(f"{where}：kind「{row['kind']}」不认识 / unknown kind")
    starts_on, deadline = _day(row, "from", where), _day(row, "deadline", where)
    if deadline < starts_on:
        raise ValueError(f"{where}：deadline 早于 from / the deadline is before it begins")
    return Campaign(
        id=str(row["id"]),
        name=str(row["name"]),
        kind=kind,
        starts_on=starts_on,
        deadline=deadline,
        form=str(row.get("form") or "visit"),
        round=_positive(row.get("round", 1), f"{where}：round"),
        population=_population(row.get("population"), where),
        remote_counts=bool(row.get("remote_counts", False)),
        level=str(row.get("level", "")),
        requirement=str(row.get("requirement", "")),
        sample=_sample(row.get("sample"), where),
    )


def _day(row: Mapping[str, object], key: str, where: str) -> date:
    try:
        return date.fromisoformat(str(row[key]))
    except ValueError:
        raise ValueError(f"{where}：{key}「{row[key]}」不是日期，应写成 2026-12-20 / not a date") from None


def _positive(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{where} 应是大于 0 的整数，现在是「{value}」 / must be a whole number above 0")
    return value


def _population(told: object, where: str) -> Population:
    if told is None:
        return Population()
    if not isinstance(told, dict):
        raise ValueError(f"{where}：population 应是一张表 / population must be a table")
    kinds = tuple(str(each) for each in (*told.get("kinds", []), *told.get("flags", [])))
    for kind in kinds:
        if kind not in AXES:
            raise ValueError(f"{where}：类别「{kind}」不认识，可用：{'、'.join(AXES)} / unknown kind")
    areas = tuple(str(each) for each in told.get("areas", []))
    for area in areas:
        if not area.isdigit():
            raise ValueError(f"{where}：区划代码「{area}」应是数字 / an area code has digits only")
    return Population(kinds, areas)


def _sample(told: object, where: str) -> Sample | None:
    if told is None:
        return None
    if not isinstance(told, dict) or not told.get("seed"):
        raise ValueError(f"{where}：sample 要写 seed（抽签的种子）/ sample needs a seed")
    each = "per_village" in told
    size = _positive(told.get("per_village" if each else "size"), f"{where}：sample.size 或 per_village")
    return Sample(str(told["seed"]), size, per_village=each)
