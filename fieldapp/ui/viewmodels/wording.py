"""The words of a household's state: where it stands with visits, how far its records have gone, what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from fieldapp.register.plan import DueState
from fieldapp.ui.dates import short_day
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import say

if TYPE_CHECKING:
    from fieldapp.services.worklist import WorkRow

__all__ = [
    "due_text",
    "due_tone",
    "group_label",
    "kind_label",
    "mark_label",
    "outcome_text",
    "risk_text",
    "sent_text",
    "source_label",
    "state_label",
    "visits_text",
]

_TONES: Mapping[DueState, Tone] = {
    "unscheduled": "neutral",
    "not_entered": "neutral",
    "fulfilled": "good",
    "resting": "neutral",
    "due": "accent",
    "overdue": "attention",
}


def due_tone(state: DueState) -> Tone:
    """Return the tone of a state. Late entry is ordinary and has none."""
    return _TONES[state]


def state_label(state: DueState) -> str:
    """Return the short name of a state, as on the filter chips."""
    return {
        "unscheduled": say("不作要求", "Not required"),
        "not_entered": say("本年未补录", "Not typed in"),
        "fulfilled": say("今年已走满", "Year fulfilled"),
        "resting": say("未到期", "Not due yet"),
        "due": say("近期要走", "Due soon"),
        "overdue": say("已超期", "Overdue"),
    }[state]


def due_text(state: DueState, due_on: str | None, required: int, today: date) -> str:
    """Return where a household stands with its visits, with the date that matters."""
    if state == "not_entered":
        return say("本年走访记录尚未补录", "not typed in yet this year")
    if state == "unscheduled":
        return say("一般农户，不作次数要求", "ordinary household, no number required")
    if state == "fulfilled":
        return say("今年 {n} 次已走满", "all {n} visits made", n=required)
    if due_on is None:
        return state_label(state)
    days = (date.fromisoformat(due_on) - today).days
    if state == "overdue":
        return say("已超期 {n} 天", "overdue by {n} days", n=-days)
    if state == "due" and days == 0:
        return say("今天到期", "due today")
    day = short_day(due_on, today)
    if state == "due":
        return say("还有 {n} 天 · {day}", "{n} days left · {day}", n=days, day=day)
    return say("未到期 · {day}", "by {day}", day=day)


def visits_text(row: WorkRow, today: date) -> str:
    """Return where a household stands, and how often somebody went there and met nobody since."""
    text = due_text(row.due_state, row.due_on, row.required, today)
    if not row.attempts:
        return text
    return say("{text} · {n} 次未遇", "{text} · {n} not met", text=text, n=row.attempts)


def sent_text(row: WorkRow) -> tuple[str, Tone]:
    """Return how far the household's records have gone from this laptop; empty when nothing waits."""
    if row.has_draft:
        return say("有草稿", "draft"), "accent"
    if row.unsent:
        return say("{n} 条未发送", "{n} not sent", n=row.unsent), "attention"
    return "", "neutral"


def risk_text(cleared: bool | None) -> str:
    """Return the risk of a monitored household; empty where there is none to speak of."""
    if cleared is None:
        return ""
    return say("已消除", "cleared") if cleared else say("未消除", "open")


def kind_label(kind: str) -> str:
    """Return the chip name of a category filter."""
    return {
        "out_of_poverty": say("脱贫户", "Out of poverty"),
        "monitored": say("监测对象", "Monitored"),
        "ordinary": say("一般农户", "Ordinary"),
    }[kind]


def mark_label(mark: str) -> str:
    """Return the chip name of a mark of the plan."""
    return {
        "tasks": say("有待办", "With tasks"),
        "attempts": say("去了没见到", "Not met yet"),
        "absent": say("长期外出", "Away for long"),
    }[mark]


def group_label(group: str) -> str:
    """Return a villagers' group as people say it: a bare number gets its 组."""
    return say("{g} 组", "group {g}", g=group) if group.isdigit() else group


def source_label(source: str) -> str:
    """Return how a visit is entered."""
    return {
        "onsite": say("现场", "on the spot"),
        "remote": say("电话/微信", "phone or WeChat"),
        "paper": say("据纸质记录补录", "typed in from paper"),
    }.get(source, source)


def outcome_text(outcomes: Mapping[str, int]) -> str:
    """Return what became of a batch's records, in the words of a person."""
    words = {
        "stored": say("已收存", "stored"),
        "applied": say("已更新台账", "applied"),
        "merged": say("已合并", "merged"),
        "duplicate": say("县里早已收到", "had it already"),
        "conflict": say("两边不一致，待核对", "conflict"),
        "held": say("县里暂存待核", "held"),
        "id_conflict": say("编号冲突", "id conflict"),
        "rejected": say("退回", "returned"),
    }
    parts = [f"{words.get(status, status)} {count}" for status, count in outcomes.items() if count]
    return " · ".join(parts)
