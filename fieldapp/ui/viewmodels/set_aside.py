"""What was typed and is no fact of the register: lines, and putting one away with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.dates import moment
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.set_aside import SetAsideLine
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["SetAsideViewModel"]


class SetAsideViewModel(ViewModel):
    """The lines of the card 没有写入档案的."""

    lines_changed = Signal()
    put_away = Signal(str, object)  # a sentence, the ids

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self.lines: Sequence[SetAsideLine] = ()

    def load(self) -> None:
        """Read what waits."""
        self._runner.run(self._workspace.set_aside.lines, self._show, self.report)

    def cells(self) -> list[tuple[Cell, ...]]:
        """Return a row a line: whose, what, what was said, why it is no fact, where it waits."""
        today = self._workspace.today()
        return [_cells(line, today) for line in self.lines]

    def put_away_line(self, position: int) -> None:
        """Say that a line of this laptop is dealt with; one that waits in the county stays."""
        if not 0 <= position < len(self.lines) or not self.lines[position].here:
            return
        line = self.lines[position]
        self._runner.run(
            lambda: self._workspace.set_aside.put_away([line.id]),
            lambda _: self._done(line),
            self.report,
        )

    def take_back(self, ids: Sequence[str]) -> None:
        """Let lines wait again."""
        self._runner.run(lambda: self._workspace.set_aside.take_back(ids), lambda _: self.load(), self.report)

    def _done(self, line: SetAsideLine) -> None:
        self.put_away.emit(
            say(
                "{head}的“{fact}”已标记办好。",
                "“{fact}” of {head} is put away.",
                head=line.head_name,
                fact=choose(line.fact_zh, line.fact_en),
            ),
            [line.id],
        )
        self.load()

    def _show(self, lines: Sequence[SetAsideLine]) -> None:
        self.lines = lines
        self.lines_changed.emit()


def _cells(line: SetAsideLine, today: date) -> tuple[Cell, ...]:
    why = choose(line.reason_zh, line.reason_en)
    where = say("本机", "here") if line.here else say("县里", "county")
    return (
        Cell(line.head_name or say("（已不在名下）", "(no longer yours)"), tooltip=line.village),
        Cell(choose(line.fact_zh, line.fact_en)),
        Cell(line.text or "—", tooltip=line.text),
        Cell(why, "attention", tooltip=why),
        Cell(where),
        Cell(moment(line.at, today)),
    )
