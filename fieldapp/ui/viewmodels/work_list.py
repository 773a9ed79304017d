"""The households page: filters and one search text in, rows and counts out. Each key cancels the query before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.plan import DueState
from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.latest import Latest
from fieldapp.ui.viewmodels.row_pages import PAGE_ROWS
from fieldapp.ui.viewmodels.view_model import ViewModel
from fieldapp.ui.viewmodels.work_table import WorkTable

if TYPE_CHECKING:
    from fieldapp.services.worklist import AreaChoice, GroupAxisCount, WorkCounts, WorkRow
    from fieldapp.ui.contract import WorkListPort

__all__ = ["KINDS", "MARKS", "STATES", "EmptyNote", "WorkListViewModel"]

STATES: tuple[DueState, ...] = ("overdue", "due", "not_entered", "resting", "fulfilled", "unscheduled")
MARKS = ("tasks", "attempts", "absent")
KINDS = ("out_of_poverty", "monitored", "ordinary")


@dataclass(frozen=True, slots=True)
class EmptyNote:
    """Why a list is empty, and what to do: ``act`` names the remedy (``clear`` or ``sync``)."""

    why: str
    what: str
    act: str


@dataclass(frozen=True, slots=True)
class _Answer:
    keys: list[int]
    first_page: list[WorkRow]


class WorkListViewModel(ViewModel):
    """State of the list: the filter, the table model and the counts."""

    rows_changed = Signal(int)
    filter_changed = Signal()
    counts_changed = Signal()
    areas_changed = Signal()
    groups_changed = Signal()

    def __init__(
        self,
        worklist: WorkListPort,
        today: Callable[[], date],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worklist = worklist
        self._runner = runner
        self.wanted = WorkFilter()
        self.counts: WorkCounts | None = None
        self.areas: Sequence[AreaChoice] = ()
        self.groups: Sequence[GroupAxisCount] = ()
        self._overview_wanted = False
        self.table = WorkTable(worklist.rows, today, self)
        self._queries: Latest[_Answer] = Latest(runner, self._show, self.report)

    def load(self) -> None:
        """Ask for rows, then for counts and areas: on opening, and after anything was written."""
        self._overview_wanted = True
        self.refresh()

    def refresh(self) -> None:
        """Ask for the rows again under the filter in force."""
        wanted, worklist = self.wanted, self._worklist

        def query() -> _Answer:
            keys = worklist.ids(wanted)
            return _Answer(keys, worklist.rows(keys[:PAGE_ROWS]))

        self._queries.ask(query)

    def set_text(self, text: str) -> None:
        """Search: name, pinyin or its initials, last four of an ID number, phone, household number."""
        self._want(text=text.strip())

    def toggle_state(self, state: DueState) -> None:
        """Add or drop a visit state."""
        self._want(states=self.wanted.states ^ {state})

    def only_states(self, states: frozenset[DueState]) -> None:
        """Show just these states, from any text and place (a number on Today was opened)."""
        self._set(WorkFilter(states=states))

    def only(self, wanted: WorkFilter) -> None:
        """Show just what a number elsewhere stands for."""
        self._set(wanted)

    def toggle_mark(self, mark: str) -> None:
        """Add or drop a mark: tasks, absent, attempts."""
        self._want(marks=self.wanted.marks ^ {mark})

    def toggle_kind(self, kind: str) -> None:
        """Add or drop a category."""
        self._want(kinds=self.wanted.kinds ^ {kind})

    def toggle_group(self, group: str) -> None:
        """Add or drop a group of the county's policy: any of them on one axis, and on every axis that has one."""
        self._want(groups=self.wanted.groups ^ {group})

    def ask_groups(self) -> None:
        """Count the groups in the chosen place, when somebody wants to see them."""
        worklist, area = self._worklist, self.wanted.area_code
        self._runner.run(lambda: worklist.groups(area), self._grouped, self.report)

    def set_mine(self, mine: bool) -> None:
        """Only the households one is paired with."""
        self._want(mine=mine)

    def set_area(self, area_code: str) -> None:
        """Only households of a town or village; empty = all."""
        self._want(area_code=area_code)

    def clear(self) -> None:
        """Drop every filter."""
        self._set(WorkFilter())

    @property
    def filtered(self) -> bool:
        """Whether any filter is in force."""
        return self.wanted != WorkFilter()

    def ids_at(self, positions: Sequence[int]) -> list[str]:
        """Return the household ids at table positions."""
        rows = (self.table.work_row(position) for position in positions)
        return [row.household_id for row in rows if row is not None]

    def rows_at(self, positions: Sequence[int]) -> list[WorkRow]:
        """Return the rows at table positions."""
        rows = (self.table.work_row(position) for position in positions)
        return [row for row in rows if row is not None]

    def empty_note(self) -> EmptyNote:
        """Return why there are no rows and what helps."""
        if not self.filtered:
            return EmptyNote(
                say("这台电脑上还没有农户", "There are no households on this laptop yet"),
                say(
                    "到“同步”页接收一次，县里会把你负责的农户发下来。",
                    "Fetch once on the Sync page; the county sends the households in your care.",
                ),
                "sync",
            )
        if self.wanted.text:
            return EmptyNote(
                say("没有找到「{text}」", "Nothing found for “{text}”", text=self.wanted.text),
                say(
                    "可以试试姓名、拼音首字母（如 zs）、身份证后 4 位、电话或户编号；也可能被上面的筛选挡住了。",
                    "Try a name, pinyin initials (zs), the last 4 of an ID number, a phone or household number; "
                    "or a filter above hides it.",
                ),
                "clear",
            )
        return EmptyNote(
            say("没有符合筛选的农户", "No household fits the filters"),
            say("去掉一两个筛选再看。", "Take a filter or two away."),
            "clear",
        )

    def _want(self, **changes: object) -> None:
        self._set(dataclasses.replace(self.wanted, **changes))  # type: ignore[arg-type]

    def _set(self, wanted: WorkFilter) -> None:
        if wanted == self.wanted:
            return
        self.wanted = wanted
        self.filter_changed.emit()
        self.refresh()

    def _show(self, answer: _Answer) -> None:
        self.table.show(answer.keys, answer.first_page)
        self.rows_changed.emit(len(answer.keys))
        if self._overview_wanted:
            # Only now: the rows are what one waits for.
            self._overview_wanted = False
            self._runner.run(self._worklist.counts, self._counted, self.report)
            if not self.areas:
                self._runner.run(self._worklist.areas, self._placed, self.report)

    def _counted(self, counts: WorkCounts) -> None:
        self.counts = counts
        self.counts_changed.emit()

    def _grouped(self, groups: list[GroupAxisCount]) -> None:
        self.groups = groups
        self.groups_changed.emit()

    def _placed(self, areas: list[AreaChoice]) -> None:
        self.areas = areas
        self.areas_changed.emit()
