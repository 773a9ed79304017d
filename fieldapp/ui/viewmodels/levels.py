"""Progress of the year's visits by level: down into a place and up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell, cells
from fieldapp.ui.viewmodels.latest import Latest
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.progress import LevelLine
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["LevelsViewModel", "level_cells"]


def level_cells(line: LevelLine) -> tuple[Cell, ...]:
    """Return a place's cells: its name, how many are to be visited, how they stand, the share without anything missing."""
    share = f"{100 * line.on_time // line.total}%" if line.total else "—"
    return (
        *cells(line.name, str(line.total), str(line.fulfilled), str(line.due)),
        Cell(str(line.overdue), "attention" if line.overdue else "neutral"),
        *cells(str(line.not_entered), share),
    )


class LevelsViewModel(ViewModel):
    """``loaded`` says that ``lines`` are the places inside the last of ``trail``."""

    loaded = Signal()

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._progress = workspace.progress
        self.lines: Sequence[LevelLine] = ()
        self.trail: list[tuple[str, str]] = []  # code and name of the places gone into
        self._latest: Latest[list[LevelLine]] = Latest(runner, self._show, self.report)

    def load(self) -> None:
        """Look the places up again."""
        code, progress = (self.trail[-1][0] if self.trail else ""), self._progress
        self._latest.ask(lambda: progress.levels(code))

    def enter(self, line: LevelLine) -> WorkFilter | None:
        """Go into a place; of one without places inside return its households as a filter."""
        if not line.below:
            return WorkFilter(area_code=line.code)
        self.trail.append((line.code, line.name))
        self.load()
        return None

    def leave(self) -> None:
        """Go up one level."""
        if self.trail:
            self.trail.pop()
            self.load()

    def title(self) -> str:
        """Return where one is."""
        return " › ".join(name for _, name in self.trail) or say(
            "这台电脑上的全部", "Everything on this laptop"
        )

    def _show(self, lines: list[LevelLine]) -> None:
        self.lines = lines
        self.loaded.emit()
