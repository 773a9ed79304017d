"""Records that may be one person: the pairs, both sides of the chosen one, and which value is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import CancelToken, TaskRunner
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.duplicates import CompareLine, DuplicatePair, MergeLine
    from fieldapp.ui.contract import DuplicatesPort

__all__ = ["DuplicatesViewModel"]


class DuplicatesViewModel(ViewModel):
    """The first record of a pair is kept, until the sides are swapped."""

    pairs_changed = Signal()
    lines_changed = Signal()
    running_changed = Signal(bool)
    told = Signal(str, object)  # sentence, (label, act) or None

    def __init__(self, duplicates: DuplicatesPort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._duplicates = duplicates
        self._runner = runner
        self._cancel = CancelToken()
        self._kept = self._gone = ""
        self.pairs: Sequence[DuplicatePair] = ()
        self.merges: Sequence[MergeLine] = ()
        self.lines: Sequence[CompareLine] = ()
        self.taken: set[str] = set()
        self.position = -1
        self.loaded = False
        self.running = False

    def load(self) -> None:
        """Look over everybody again."""
        if self.running:
            return
        self._cancel = cancel = CancelToken()
        self._set_running(True)
        duplicates = self._duplicates
        self._runner.run(
            lambda: (duplicates.pairs(lambda _: None, cancel), duplicates.merges()),
            lambda found: self._show(*found),
            self._broke,
        )

    def stop(self) -> None:
        """Stop looking."""
        self._cancel.cancel()

    def choose(self, position: int) -> None:
        """Show the two sides of a pair."""
        if not 0 <= position < len(self.pairs):
            return
        self.position = position
        pair = self.pairs[position]
        self._compare(pair.first, pair.second)

    def swap(self) -> None:
        """Keep the other record."""
        if self._kept:
            self._compare(self._gone, self._kept)

    def toggle(self, position: int) -> None:
        """Take the other record's value of a fact, or leave it."""
        if 0 <= position < len(self.lines):
            line = self.lines[position]
            if line.differs and line.choosable:
                self.taken ^= {line.name}
                self.lines_changed.emit()

    def merge(self, reason: str) -> None:
        """Merge the pair; the notice can undo it."""
        kept, gone, taken = self._kept, self._gone, frozenset(self.taken)

        def done(_: None) -> None:
            self.told.emit(
                say("已合并成一个人，两条记录的内容都还在。", "Merged; both records are kept."),
                (say("撤销合并", "Undo"), lambda: self.undo(gone)),
            )
            self.load()

        self._runner.run(lambda: self._duplicates.merge(kept, gone, taken, reason), done, self.report)

    def tell_apart(self, reason: str) -> None:
        """Keep that they are two persons."""
        kept, gone = self._kept, self._gone

        def done(_: None) -> None:
            self.told.emit(say("已记下：不是同一个人。", "Noted: two persons."), None)
            self.load()

        self._runner.run(lambda: self._duplicates.tell_apart(kept, gone, reason), done, self.report)

    def undo(self, gone_id: str) -> None:
        """Take a merge apart."""

        def done(_: None) -> None:
            self.told.emit(say("已撤销，两个人都恢复原样。", "Undone; both are as they were."), None)
            self.load()

        self._runner.run(lambda: self._duplicates.undo(gone_id), done, self.report)

    @property
    def chosen(self) -> bool:
        """Whether a pair is shown."""
        return bool(self._kept)

    def pair_cells(self) -> list[tuple[Cell, ...]]:
        """Return a row a pair."""
        return [
            (
                Cell(pair.first_text, tooltip=pair.first_text),
                Cell(pair.second_text, tooltip=pair.second_text),
                Cell(choose(pair.reason_zh, pair.reason_en), "attention"),
            )
            for pair in self.pairs
        ]

    def line_cells(self) -> list[tuple[Cell, ...]]:
        """Return a row a fact: both values and which one will stand."""
        return [
            (
                Cell(choose(line.zh, line.en)),
                Cell(line.kept or "—"),
                Cell(line.gone or "—"),
                self._verdict(line),
            )
            for line in self.lines
        ]

    def merge_cells(self) -> list[tuple[Cell, ...]]:
        """Return a row a merge that was done."""
        return [(Cell(line.gone_text), Cell(line.kept_text)) for line in self.merges]

    def _verdict(self, line: CompareLine) -> Cell:
        if not line.differs:
            return Cell(say("相同", "same"))
        if not line.choosable:
            return Cell(
                say("以左边为准", "left stands"), tooltip=say("这一项由县里认定", "decided by the county")
            )
        if line.name in self.taken:
            return Cell(say("用右边 →", "take right"), "accent")
        return Cell(say("← 用左边", "keep left"), "attention")

    def _compare(self, kept: str, gone: str) -> None:
        def arrived(lines: list[CompareLine]) -> None:
            self._kept, self._gone, self.lines = kept, gone, lines
            # What the kept record does not know is taken from the other unless somebody says otherwise.
            self.taken = {line.name for line in lines if line.choosable and line.gone and not line.kept}
            self.lines_changed.emit()

        self._runner.run(lambda: self._duplicates.compare(kept, gone), arrived, self.report)

    def _show(self, pairs: list[DuplicatePair], merges: list[MergeLine]) -> None:
        self.pairs, self.merges, self.loaded = pairs, merges, True
        self._kept = self._gone = ""
        self.lines, self.position = (), -1
        self._set_running(False)
        self.pairs_changed.emit()
        self.lines_changed.emit()

    def _broke(self, error: Exception) -> None:
        self._set_running(False)
        self.report(error)

    def _set_running(self, running: bool) -> None:
        self.running = running
        self.running_changed.emit(running)
