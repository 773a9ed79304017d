"""A sheet of another office: what its columns mean, what it would change, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import CancelToken, TaskRunner
from fieldapp.register.identity import mask_id_number
from fieldapp.register.schema import Code
from fieldapp.services.foreign_sheets import SheetOrder, SheetUse
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.sheet_imports import SheetImportsViewModel, use_word
from fieldapp.ui.viewmodels.sheet_out import SheetOutViewModel
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.register.payments import Way
    from fieldapp.services.foreign_sheets import (
        Checked,
        LookedSheet,
        SheetLine,
        Taken,
    )
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.ui.viewmodels.table_selection import TableSelection

__all__ = ["USES", "ForeignSheetViewModel", "state_word", "use_word"]

#: What a list may say of somebody: that it is so, or which.
_SAID_BY_LISTS = ("boolean", "code", "codes")
_LONG_NUMBER = re.compile(r"\d{14,}[\dXx]*")
USES: tuple[SheetUse, ...] = ("payments", "facts", "list")
_TONES: dict[str, Tone] = {
    "new": "accent",
    "changed": "accent",
    "same": "neutral",
    "other_list": "attention",
    "only_ours": "attention",
    "name_differs": "attention",
    "twice": "attention",
    "several": "attention",
    "keys_differ": "attention",
    "unlikely": "attention",
    "not_found": "attention",
    "unreadable": "bad",
}


#: What a person has to choose line by line.
_UNSURE = frozenset({"name_differs", "other_list", "unlikely"})


def state_word(state: str) -> str:
    """Return a state in a word or two."""
    return {
        "new": say("新的", "new"),
        "changed": say("不同", "differs"),
        "same": say("一样", "the same"),
        "other_list": say("另一张表已记", "another list paid"),
        "only_ours": say("只有册里有", "only ours"),
        "name_differs": say("姓名不同", "other name"),
        "twice": say("表里重复", "twice"),
        "several": say("册里重复", "several"),
        "keys_differ": say("号码不一致", "numbers differ"),
        "unlikely": say("金额偏大", "large amount"),
        "not_found": say("名下没有", "not here"),
        "unreadable": say("读不出", "unreadable"),
    }[state]


class ForeignSheetViewModel(ViewModel):
    """One sheet at a time."""

    sheet_changed = Signal()
    checked_changed = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(object)  # Progress
    told = Signal(str, object)  # sentence, (label, act) or None
    _progress_arrived = Signal(object)

    def __init__(
        self,
        workspace: WorkspacePort,
        selection: TableSelection,
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.imports = SheetImportsViewModel(workspace, runner, self)
        self.out = SheetOutViewModel(workspace, selection, runner, self)
        self.imports.taken_back.connect(self._check_again)
        self.years: Sequence[int] = ()
        self.year = 0
        self._sheets_port = workspace.foreign_sheets
        self._runner = runner
        self._cancel = CancelToken()
        self.path: Path | None = None
        self.password: str | None = None
        self.sheets: Sequence[LookedSheet] = ()
        self.sheet: LookedSheet | None = None
        self.mapping: dict[int, str] = {}
        self.recognised = False
        self.use: SheetUse = "payments"
        self.code = ""
        self.month = ""
        self.flag = ""
        self.checked: Checked | None = None
        self.only = ""
        self.busy = False
        self._progress_arrived.connect(self.progressed)

    # The sheet

    def look(self, path: Path, password: str = "") -> None:
        """Look at a workbook; nothing is written."""
        self.path, self.password = path, password or None
        self._set_busy(True)
        self._runner.run(lambda: self._sheets_port.look(path, self.password), self._looked, self._broke)

    def choose_sheet(self, number: int) -> None:
        """Take another sheet of the workbook."""
        if 0 <= number < len(self.sheets):
            self.sheet = self.sheets[number]
            self.mapping, self.recognised = self._sheets_port.meanings(self.sheet)
            self.checked = None
            self.sheet_changed.emit()
            self.checked_changed.emit()

    def examples(self, column: int) -> list[str]:
        """Return some values of a column; identity numbers are masked, they are there to be recognised only."""
        values = self.sheet.examples[column] if self.sheet is not None else ()
        return [mask_id_number(value) if _LONG_NUMBER.fullmatch(value) else value for value in values]

    def targets(self) -> list[tuple[str, str]]:
        """Return what a column may mean: the meaning and its words."""
        return [(target, choose(zh, en)) for target, zh, en in self._sheets_port.targets()]

    def set_target(self, column: int, target: str) -> None:
        """Say what a column means; empty for nothing. A meaning belongs to one column."""
        self.mapping = {at: each for at, each in self.mapping.items() if at != column and each != target}
        if target:
            self.mapping[column] = target
        self.checked = None
        self.checked_changed.emit()
        self.sheet_changed.emit()

    def set_use(self, use: SheetUse) -> None:
        """Say what the sheet is used for."""
        self.use = use
        self.checked = None
        self.sheet_changed.emit()
        self.checked_changed.emit()

    def tell(self, *, code: str | None = None, month: str | None = None, flag: str | None = None) -> None:
        """Say which item, month or fact a list is about; what was found for another is no longer shown."""
        told = {"code": code, "month": month, "flag": flag}
        changed = {name: value for name, value in told.items() if value not in (None, getattr(self, name))}
        for name, value in changed.items():
            setattr(self, name, value)
        if changed and self.checked is not None:
            self.checked = None
            self.checked_changed.emit()

    def items(self) -> Sequence[Code]:
        """Return the items of income that a list may pay."""
        return self._workspace.schema.codes["income_item"].codes

    def flags(self) -> list[tuple[str, str]]:
        """Return the facts that a list may say are so or how they are: yes or no, and kinds and grades, of persons and
        households.
        """
        schema = self._workspace.schema
        return [
            (f"{name}.{prop.name}", f"{choose(spec.zh, spec.en)}：{choose(prop.zh, prop.en)}")
            for name in ("persons", "households")
            for spec in (schema.lists[name],)
            for prop in spec.properties.values()
            if prop.type in _SAID_BY_LISTS
        ]

    # What it would change

    def order(self) -> SheetOrder | None:
        """Return what is read how; None before a sheet is chosen."""
        if self.path is None or self.sheet is None:
            return None
        return SheetOrder(
            self.path,
            self.sheet.name,
            self.sheet.header_row,
            self.sheet.headings,
            dict(self.mapping),
            self.use,
            self.code,
            self.month.strip(),
            self.flag,
            self.password,
            self.year if self.has_incomes() else 0,
        )

    def check(self) -> None:
        """Compare the sheet with the register; nothing is written."""
        order = self.order()
        if order is None or self.busy:
            return
        self._cancel = cancel = CancelToken()
        self._set_busy(True)
        self._runner.run(
            lambda: self._sheets_port.check(order, self._progress_arrived.emit, cancel),
            self._checked,
            self._broke,
        )

    def has_incomes(self) -> bool:
        """Whether the sheet has incomes. Their year is asked for: for rows that do not tell it, and for what we write ourselves."""
        return any(each.startswith("incomes.") for each in self.mapping.values())

    def set_year(self, year: int) -> None:
        """Say of which year the incomes are."""
        if year != self.year:
            self.year, self.checked = year, None
            self.checked_changed.emit()

    def export_sorted(self, folder: Path) -> None:
        """Write what was found by whom it goes back to."""
        if self.checked is None:
            return
        checked = self.checked
        self._runner.run(
            lambda: self._sheets_port.export_sorted(checked, folder),
            lambda paths: self.told.emit(
                say(
                    "已分开写好 {n} 份，在「{folder}」：部门的、各村的和一份汇总。",
                    "{n} files in “{folder}”: the office's, each village's, and a summary.",
                    n=len(paths),
                    folder=folder.name,
                ),
                None,
            ),
            self.report,
        )

    def stop(self) -> None:
        """Stop after the step under way."""
        self._cancel.cancel()

    def states(self) -> list[str]:
        """Return the states that occur."""
        return list(self.checked.counts) if self.checked else []

    def show_only(self, state: str) -> None:
        """List lines of one state, or all."""
        self.only = state
        self.checked_changed.emit()

    def numbers(self) -> list[int]:
        """Return the lines that are listed, by their number in the result."""
        if self.checked is None:
            return []
        return [n for n, line in enumerate(self.checked.lines) if not self.only or line.state == self.only]

    def cells(self) -> list[tuple[Cell, ...]]:
        """Return a row a line that is listed."""
        return [_cells(self.checked.lines[n]) for n in self.numbers()] if self.checked else []

    def summary(self) -> str:
        """Return what was found, in a line."""
        if self.checked is None:
            return ""
        parts = [f"{state_word(state)} {count}" for state, count in self.checked.counts.items()]
        return say("{n} 行：", "{n} rows: ", n=self.checked.rows) + " · ".join(parts)

    def accept(self, positions: Sequence[int], way: Way = "") -> None:
        """Write the chosen lines; where the name differs a person must choose the line, “all” leaves it out. ``way`` is for
        months that another list has paid: replace that, or add to it.
        """
        if self.checked is None or self.busy:
            return
        checked = self.checked
        listed = self.numbers()
        chosen = [listed[at] for at in positions if at < len(listed)]
        self._set_busy(True)
        self._runner.run(
            lambda: self._sheets_port.accept(checked, chosen, self._progress_arrived.emit, way),
            self._accepted,
            self._broke,
        )

    def accept_all(self) -> None:
        """Write every listed line that is sure."""
        if self.checked is not None:
            lines = self.checked.lines
            self.accept([at for at, n in enumerate(self.numbers()) if lines[n].state not in _UNSURE])

    def export(self, path: Path) -> None:
        """Write the listed lines as a workbook."""
        if self.checked is None:
            return
        checked, numbers = self.checked, self.numbers()
        self._runner.run(
            lambda: self._sheets_port.export(checked, numbers, path),
            lambda n: self.told.emit(
                say("已导出 {n} 行：{name}", "{n} rows: {name}", n=n, name=path.name), None
            ),
            self.report,
        )

    def _looked(self, sheets: list[LookedSheet]) -> None:
        self._set_busy(False)
        self.sheets = sheets
        if self.path is not None:
            self.month = self._sheets_port.month_of(self.path)
        self.code = self.flag = ""  # never those of the file before
        self.years = self._sheets_port.income_years()
        self.year = next(
            (year for year in self.years if str(year) in (self.path.stem if self.path else "")), 0
        )
        self.choose_sheet(0)

    def _checked(self, checked: Checked) -> None:
        self._set_busy(False)
        self.checked = checked
        self.only = ""
        self.checked_changed.emit()

    def _accepted(self, taken: Taken) -> None:
        self._set_busy(False)
        told = say("已写入 {n} 行。", "{n} lines written.", n=taken.lines)
        if taken.asked:
            told += say(
                "{n} 行这个月另一张表已经记过：选中后点“替换原来的”或“加上去”。",
                " {n} months were paid by another list: choose them, then “Replace” or “Add”.",
                n=taken.asked,
            )
        self.told.emit(told, None)
        self.check()
        self.imports.load()

    def _check_again(self) -> None:
        if self.checked is not None:
            self.check()

    def _broke(self, error: Exception) -> None:
        self._set_busy(False)
        self.report(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)


def _cells(line: SheetLine) -> tuple[Cell, ...]:
    why, what = choose(line.why_zh, line.why_en), choose(line.what_zh, line.what_en)
    return (
        Cell(line.rows_text or "—", tooltip=line.rows_text),
        Cell(line.who or "—", tooltip=f"{line.place} {line.head_name}".strip()),
        Cell(what or "—", tooltip=what),
        Cell(line.before or "—", tooltip=line.before),
        Cell(line.after or "—", tooltip=line.after),
        Cell(state_word(line.state), _TONES[line.state], tooltip=why),
        Cell(why or "—", tooltip=why),
    )
