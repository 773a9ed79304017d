"""The ledger of work: groups with their numbers, the people of one, a workbook of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.register.work_groups import WORK_GROUPS, WorkGroup
from fieldapp.ui.dates import month, short_day
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell, cells
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.workers import WorkerLine
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.ui.viewmodels.table_selection import Scope, TableSelection

__all__ = ["WorkersViewModel"]

_TONES: dict[WorkGroup, Tone] = {"returned": "attention", "wants": "attention", "planned": "accent"}


class WorkersViewModel(ViewModel):
    """One list of households at a time, one group of it shown."""

    loaded = Signal()
    told = Signal(str)

    def __init__(
        self,
        workspace: WorkspacePort,
        selection: TableSelection,
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workers = workspace.workers
        self._today = workspace.today
        self._runner = runner
        self._all: Sequence[WorkerLine] = ()
        self.selection = selection
        self.scope_counts: dict[Scope, int] = {}
        self.group: WorkGroup | None = None
        self.id_format: IdFormat = DEFAULT_FORMAT
        self.ready = False
        selection.changed.connect(self._again)

    def load(self) -> None:
        """Look the ledger up anew."""

        def work() -> tuple[dict[Scope, int], list[WorkerLine]]:
            return self.selection.counts(), self._workers.lines(self.selection.household_ids())

        self._runner.run(work, self._show, self.report)

    def choose(self, group: WorkGroup | None) -> None:
        """Show one group, or everybody."""
        self.group = group
        self.loaded.emit()

    @property
    def lines(self) -> list[WorkerLine]:
        """The people shown, household by household."""
        return [line for line in self._all if self.group in (None, line.group)]

    def groups(self) -> list[WorkGroup]:
        """Return the groups that have somebody, in their order."""
        there = {line.group for line in self._all}
        return [group for group in WORK_GROUPS if group in there]

    def group_cells(self) -> list[tuple[Cell, ...]]:
        """Return a row a group with its number, everybody first."""
        count = Counter(line.group for line in self._all)
        rows = [cells(say("全部", "Everybody"), f"{len(self._all):,}")]
        return rows + [
            (Cell(choose(*WORK_GROUPS[group])), Cell(f"{count[group]:,}", _TONES.get(group, "neutral")))
            for group in self.groups()
        ]

    def cell_rows(self) -> list[tuple[Cell, ...]]:
        """Return a row a person."""
        return [
            (
                Cell(f"{line.village}{line.group_name}"),
                Cell(line.head_name, tooltip=line.house_no),
                Cell(line.name),
                Cell(choose(*WORK_GROUPS[line.group]), _TONES.get(line.group, "neutral")),
                Cell(line.place or "—", tooltip=line.place),
                Cell(line.employer or "—", tooltip=line.employer),
                Cell(self._when(line.since) or "—"),
                Cell(self._when(line.back) or "—"),
                Cell(line.phone or "—"),
            )
            for line in self.lines
        ]

    def _when(self, text: str) -> str:
        """Return a day or a month as people say it."""
        return month(text) if len(text) == len("2026-11") else short_day(text, self._today())

    def household_at(self, position: int) -> str:
        """Return the household of a person shown."""
        return self.lines[position].household_id

    def file_name(self) -> str:
        """Return a name that says what is inside."""
        group = choose(*WORK_GROUPS[self.group]) if self.group else ""
        return say("务工台账{group}.xlsx", "work-ledger{group}.xlsx", group=f"_{group}" if group else "")

    def save(self, path: Path, purpose: str) -> None:
        """Write the people shown as a workbook."""
        lines, form = self.lines, self.id_format
        self._runner.run(
            lambda: self._workers.save(lines, path, purpose=purpose, id_format=form),
            lambda n: self.told.emit(
                say(
                    "已存到「{name}」，{n} 人。这份文件不再加密，用完请删除；导出已记入打印与导出记录。",
                    "Saved “{name}”, {n} people. It is not encrypted: delete it when done.",
                    name=path.name,
                    n=n,
                )
            ),
            self.report,
        )

    def _again(self) -> None:
        if self.ready:
            self.load()

    def _show(self, found: tuple[dict[Scope, int], list[WorkerLine]]) -> None:
        self.scope_counts, self._all = found
        self.ready = True
        if self.group not in (None, *self.groups()):
            self.group = None
        self.loaded.emit()
