"""Ledgers that are followed to the end: cases from plan to closing, unsafe houses from found to struck off; overdue first.

A deadline is the record's own, else the county's policy of the day it counts from; where the county has set none, none is made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fieldapp.exchange.ledger_book import LedgerColumn
from fieldapp.register.rules import UNSET

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.store import LedgerLine, Store

__all__ = ["CASE_COLUMNS", "HOUSE_COLUMNS", "FollowedLedgers", "FollowedLine"]

Cell = str | float
FollowedLine = tuple["LedgerLine", tuple[Cell, ...]]
_Sorted = tuple[int, str, FollowedLine]
CASE_COLUMNS = (
    LedgerColumn("登记日期", "Registered", 14),
    LedgerColumn("来源", "Source", 10),
    LedgerColumn("渠道", "Channel", 10),
    LedgerColumn("反映的情况", "Situation", 36),
    LedgerColumn("办理", "How far", 20),
    LedgerColumn("整改方案", "Plan", 30),
    LedgerColumn("责任人", "Who", 16),
    LedgerColumn("办结期限", "By", 14),
    LedgerColumn("办结日期", "Closed on", 14),
    LedgerColumn("办理结果", "How it was closed", 30),
    LedgerColumn("状态", "State", 10),
    LedgerColumn("核实日期", "Checked", 14),
    LedgerColumn("核实结论", "Conclusion", 14),
    LedgerColumn("告知日期", "Told", 14),
)
HOUSE_COLUMNS = (
    LedgerColumn("房屋", "Dwelling", 14),
    LedgerColumn("等级", "Grade", 8),
    LedgerColumn("发现日期", "Found on", 14),
    LedgerColumn("办理", "How far", 24),
    LedgerColumn("改造进度", "Stage", 12),
    LedgerColumn("改造时限", "By", 14),
    LedgerColumn("竣工日期", "Renewed on", 14),
    LedgerColumn("未销号的住房问题", "Open problems", 14),
)
_RENEWED = ("finished", "accepted", "paid")
_ACCEPTED = ("accepted", "paid")
_CLOSED_LEADS = ("admitted", "declined")


class FollowedLedgers:
    """Cases and unsafe houses with how far each is."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._today = clock.today()
        self._rules = store.rule_book()
        self._label = store.site.schema.label

    def cases(self) -> list[FollowedLine]:
        """Return the cases by hotline and petition: overdue, then by their deadline, then without one, closed ones last."""
        return _in_order(self._case(line) for line in self._store.cases())

    def houses(self) -> list[FollowedLine]:
        """Return the dwellings of grade C or D and those being renewed, in the same order."""
        return _in_order(self._house(line) for line in self._store.unsafe_houses())

    def _case(self, line: LedgerLine) -> _Sorted:
        told = [_text(fact) for fact in line.facts]
        day, source, channel, situation, state, decide_by, checked, conclusion, told_on = told[:9]
        plan, unit, name, closed_on, result = told[9:]
        closed = closed_on or (told_on if conclusion == "decline" else "")
        done = bool(closed) or state in _CLOSED_LEADS
        by = decide_by or self._days_after(day, "identify_days")
        what = self._how_far(by, closed, done=done)
        if not done and not plan:
            what = "、".join(part for part in (what if what != "在办" else "", "还没有方案") if part)
        cells = (
            *(day, self._label("lead_source", source), self._label("lead_channel", channel), situation),
            *(what, plan, " ".join(part for part in (unit, name) if part), by or UNSET),
            *(closed, result, self._label("lead_state", state), checked),
            *(self._label("lead_conclusion", conclusion), told_on),
        )
        return self._rank(by, done=done), _key(by, closed or day, done=done), (line, cells)

    def _house(self, line: LedgerLine) -> _Sorted:
        name, grade, found, stage, deadline, renewed, priority = (_text(fact) for fact in line.facts[:7])
        problems = int(line.facts[7] or 0)
        done = stage in _ACCEPTED and not problems
        by = deadline or self._day_of(found, "housing_day_listed" if priority == "1" else "housing_day_other")
        if stage in _RENEWED:
            what = "已销档" if done else "已验收，住房问题未销号" if stage in _ACCEPTED else "已竣工，待验收"
        elif self._late(by):
            what = self._how_far(by, "", done=False)
        else:
            what = "改造中" if stage == "begun" else "已列入改造" if stage == "listed" else "还没有列入改造"
        cells = (
            *(name, self._label("house_grade", grade), found, what, self._label("renewal_stage", stage)),
            *(by or UNSET, renewed, float(problems)),
        )
        rank = self._rank("" if stage in _RENEWED else by, done=done)
        return rank, _key(by, renewed or found, done=done), (line, cells)

    def _how_far(self, by: str, closed: str, *, done: bool) -> str:
        if done:
            if not by or not closed:
                return "已办结"
            return "按期办结" if closed <= by else "超期办结"
        if self._late(by):
            return f"超期 {(self._today - date.fromisoformat(by)).days} 天"
        return "在办"

    def _late(self, by: str) -> bool:
        return bool(by) and by < self._today.isoformat()

    def _rank(self, by: str, *, done: bool) -> int:
        return 3 if done else 0 if self._late(by) else 1 if by else 2

    def _days_after(self, day: str, rule: str) -> str:
        """Return the day so many days after another, as the policy of that day has it."""
        if not day:
            return ""
        start = date.fromisoformat(day)
        days = self._rules.whole(rule, start)
        return (start + timedelta(days=days)).isoformat() if days is not None else ""

    def _day_of(self, found: str, rule: str) -> str:
        """Return the first such day of a year that is not before the house was found."""
        start = date.fromisoformat(found) if found else self._today
        for year in (start.year, start.year + 1):
            by = self._rules.day(rule, date(year, start.month, min(start.day, 28)))
            if by is not None and by >= start:
                return by.isoformat()
        return ""


def _in_order(lines: Iterable[_Sorted]) -> list[FollowedLine]:
    return [line for _, _, line in sorted(lines, key=lambda each: each[:2])]


def _key(by: str, day: str, *, done: bool) -> str:
    """Open ones by deadline, closed ones newest first."""
    return "".join(str(9 - int(each)) if each.isdigit() else each for each in day) if done else by


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
