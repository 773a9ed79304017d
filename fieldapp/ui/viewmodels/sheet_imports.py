"""The sheets that were taken in on this laptop, and taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.services.foreign_sheets import SheetUse
from fieldapp.ui.dates import moment
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.foreign_sheets import SheetImport, TakenBack
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["SheetImportsViewModel", "use_word"]


def use_word(use: SheetUse) -> str:
    """Return what a sheet is used for."""
    return {
        "payments": say("发放表：记成转移性收入", "Payment list: income items"),
        "facts": say("比对内容：逐格接受", "Facts: accept cell by cell"),
        "list": say("核对名单：谁在谁不在", "A list: who is on it"),
    }[use]


class SheetImportsViewModel(ViewModel):
    """``changed`` when the list has come, ``taken_back`` after an act, ``told`` a sentence."""

    changed = Signal()
    taken_back = Signal()
    told = Signal(str, object)

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._port = workspace.foreign_sheets
        self._runner = runner
        self._busy = False
        self.imports: Sequence[SheetImport] = ()

    def load(self) -> None:
        """Look up what was taken in on this laptop."""
        self._runner.run(self._port.imports, self._arrived, self.report)

    def cells(self) -> list[tuple[Cell, ...]]:
        """Return a row an import: when, the list, what for, lines, who, whether it stands."""
        today = self._workspace.today()
        return [
            (
                Cell(moment(one.at, today)),
                Cell(one.name, tooltip=one.name),
                Cell(one.item or use_word(cast("SheetUse", one.use))),
                Cell(f"{one.lines:,}"),
                Cell(one.by),
                Cell(say("{day} 撤回", "taken back {day}", day=moment(one.back_at, today)), "neutral")
                if one.back_at
                else Cell(say("已写入", "in"), "good"),
            )
            for one in self.imports
        ]

    def take_back(self, position: int) -> None:
        """Take an import back as a whole."""
        if self._busy or not 0 <= position < len(self.imports) or self.imports[position].back_at:
            return
        import_id = self.imports[position].id
        self._busy = True
        self._runner.run(lambda: self._port.take_back(import_id), self._taken_back, self._broke)

    def _arrived(self, found: list[SheetImport]) -> None:
        self.imports = found
        self.changed.emit()

    def _taken_back(self, done: TakenBack) -> None:
        self._busy = False
        kept = (
            say("；{n} 条后来又改过，没有动", "; {n} changed since were left", n=done.kept)
            if done.kept
            else ""
        )
        self.told.emit(
            say("已撤回 {n} 条{kept}。", "{n} records taken back{kept}.", n=done.records, kept=kept), None
        )
        self.load()
        self.taken_back.emit()

    def _broke(self, error: Exception) -> None:
        self._busy = False
        self.report(error)
