"""The visit plan: which household is due, from its visits of the year and the policy in force.

Requirements A127 (six a year, one every two months), A172 (overdue list), A065 (phone visits count as the policy says).
Late entry is ordinary: until this year's visits are typed in, a household is *not entered*, never overdue.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fieldapp.register.entities import Household
from fieldapp.register.policy import VisitPlan, VisitRule

__all__ = [
    "NOTICE_DAYS",
    "Attempts",
    "Due",
    "DueState",
    "VisitSummary",
    "add_months",
    "attempts_of",
    "due_of",
    "due_under",
    "is_absent",
]

DueState = Literal["unscheduled", "not_entered", "fulfilled", "resting", "due", "overdue"]
#: A visit is shown as due this many days before its date, so that it can be planned.
NOTICE_DAYS = 14
_MET = frozenset({"met"})
_GONE = frozenset({"away", "moved"})
_REMOTE = frozenset({"phone", "wechat", "sms"})


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """What the plan needs of a visit."""

    visit_date: date
    mode: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Due:
    """Where a household stands: counted visits this year, how many the year asks for, and by when the next one."""

    state: DueState
    done: int
    required: int
    due_on: date | None
    last_visit: date | None


@dataclass(frozen=True, slots=True)
class Attempts:
    """Visits since somebody was last met at which nobody was: how many, in how many weeks, the last one's day."""

    count: int
    weeks: int
    last_on: date | None


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, the last of the month where that day does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def due_of(visits: list[VisitSummary], rule: VisitRule, today: date, *, scheduled: bool = True) -> Due:
    """Judge a household's visits (any order, any years) on ``today``.

    Only visits in which somebody was met count; phone, WeChat and SMS count where the policy says so. A visit that is
    promised for later than today is ignored. A household that the rule does not ask to be visited (``scheduled`` False:
    an ordinary one, unless the policy says everyone) is *unscheduled*, never due.
    """
    counted = sorted(
        visit.visit_date
        for visit in visits
        if visit.outcome in _MET
        and visit.visit_date <= today
        and (rule.remote_counts or visit.mode not in _REMOTE)
    )
    this_year = [day for day in counted if day.year == today.year]
    last = counted[-1] if counted else None
    if not scheduled:
        return Due("unscheduled", len(this_year), 0, None, last)
    if not any(visit.visit_date.year == today.year and visit.visit_date <= today for visit in visits):
        return Due("not_entered", 0, rule.per_year, None, last)
    if len(this_year) >= rule.per_year:
        return Due("fulfilled", len(this_year), rule.per_year, None, last)
    due_on = add_months(last, rule.interval_months) if last else date(today.year, 1, 1)
    days_left = (due_on - today).days
    state: DueState = "overdue" if days_left < 0 else "due" if days_left <= NOTICE_DAYS else "resting"
    return Due(state, len(this_year), rule.per_year, due_on, last)


def due_under(visits: list[VisitSummary], plan: VisitPlan, household: Household, today: date) -> Due:
    """Judge a household under the rule of the plan that it falls under, absent or at home."""
    rule, scheduled = plan.rule_for(household, absent=is_absent(visits, today))
    return due_of(visits, rule, today, scheduled=scheduled)


def is_absent(visits: list[VisitSummary], today: date) -> bool:
    """Tell whether a family is away for long: the door has told so (外出、已搬) since somebody was last met there.

    A call by phone or WeChat reaches them where they are and does not bring them home.
    """
    past = [visit for visit in visits if visit.visit_date <= today]
    gone = max((visit.visit_date for visit in past if visit.outcome in _GONE), default=None)
    home = max(
        (visit.visit_date for visit in past if visit.outcome in _MET and visit.mode not in _REMOTE),
        default=None,
    )
    return gone is not None and (home is None or home < gone)


def attempts_of(visits: list[VisitSummary], today: date) -> Attempts:
    """Return the attempts since somebody was last met, whichever way. They are told, and they never count as visits."""
    past = [visit for visit in visits if visit.visit_date <= today]
    met = max((visit.visit_date for visit in past if visit.outcome in _MET), default=date.min)
    tried = [visit.visit_date for visit in past if visit.outcome not in _MET and visit.visit_date > met]
    weeks = {(day.toordinal() - 1) // 7 for day in tried}  # weeks begin on Monday, as does day 1
    return Attempts(len(tried), len(weeks), max(tried, default=None))
