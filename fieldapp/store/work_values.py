"""The work list's values: what is asked, a line, the counts, the places."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldapp.register.plan import DueState

__all__ = ["AreaCount", "GroupNumbers", "WorkCounts", "WorkFilter", "WorkRow"]


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which households. ``area_code`` is a prefix (town or village), ``kinds`` of out_of_poverty, monitored, ordinary
    (any of them), ``staff_id`` the helper whose households are asked for; empty means all. ``marks`` (any of them):
    going (due, overdue, or with a task that is), tasks, absent, attempts. ``within``: only these households. ``groups``: of any of these on an axis, and on
    every axis that is named.
    """

    text: str = ""
    states: frozenset[DueState] = frozenset()
    area_code: str = ""
    group: str = ""
    kinds: frozenset[str] = field(default_factory=frozenset)
    staff_id: str = ""
    marks: frozenset[str] = frozenset()
    within: tuple[str, ...] | None = None
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line of the work list; codes as in the register's code lists. ``due_on`` is None where nothing is due;
    ``task_on`` is the first day by which a task or problem asks for something; ``attempts`` since somebody was met.
    """

    key: int
    household_id: str
    house_no: str
    head_name: str
    village_name: str
    group_name: str
    member_count: int
    household_type: str
    monitor_kind: str | None
    risk_cleared: bool | None
    phone: str
    helper_name: str
    last_visit: str | None
    done: int
    required: int
    due_on: str | None
    due_state: DueState
    open_issues: int
    unsent: int
    has_draft: bool
    absent: bool
    attempts: int
    attempt_weeks: int
    open_tasks: int
    task_on: str | None


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """How many households in all, on the county's lists, in each due state; records not yet received; households with open
    tasks, away for long, and tried without meeting anybody."""

    total: int
    listed: int
    not_entered: int
    due: int
    overdue: int
    resting: int
    fulfilled: int
    unscheduled: int
    unsent: int
    tasks: int
    absent: int
    attempted: int


@dataclass(frozen=True, slots=True)
class GroupNumbers:
    """How many households and persons a group has."""

    households: int
    persons: int


@dataclass(frozen=True, slots=True)
class AreaCount:
    """A place with households, and how many."""

    code: str
    parent: str
    name: str
    level: str
    households: int
