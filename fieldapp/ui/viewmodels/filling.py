"""A county's own blank: what its placeholders say, for whom it is filled, and where the files went."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import CancelToken, TaskRunner
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.services.table_builder import FillOrder
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.table_builder import Blank, WordLine
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.ui.viewmodels.table_selection import Scope, TableSelection

__all__ = ["FillingViewModel"]

Mode = Literal["each", "list"]


class FillingViewModel(ViewModel):
    """One blank at a time."""

    blank_changed = Signal()
    order_changed = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(object)  # Progress
    filled = Signal(str, str)  # a sentence, the folder or file
    _progress_arrived = Signal(object)

    def __init__(
        self,
        workspace: WorkspacePort,
        selection: TableSelection,
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._builder = workspace.table_builder
        self._runner = runner
        self._cancel = CancelToken()
        self.selection = selection
        self.scope_counts: dict[Scope, int] = {}
        self.blank: Blank | None = None
        self.lines: Sequence[WordLine] = ()
        self.all_words = False
        self.mode: Mode = "each"
        self.id_format: IdFormat = DEFAULT_FORMAT
        self.busy = False
        self._progress_arrived.connect(self.progressed)

    def load(self) -> None:
        """Count the households and list the placeholders there are."""
        self._runner.run(self.selection.counts, self._counted, self.report)
        self._list_words()

    def look(self, path: Path) -> None:
        """Look at a blank; nothing is written."""

        def read() -> tuple[Blank, list[WordLine]]:
            blank = self._builder.read(path)
            some = self.selection.household_ids()
            return blank, self._builder.examples(blank, some[0]) if some else []

        self._runner.run(read, self._looked, self._refused)

    def show_all_words(self, on: bool) -> None:
        """List every placeholder there is, or those of the blank."""
        self.all_words = on
        self._list_words()

    def set_mode(self, mode: Mode) -> None:
        """Say whether each household gets a file, or all are one list."""
        self.mode = mode
        self.order_changed.emit()

    def cells(self) -> list[tuple[Cell, ...]]:
        """Return a row a placeholder: as it is written, whom it is about, an example."""
        level = {
            "all": say("整份", "the paper"),
            "household": say("农户", "household"),
            "member": say("家庭成员", "member"),
        }
        return [
            (
                Cell(f"【{line.word}】"),
                Cell(level[line.level]),
                Cell(line.example or "—", tooltip=line.example),
            )
            for line in self.lines
        ]

    def target_name(self) -> str:
        """Return a name for the file of a list."""
        return f"{Path(self.blank.name).stem}-{say('已填', 'filled')}.{self.blank.kind}" if self.blank else ""

    def make(self, target: Path, purpose: str) -> None:
        """Fill the blank into a file (a list) or a folder."""
        if self.blank is None or self.busy:
            return
        blank, as_list, form = self.blank, self.mode == "list", self.id_format
        self._cancel = cancel = CancelToken()
        self._set_busy(True)

        def work() -> list[Path]:
            order = FillOrder(self.selection.household_ids(), purpose, as_list, form)
            return self._builder.fill(blank, order, target, self._progress_arrived.emit, cancel)

        self._runner.run(work, self._done, self._broke)

    def stop(self) -> None:
        """Stop after the file under way; what is finished stays."""
        self._cancel.cancel()

    def _list_words(self) -> None:
        blank = self.blank

        def read() -> list[WordLine]:
            some = self.selection.household_ids()
            first = some[0] if some else None
            if blank is None or self.all_words or first is None:
                return self._builder.words(first)
            return self._builder.examples(blank, first)

        self._runner.run(read, self._listed, self.report)

    def _counted(self, counts: dict[Scope, int]) -> None:
        self.scope_counts = counts
        self.order_changed.emit()

    def _listed(self, lines: Sequence[WordLine]) -> None:
        self.lines = lines
        self.blank_changed.emit()

    def _looked(self, found: tuple[Blank, list[WordLine]]) -> None:
        self.blank, lines = found
        self.all_words = False
        # A row that counts is a list; what is filled in for each is usually a file each.
        self.mode = "list" if any(each.word == "序号" for each in self.blank.found) else "each"
        self.order_changed.emit()
        self._listed(lines)

    def _refused(self, error: Exception) -> None:
        self.blank = None
        self._list_words()
        self.report(error)

    def _done(self, written: list[Path]) -> None:
        self._set_busy(False)
        place = written[0] if len(written) == 1 else written[0].parent
        self.filled.emit(
            say("已套填 {n} 份：{place}", "{n} files made: {place}", n=len(written), place=place.name),
            str(place),
        )

    def _broke(self, error: Exception) -> None:
        self._set_busy(False)
        self.report(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)
