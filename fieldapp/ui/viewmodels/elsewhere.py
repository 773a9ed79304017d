"""Looking for the same elsewhere 举一反三: the problems it is done for, the households to choose from, the tasks made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell, cells
from fieldapp.ui.viewmodels.latest import Latest
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.elsewhere import Candidate, Looked, LookMade, Source
    from fieldapp.services.worklist import AreaChoice
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["DAYS", "ElsewhereViewModel", "candidate_cells", "source_cells"]

#: Within how many days the households are to be looked at; 0 sets no day.
DAYS = (7, 15, 30, 0)


def source_cells(source: Source) -> tuple[Cell, ...]:
    """Return a problem's cells: kind, problem, head, place, how far the look is."""
    if source.total:
        far = say(
            "{done}/{total} 户，查出 {found} 户",
            "{done}/{total}, found at {found}",
            done=source.done,
            total=source.total,
            found=source.found,
        )
    else:
        far = say("还没有安排", "not begun")
    return (
        *cells(source.kind_label or "—"),
        Cell(source.description, tooltip=source.description),
        *cells(source.head_name, source.place),
        Cell(far, "attention" if not source.total else "neutral"),
    )


def candidate_cells(one: Candidate) -> tuple[Cell, ...]:
    """Return a household's cells: head, place, why it is suggested, what is there already."""
    why = "；".join(choose(*reason) for reason in one.reasons)
    if one.tasked:
        there = Cell(say("已安排", "has a task"), "good")
    elif one.known:
        there = Cell(say("已登记：{what}", "known: {what}", what=one.known), "accent", one.known)
    else:
        there = Cell("")
    return (*cells(one.head_name, one.place), Cell(why, "accent" if one.suggested else "neutral", why), there)


class ElsewhereViewModel(ViewModel):
    """``loaded``: the problems; ``looked``: the households of the one that is open; ``told``: a sentence with an undo."""

    loaded = Signal()
    looked = Signal()
    told = Signal(str, object)

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._elsewhere = workspace.elsewhere
        self._runner = runner
        self.allowed = False
        self.sources: Sequence[Source] = ()
        self.areas: Sequence[AreaChoice] = ()
        self.issue_id = ""
        self.area_code = ""
        self.found: Looked | None = None
        self._latest: Latest[tuple[bool, list[Source], list[AreaChoice]]] = Latest(
            runner, self._show, self.report
        )
        self._look: Latest[Looked] = Latest(runner, self._show_households, self._could_not)

    def load(self) -> None:
        """Look the problems up again."""
        elsewhere, worklist = self._elsewhere, self._workspace.worklist
        self._latest.ask(
            lambda: (True, elsewhere.sources(), worklist.areas()) if elsewhere.allowed() else (False, [], [])
        )

    def begin(self, issue_id: str) -> None:
        """Open a problem: show the households that may have it too."""
        self.issue_id, self.area_code, self.found = issue_id, "", None
        self.look()

    def choose_area(self, code: str) -> None:
        """Narrow the households to a place."""
        if code != self.area_code:
            self.area_code = code
            self.look()

    def look(self) -> None:
        """Look the households up again."""
        elsewhere, issue, wanted = self._elsewhere, self.issue_id, WorkFilter(area_code=self.area_code)
        self._look.ask(lambda: elsewhere.look(issue, wanted))

    def leave(self) -> None:
        """Go back to the problems."""
        self.issue_id, self.found = "", None
        self.load()

    def suggested(self) -> list[int]:
        """Return the positions that are chosen beforehand."""
        candidates = self.found.candidates if self.found else ()
        return [at for at, one in enumerate(candidates) if one.suggested]

    def title(self) -> str:
        """Return for which problem one looks; where it was found is for the office only."""
        if self.found is None:
            return say("正在查看…", "Looking…")
        source = self.found.source
        return f"{source.kind_label}：{source.description}（{source.place} {source.head_name}）".lstrip("：")

    def note(self) -> str:
        """Return what the list shows, and how many households it leaves out."""
        if self.found is None:
            return ""
        left = self.found.left_out
        told = say(
            "{n} 户，其中 {s} 户按登记册可能有同样的问题，已先选上。",
            "{n} households; {s} are suggested by the register and chosen.",
            n=f"{len(self.found.candidates):,}",
            s=len(self.suggested()),
        )
        more = say("另有 {n} 户没有列出，请先选一个村。", "{n} more: choose a village.", n=f"{left:,}")
        return f"{told}{more if left else ''}"

    def make(self, positions: Sequence[int], days: int, what: str) -> None:
        """Make a task at each chosen household; within ``days``, or without a day."""
        if self.found is None:
            return
        homes = [self.found.candidates[at].household_id for at in positions]
        due = self._workspace.today() + timedelta(days=days) if days else None
        elsewhere, issue = self._elsewhere, self.issue_id
        self._runner.run(lambda: elsewhere.make(issue, homes, due, what), self._made, self.report)

    def _made(self, made: LookMade) -> None:
        there = say("，{n} 户原来就有", "; {n} had one", n=made.there) if made.there else ""
        sentence = say(
            "已给 {n} 户安排同类排查{there}。同步后各户的帮扶责任人能看到。",
            "{n} households are to be looked at{there}. Their helpers see it after a sync.",
            n=made.tasks,
            there=there,
        )
        self.told.emit(
            sentence, (say("撤回", "Take back"), lambda: self._take_back(made)) if made.tasks else None
        )
        if self.issue_id:
            self.look()

    def _take_back(self, made: LookMade) -> None:
        def done(number: int) -> None:
            self.told.emit(say("已撤回 {n} 户的安排。", "{n} tasks were taken back.", n=number), None)
            self.look() if self.issue_id else self.load()

        self._runner.run(lambda: self._elsewhere.take_back(made), done, self.report)

    def _show(self, found: tuple[bool, list[Source], list[AreaChoice]]) -> None:
        self.allowed, self.sources, self.areas = found
        self.loaded.emit()

    def _show_households(self, found: Looked) -> None:
        if found.source.issue_id == self.issue_id:  # left meanwhile, or another one opened
            self.found = found
            self.looked.emit()

    def _could_not(self, error: Exception) -> None:
        self.issue_id = ""
        self.report(error)
        self.load()
