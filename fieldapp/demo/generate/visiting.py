"""This year's visits as the ledger has them: most households every two months, some behind, some not yet typed in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from fieldapp.demo.generate.model import Cadre, Facts, Family, VisitNote

__all__ = ["visits_of"]

#: How a household's year goes: visits so far are complete, end early, have a gap, or are not in the ledger.
_YEARS = (("complete", 66), ("behind", 18), ("gap", 9), ("none", 7))
_MODES = (("door", 76), ("phone", 17), ("wechat", 7))
_OUTCOMES = (("met", 91), ("nobody", 5), ("away", 3), ("refused", 1))
_CHANGES = ("job", "health", "school", "income", "members")

_LOOKED_AT = (
    "查看住房、饮水和吃穿情况，均有保障",
    "核对家庭成员和联系电话",
    "了解务工去向和近期收入",
    "讲解医保、养老缴费和“雨露计划”政策",
    "查看粮食储备和冬季取暖",
    "一起算了上半年收入账",
    "了解慢性病用药和家庭医生随访",
    "核对产业奖补、低保等到户资金到账情况",
    "了解孩子在校和学费情况",
    "提醒防汛、用电和防诈骗",
)
_FOUND = (
    "家庭稳定，无新增风险",
    "收入稳定，无返贫风险",
    "生产生活正常",
    "身体比上次好转",
    "外出务工人员工作稳定",
    "地里庄稼长势正常",
)
_NOT_MET = {
    "nobody": "家中无人，邻居说下地干活，改日再来",
    "away": "全家外出务工，邻居代答，已电话联系",
    "refused": "本人说忙，未入户，已另约时间",
}
_REQUESTS = (
    "希望介绍就近务工岗位",
    "咨询大病报销比例",
    "想改造卫生厕所",
    "询问小额信贷条件",
    "希望修补入户路",
)
_SOLVED = (
    "帮助办理医保报销",
    "代办高龄津贴认证",
    "联系帮扶车间上岗",
    "送去种子化肥",
    "帮助打扫院落",
    "帮助销售农产品",
)


def visits_of(rng: Random, family: Family, today: date) -> list[VisitNote]:
    """Return the household's visits of this year until today, in order."""
    helper = family.helper
    if helper is None:
        return []
    year = rng.choices([name for name, _ in _YEARS], [weight for _, weight in _YEARS])[0]
    return [_visit(rng, helper, day, today) for day in _days(rng, year, today)]


def _days(rng: Random, year: str, today: date) -> list[date]:
    """Return one day in each two months; ``behind`` ends early, ``gap`` leaves one out."""
    days = [
        date(today.year, month, 1) + timedelta(days=rng.randrange(58))
        for month in range(1, today.month + 1, 2)
    ]
    if year == "none":
        return []
    if year == "behind":
        days = days[: rng.randint(1, max(1, len(days) - 2))]
    elif year == "gap" and len(days) > 2:
        del days[rng.randrange(1, len(days) - 1)]
    return [day for day in days if day <= today]


def _visit(rng: Random, helper: Cadre, day: date, today: date) -> VisitNote:
    outcome = _weighted(rng, _OUTCOMES)
    facts: Facts = {
        "visit_date": day.isoformat(),
        "mode": _weighted(rng, _MODES) if outcome in ("met", "away") else "door",
        "outcome": outcome,
        "visitor_name": helper.name,
        "entered_at": _entered(rng, day, today),
    }
    if outcome != "met":
        return VisitNote(facts | {"summary": _NOT_MET[outcome]}, helper)
    looked_at = "，".join(rng.sample(_LOOKED_AT, 2))
    facts |= {
        "summary": f"{looked_at}。{rng.choice(_FOUND)}。",
        "answered_by": rng.choices(("本人", "家属"), (74, 26))[0],
        "changes": ["none"] if rng.random() < 0.86 else [rng.choice(_CHANGES)],
        "signing": _signing(rng, str(facts["mode"])),
    }
    if rng.random() < 0.08:
        facts["requests"] = rng.choice(_REQUESTS)
    if rng.random() < 0.16:
        facts["solved"] = rng.choice(_SOLVED)
    return VisitNote(facts, helper)


def _signing(rng: Random, mode: str) -> str:
    if mode != "door":
        return "phone"
    return rng.choices(("paper", "fingerprint", "relative"), (84, 12, 4))[0]


def _entered(rng: Random, day: date, today: date) -> str:
    """Return when the ledger's line was typed: within ten days, in the evening, China time as people write it."""
    typed = min(day + timedelta(days=rng.randrange(11)), today)
    moment = datetime.combine(typed, time(rng.randint(8, 21), rng.randrange(60)))
    return f"{moment:%Y-%m-%d %H:%M}"


def _weighted(rng: Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([code for code, _ in choices], [weight for _, weight in choices])[0]
