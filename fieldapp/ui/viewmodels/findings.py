"""Findings 疑点: what the data checks found, by rule or household; checking in the background, passing, exporting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.common.tasks import CancelToken, Progress, TaskRunner
from fieldapp.register.checks import Level
from fieldapp.services.findings import FindingCounts, FindingFilter, FindingGroup, Grouping
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell, cells
from fieldapp.ui.viewmodels.finding_table import FindingTable, level_label, level_tone
from fieldapp.ui.viewmodels.latest import Latest
from fieldapp.ui.viewmodels.row_pages import PAGE_ROWS
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.findings import FindingLine
    from fieldapp.services.worklist import AreaChoice
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["FindingsViewModel"]

_SOON_MS = 1500  # the page that was just opened paints first


@dataclass(frozen=True, slots=True)
class _Found:
    total: FindingCounts
    counts: FindingCounts
    groups: list[FindingGroup]
    ids: list[int]
    first_page: list[FindingLine]
    areas: list[AreaChoice]


class FindingsViewModel(ViewModel):
    """One per open workspace: checking goes on while one moves between pages."""

    loaded = Signal()
    counts_changed = Signal()
    running_changed = Signal(bool)
    progressed = Signal(object)  # Progress
    told = Signal(str, object)  # sentence, (label, act) or None
    _progress_arrived = Signal(object)

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self._cancel = CancelToken()
        self._latest: Latest[_Found] = Latest(runner, self._show, self.report)
        self.table = FindingTable(workspace.findings.lines, workspace.findings.mends, self)
        self.wanted = FindingFilter()
        self.by: Grouping = "rule"
        self.total: FindingCounts | None = None  # of everything on this laptop
        self.counts: FindingCounts | None = None  # under the filter, whatever group is chosen
        self.groups: Sequence[FindingGroup] = ()
        self.areas: Sequence[AreaChoice] = ()
        self.running = False
        self._progress_arrived.connect(self._show_progress)  # crosses from the worker's thread

    def load(self) -> None:
        """Look the findings up as the filter asks."""
        wanted, by, workspace = self.wanted, self.by, self._workspace

        def look() -> _Found:
            ids = workspace.findings.ids(wanted, by)
            return _Found(
                workspace.findings.counts(),
                workspace.findings.counts(replace(wanted, rule_id="", household_id="")),
                workspace.findings.groups(wanted, by),
                ids,
                workspace.findings.lines(ids[:PAGE_ROWS]),
                workspace.worklist.areas(),
            )

        self._latest.ask(look)

    def check_soon(self) -> None:
        """Check what was touched, a moment from now."""
        QTimer.singleShot(_SOON_MS, self, self.check)

    def check(self) -> None:
        """Check what was touched since the last time, in the background."""
        if self.running:
            return
        self._cancel = cancel = CancelToken()
        self._set_running(True)
        findings = self._workspace.findings
        self._runner.run(
            lambda: findings.refresh(self._progress_arrived.emit, cancel),
            lambda _: self._checked(),
            self._broke,
        )

    def stop(self) -> None:
        """Stop after the step under way; what was checked is kept."""
        self._cancel.cancel()

    def group_by(self, by: Grouping) -> None:
        """Group by rule or by household."""
        self.by = by
        self._ask(rule_id="", household_id="")

    def choose_group(self, position: int) -> None:
        """Show one group only; the first line of the groups is all of them."""
        chosen = self.groups[position - 1].id if 0 < position <= len(self.groups) else ""
        name = "rule_id" if self.by == "rule" else "household_id"
        if getattr(self.wanted, name) != chosen:
            self._ask(**{name: chosen})

    def toggle_level(self, level: Level) -> None:
        """Show or hide a level; none chosen shows all."""
        self._ask(levels=self.wanted.levels ^ {level})

    def set_area(self, code: str) -> None:
        self._ask(area_code=code)

    def set_mine(self, on: bool) -> None:
        self._ask(mine=on)

    def set_passed(self, on: bool) -> None:
        self._ask(passed=on)

    def set_text(self, text: str) -> None:
        self._ask(text=text.strip())

    def clear(self) -> None:
        """Ask for everything that is open."""
        self.wanted = FindingFilter()
        self.load()

    @property
    def filtered(self) -> bool:
        """Whether the filter leaves anything out."""
        return self.wanted != FindingFilter()

    def pass_chosen(self, positions: Sequence[int], reason: str) -> None:
        """Pass findings with a reason; the notice can take it back."""
        ids = [self.table.ids[position] for position in positions]
        self._runner.run(lambda: self._workspace.findings.pass_all(ids, reason), self._passed, self.report)

    def pass_group(self, reason: str) -> None:
        """Pass everything that is listed with one reason."""
        self.pass_chosen(range(len(self.table.ids)), reason)

    def open_again(self, positions: Sequence[int]) -> None:
        """Take passes back."""
        lines = [self.table.line(position) for position in positions]
        self._take_back([line.pass_id for line in lines if line is not None and line.pass_id])

    def export(self, path: Path) -> None:
        """Write what is listed as a workbook."""
        ids = list(self.table.ids)
        self._runner.run(
            lambda: self._workspace.findings.export(ids, path),
            lambda number: self.told.emit(
                say("已存成“{name}”，共 {n} 条。", "Saved {n} lines as “{name}”.", name=path.name, n=number),
                None,
            ),
            self.report,
        )

    def sentence(self) -> str:
        """Return the count for Today, in words."""
        counts = self.total
        if counts is None:
            return say("正在查看…", "Looking…")
        unchecked = say("还有 {n} 户正在核查。", "{n} households are being checked.", n=f"{counts.waiting:,}")
        if not counts.open:
            return unchecked if counts.waiting else say("没有待处理的疑点。", "Nothing was found.")
        found = say(
            "疑点 {n} 条：错误 {errors}、疑点 {doubts}、提示 {hints}。",
            "{n} findings: {errors} errors, {doubts} doubts, {hints} hints.",
            n=f"{counts.open:,}",
            errors=f"{counts.errors:,}",
            doubts=f"{counts.doubts:,}",
            hints=f"{counts.hints:,}",
        )
        return found + unchecked if counts.waiting else found

    def group_cells(self) -> list[tuple[Cell, ...]]:
        """Return the groups: everything first, then each with its level and number."""
        everything = sum(group.findings for group in self.groups)
        rows = [cells(say("全部", "All"), "", f"{everything:,}")]
        for group in self.groups:
            level = group.level
            text = choose(group.zh, group.en)
            mark = Cell(level_label(level), level_tone(level)) if level else Cell("")
            rows.append((Cell(text, tooltip=text), mark, Cell(f"{group.findings:,}")))
        return rows

    def _ask(self, **changes: object) -> None:
        self.wanted = replace(self.wanted, **changes)  # type: ignore[arg-type]
        self.load()

    def _show(self, found: _Found) -> None:
        self.total, self.counts = found.total, found.counts
        self.groups, self.areas = found.groups, found.areas
        self.table.show(found.ids, found.first_page)
        self.counts_changed.emit()
        self.loaded.emit()

    def _show_progress(self, progress: Progress) -> None:
        if self.running:
            self.progressed.emit(progress)

    def _checked(self) -> None:
        self._set_running(False)
        self.load()

    def _broke(self, error: Exception) -> None:
        self._set_running(False)
        self.load()
        self.report(error)

    def _set_running(self, running: bool) -> None:
        self.running = running
        self.running_changed.emit(running)

    def _passed(self, passes: tuple[str, ...]) -> None:
        self.told.emit(
            say(
                "已写说明，{n} 条不再提示；数据一变会重新提示。",
                "{n} passed, until the data change.",
                n=len(passes),
            ),
            (say("撤销", "Undo"), lambda: self._take_back(passes)),
        )
        self.load()

    def _take_back(self, passes: Sequence[str]) -> None:
        self._runner.run(
            lambda: self._workspace.findings.take_back(passes), lambda _: self.load(), self.report
        )
