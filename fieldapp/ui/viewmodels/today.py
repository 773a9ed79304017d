"""Today: what is due, how far the year is, what lies here unsent, which drafts wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.clock import Clock
from fieldapp.common.tasks import TaskRunner
from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.dates import hours_between, moment
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.proposals import gate_sentence
from fieldapp.ui.viewmodels.view_model import ViewModel
from fieldapp.ui.viewmodels.wording import group_label, source_label

if TYPE_CHECKING:
    from fieldapp.services.visits import DraftInfo
    from fieldapp.services.worklist import WorkCounts, WorkRow
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["DraftLine", "RouteStop", "TodayViewModel"]

_LISTED = 200


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One village and group with the households to see there: a route goes place by place."""

    place: str
    rows: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as it is listed."""

    id: str
    head_name: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Found:
    counts: WorkCounts
    due_total: int
    due: list[WorkRow]
    drafts: list[DraftInfo]
    last_sync: str | None
    proposals: str


class TodayViewModel(ViewModel):
    """What a cadre looks at in the two minutes before leaving."""

    loaded = Signal()
    draft_discarded = Signal(str)

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self.counts: WorkCounts | None = None
        self.due_total = 0
        self.stops: Sequence[RouteStop] = ()
        self.drafts: Sequence[DraftLine] = ()
        self.hours_unsent = 0
        self.proposals = ""

    @property
    def clock(self) -> Clock:
        return self._workspace.clock

    @property
    def today(self) -> Callable[[], date]:
        return self._workspace.today

    def load(self) -> None:
        """Look everything up again."""
        workspace = self._workspace

        def look() -> _Found:
            keys = workspace.worklist.ids(WorkFilter(marks=frozenset({"going"})))
            return _Found(
                workspace.worklist.counts(),
                len(keys),
                workspace.worklist.rows(keys[:_LISTED]),
                workspace.visits.drafts(),
                workspace.sync.status().last_sync,
                gate_sentence(workspace.proposals),
            )

        self._runner.run(look, self._found, self.report)

    def discard(self, draft_id: str) -> None:
        """Put a draft away; ``draft_discarded`` offers to take it back."""
        self._runner.run(
            lambda: self._workspace.visits.discard(draft_id), lambda _: self._discarded(draft_id), self.report
        )

    def restore(self, draft_id: str) -> None:
        """Take a discarded draft back."""
        self._runner.run(lambda: self._workspace.visits.restore(draft_id), lambda _: self.load(), self.report)

    def due_ids(self) -> tuple[str, ...]:
        """Return the households shown as due, in route order (for printing the list)."""
        return tuple(row.household_id for stop in self.stops for row in stop.rows)

    def _discarded(self, draft_id: str) -> None:
        self.draft_discarded.emit(draft_id)
        self.load()

    def _found(self, found: _Found) -> None:
        self.counts = found.counts
        self.due_total = found.due_total
        self.stops = _route(found.due)
        today = self._workspace.today()
        self.drafts = [
            DraftLine(
                draft.id,
                draft.head_name,
                say(
                    "{source} · 保存于{at}",
                    "{source} · saved {at}",
                    source=draft.title or source_label(draft.source),
                    at=moment(draft.saved_at, today),
                ),
            )
            for draft in found.drafts
        ]
        unsent_since = found.last_sync if found.counts.unsent else None
        self.hours_unsent = hours_between(unsent_since, self.clock.now()) if unsent_since else 0
        self.proposals = found.proposals
        self.loaded.emit()


def _route(rows: Sequence[WorkRow]) -> list[RouteStop]:
    places: dict[str, list[WorkRow]] = {}
    for row in rows:
        places.setdefault(f"{row.village_name} {group_label(row.group_name)}".strip(), []).append(row)
    return [RouteStop(place, tuple(found)) for place, found in places.items()]
