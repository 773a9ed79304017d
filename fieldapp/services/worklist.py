"""The work list: which households are due, found by name, pinyin, number or phone, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldapp.register.plan import DueState

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store
    from fieldapp.store import WorkRow as StoreRow

__all__ = ["AreaChoice", "GroupAxisCount", "GroupCount", "WorkCounts", "WorkFilter", "WorkList", "WorkRow"]


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which households: all parts must hold; an empty part asks for nothing.

    ``kinds``: out_of_poverty | monitored | ordinary, any of them. ``mine``: only the households one is paired with.
    ``marks``: going | tasks | absent | attempts, any of them. ``within``: only these (a number that was opened).
    ``groups``: names of groups, any of them on one axis, and on every axis that is named.
    """

    text: str = ""
    states: frozenset[DueState] = frozenset()
    area_code: str = ""
    group: str = ""
    kinds: frozenset[str] = field(default_factory=frozenset)
    mine: bool = False
    marks: frozenset[str] = frozenset()
    within: tuple[str, ...] | None = None
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line as it is shown: labels in Chinese, dates ISO, ``due_on`` None where nothing is due."""

    household_id: str
    house_no: str
    head_name: str
    village_name: str
    group_name: str
    member_count: int
    household_type: str
    monitor: str
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
    absent: bool = False
    attempts: int = 0
    attempt_weeks: int = 0
    open_tasks: int = 0
    task_on: str | None = None


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """How many households in all, on the county's lists, and in each state; and records the county does not have yet."""

    total: int
    listed: int
    not_entered: int
    due: int
    overdue: int
    fulfilled: int
    unsent: int
    unscheduled: int = 0
    tasks: int = 0
    absent: int = 0
    attempted: int = 0


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """A place to filter by, and how many households it has."""

    code: str
    name: str
    level: str
    households: int


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A group of households of the county's policy, with its households and persons. Groups overlap and are never summed."""

    name: str
    zh: str
    en: str
    households: int
    persons: int


@dataclass(frozen=True, slots=True)
class GroupAxisCount:
    """An axis with its groups, in the order of the county's file."""

    zh: str
    en: str
    groups: tuple[GroupCount, ...]


class WorkList:
    """The list of the person who unlocked the vault."""

    def __init__(self, store: Store, person: Staff, schema: RegisterSchema, clock: Clock) -> None:
        self._store = store
        self._person = person
        self._schema = schema
        self._clock = clock

    def ids(self, wanted: WorkFilter) -> list[int]:
        """Return row keys in display order: due first, then by village, group and house number."""
        from fieldapp.store import WorkFilter as StoreFilter

        return self._store.worklist_keys(
            StoreFilter(
                text=wanted.text,
                states=wanted.states,
                area_code=wanted.area_code,
                group=wanted.group,
                kinds=wanted.kinds,
                staff_id=self._person.id if wanted.mine else "",
                marks=wanted.marks,
                within=wanted.within,
                groups=wanted.groups,
            )
        )

    def rows(self, keys: Sequence[int]) -> list[WorkRow]:
        """Return the lines of a page of keys."""
        return [self._row(line) for line in self._store.worklist_rows(keys)]

    def counts(self) -> WorkCounts:
        """Return the counts of the whole list."""
        found = self._store.work_counts()
        return WorkCounts(
            total=found.total,
            listed=found.listed,
            not_entered=found.not_entered,
            due=found.due,
            overdue=found.overdue,
            fulfilled=found.fulfilled,
            unscheduled=found.unscheduled,
            unsent=found.unsent,
            tasks=found.tasks,
            absent=found.absent,
            attempted=found.attempted,
        )

    def areas(self) -> list[AreaChoice]:
        """Return the places one may filter by, from the county down."""
        return [AreaChoice(a.code, a.name, a.level, a.households) for a in self._store.areas()]

    def groups(self, area_code: str = "") -> list[GroupAxisCount]:
        """Return the groups in force today by axis, with their households and persons in a place (all, unless given)."""
        book, today = self._store.group_book(), self._clock.today()
        now = book.in_force(today)
        numbers = self._store.group_numbers(now, area_code)
        axes = [
            GroupAxisCount(
                axis.zh,
                axis.en,
                tuple(
                    GroupCount(g.name, g.zh, g.en, numbers[g.name].households, numbers[g.name].persons)
                    for g in now
                    if g.axis == axis.name
                ),
            )
            for axis in book.axes
        ]
        return [axis for axis in axes if axis.groups]

    def _row(self, line: StoreRow) -> WorkRow:
        return WorkRow(
            household_id=line.household_id,
            house_no=line.house_no,
            head_name=line.head_name,
            village_name=line.village_name,
            group_name=line.group_name,
            member_count=line.member_count,
            household_type=self._schema.label("household_type", line.household_type),
            monitor=self._schema.label("monitor_kind", line.monitor_kind),
            risk_cleared=line.risk_cleared,
            phone=line.phone,
            helper_name=line.helper_name,
            last_visit=line.last_visit,
            done=line.done,
            required=line.required,
            due_on=line.due_on,
            due_state=line.due_state,
            open_issues=line.open_issues,
            unsent=line.unsent,
            has_draft=line.has_draft,
            absent=line.absent,
            attempts=line.attempts,
            attempt_weeks=line.attempt_weeks,
            open_tasks=line.open_tasks,
            task_on=line.task_on,
        )
