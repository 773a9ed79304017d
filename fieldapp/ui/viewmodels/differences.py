"""What an export of the national system shows otherwise, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.national_check import CheckedExport, DifferenceLine
    from fieldapp.ui.contract import NationalPort

__all__ = ["DifferencesViewModel"]


class DifferencesViewModel(ViewModel):
    """One export at a time."""

    looked = Signal()
    told = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, national: NationalPort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._national = national
        self._runner = runner
        self._path: Path | None = None
        self._password: str | None = None
        self.checked: CheckedExport | None = None

    def look(self, path: Path, password: str | None = None) -> None:
        """Compare an export with the register."""
        self._path, self._password = path, password or None
        self._run(lambda: self._national.look(path, password or None), self._show)

    @property
    def lines(self) -> Sequence[DifferenceLine]:
        return self.checked.lines if self.checked else ()

    def summary(self) -> str:
        """Return what came of looking, in a sentence or two."""
        found = self.checked
        if found is None:
            return say(
                "选全国系统刚导出的表，和登记册逐项对照；已录的会自动核销，没到的列出来。",
                "Choose a fresh export; it is compared with the register fact by fact.",
            )
        told = say(
            "对照 {homes} 户：{n} 处不同，核销已录 {arrived} 条，标了已录但系统里还没有 {missing} 条。",
            "{homes} households: {n} differences, {arrived} lines arrived, {missing} did not.",
            homes=found.households,
            n=len(found.lines),
            arrived=found.arrived,
            missing=len(found.missing),
        )
        if found.unknown_households:
            n = len(found.unknown_households)
            told += say("登记册里没有的户 {n} 户。", " {n} households are not in the register.", n=n)
        errors = sum(finding.level == "error" for finding in found.findings)
        if errors:
            told += say("表里有 {n} 行读不了。", " {n} rows could not be read.", n=errors)
        return told

    def missing_rows(self) -> list[tuple[Cell, ...]]:
        """Return the lines that were marked as typed and did not arrive: whose, what, typed by whom and when."""
        missing = self.checked.missing if self.checked else ()
        return [
            (
                Cell(f"{line.place} {line.head_name}"),
                Cell(f"{line.subject} {line.label}".strip()),
                Cell(line.value),
                Cell(f"{line.by_name} {line.at[:10]}"),
            )
            for line in missing
        ]

    def rows(self) -> list[tuple[Cell, ...]]:
        """Return a row a difference."""
        return [
            (
                Cell(line.difference.head_name, tooltip=line.difference.house_no),
                Cell(line.difference.subject or "—"),
                Cell(line.label),
                Cell(line.local or "—"),
                Cell(line.national or "—"),
                Cell(f"{line.since} {line.source}".strip() or "—"),
                Cell(
                    say("{kind}，已在清单", "{kind}, on the list", kind=line.kind)
                    if line.on_list
                    else line.kind,
                    "attention" if line.on_list else "neutral",
                ),
            )
            for line in self.lines
        ]

    def accept(self, positions: Sequence[int]) -> None:
        """Take the national values of these lines over."""
        lines = [self.lines[at] for at in positions]

        def done(count: int) -> None:
            left = len(lines) - count
            self._told_and_again(
                say("已按全国系统改了 {n} 处。", "{n} values were taken over.", n=count)
                + (
                    say("{n} 处由县里认定，没有改；请县里导入。", " {n} are the county's to import.", n=left)
                    if left
                    else ""
                )
            )

        self._run(lambda: self._national.accept(lines), done)

    def keep(self, positions: Sequence[int]) -> None:
        """Keep the local values: they go on the to-type list."""
        lines = [self.lines[at] for at in positions]
        self._run(
            lambda: self._national.keep(lines),
            lambda n: self._told_and_again(say("{n} 处列入待录入清单。", "{n} are to be typed.", n=n)),
        )

    def save(self, path: Path, id_format: IdFormat = DEFAULT_FORMAT) -> None:
        """Write the difference list as a workbook."""
        checked = self.checked
        if checked is not None:
            self._run(
                lambda: self._national.save(checked, path, id_format=id_format),
                lambda _: self.told.emit(say("已存到 {name}。", "Saved as {name}.", name=path.name)),
            )

    def _told_and_again(self, sentence: str) -> None:
        self.told.emit(sentence)
        if self._path is not None:
            self.look(self._path, self._password)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        def ended(found: object) -> None:
            self.busy_changed.emit(False)
            done(found)

        def broke(error: Exception) -> None:
            self.busy_changed.emit(False)
            self.report(error)

        self.busy_changed.emit(True)
        self._runner.run(work, ended, broke)

    def _show(self, checked: CheckedExport) -> None:
        self.checked = checked
        self.looked.emit()
