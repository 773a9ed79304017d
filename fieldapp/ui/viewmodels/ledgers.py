"""Ledgers: one at a time, with its year where it is about incomes, and a workbook of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.services.ledgers import LEDGERS, ledger_title
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.latest import Latest
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.ledgers import Ledger, LedgerKey
    from fieldapp.services.submissions import Submitted
    from fieldapp.services.worklist import AreaChoice
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["LedgersViewModel"]


class LedgersViewModel(ViewModel):
    """What is shown, and what goes out."""

    shown = Signal()
    told = Signal(str, object)  # sentence, (label, act) or None

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledgers = workspace.ledgers
        self._submissions = workspace.submissions
        self._runner = runner
        self._worklist = workspace.worklist
        self._asked: Latest[tuple[list[int], Sequence[AreaChoice], Ledger]] = Latest(
            runner, self._show, self.report
        )
        self.key: LedgerKey = LEDGERS[0]
        self.year: int | None = None
        self.years: Sequence[int] = ()
        self.area_code = ""
        self.areas: Sequence[AreaChoice] = ()
        self.ledger: Ledger | None = None
        self.id_format: IdFormat = DEFAULT_FORMAT

    def load(self) -> None:
        """Make the ledger anew."""
        ledgers, worklist = self._ledgers, self._worklist
        key, year, area = self.key, self.year, self.area_code
        self._asked.ask(lambda: (ledgers.years(), worklist.areas(), ledgers.open(key, year, area_code=area)))

    def choose(self, position: int) -> None:
        """Show another ledger."""
        if self.key != LEDGERS[position]:
            self.key = LEDGERS[position]
            self.load()

    def set_year(self, year: int) -> None:
        """Take the incomes of another year."""
        self.year = year
        self.load()

    def set_area(self, code: str) -> None:
        """Take the households of a place only; empty for all."""
        if code != self.area_code:
            self.area_code = code
            self.load()

    def titles(self) -> list[str]:
        """Return the names of all ledgers."""
        return [choose(*ledger_title(key)) for key in LEDGERS]

    def headings(self) -> list[str]:
        """Return the headings of the ledger shown."""
        return [choose(column.zh, column.en) for column in self.ledger.columns] if self.ledger else []

    def note(self) -> str:
        """Return how many there are, and by which rule."""
        ledger = self.ledger
        if ledger is None:
            return ""
        return say(
            "{n} 行，{homes} 户。{note}",
            "{n} lines, {homes} households. {note}",
            n=f"{len(ledger.rows):,}",
            homes=f"{ledger.households:,}",
            note=choose(ledger.note_zh, ledger.note_en),
        )

    def cell_rows(self) -> list[tuple[Cell, ...]]:
        """Return the lines."""
        rows = self.ledger.rows if self.ledger else ()
        return [tuple(Cell(text := _shown(cell), tooltip=text) for cell in row.cells) for row in rows]

    def household_at(self, position: int) -> str:
        """Return the household of a line."""
        return self.ledger.rows[position].household_id if self.ledger else ""

    def file_name(self) -> str:
        """Return a name that says what is inside."""
        year = f"_{self.ledger.year}" if self.ledger and self.ledger.year else ""
        place = next((f"{area.name}_" for area in self.areas if area.code == self.area_code), "")
        return f"{place}{choose(*ledger_title(self.key))}{year}.xlsx"

    def save(self, path: Path, purpose: str) -> None:
        """Write the ledger shown as a workbook."""
        ledgers, key, year, form = self._ledgers, self.key, self.year, self.id_format
        area = self.area_code
        self._runner.run(
            lambda: ledgers.save(key, year, path, id_format=form, purpose=purpose, area_code=area),
            lambda n: self.told.emit(
                say(
                    "已存到「{name}」，{n} 行。这份文件不再加密，用完请删除；导出已记入打印与导出记录。",
                    "Saved “{name}”, {n} lines. It is not encrypted: delete it when done.",
                    name=path.name,
                    n=n,
                ),
                None,
            ),
            self.report,
        )

    def may_submit(self) -> bool:
        """Whether this person hands up lists, and the one shown is a list to hand up."""
        return self.key != "submitted" and self._submissions.allowed()

    def submit(self, name: str) -> None:
        """Check the households shown and hand them up under a name."""
        homes = list(dict.fromkeys(row.household_id for row in self.ledger.rows)) if self.ledger else []
        self._runner.run(lambda: self._submissions.submit(name, homes), self._submitted, self.report)

    def _submitted(self, done: Submitted) -> None:
        faulty = (
            say("，其中 {n} 户有数据错误，先改再提交下一轮", ", {n} with errors in the data", n=done.faulty)
            if done.faulty
            else ""
        )
        sentence = say(
            "已提交「{name}」第 {round} 轮 {n} 户{faulty}。同步后县里收到。",
            "Handed up “{name}”, round {round}: {n} households{faulty}. The county has it after a sync.",
            name=done.name,
            round=done.round,
            n=done.clean + done.faulty,
            faulty=faulty,
        )
        self.told.emit(sentence, (say("撤回", "Withdraw"), lambda: self._withdraw(done)))

    def _withdraw(self, done: Submitted) -> None:
        self._runner.run(
            lambda: self._submissions.withdraw(done),
            lambda n: self.told.emit(say("已撤回 {n} 户。", "{n} households were taken back.", n=n), None),
            self.report,
        )

    def _show(self, found: tuple[list[int], Sequence[AreaChoice], Ledger]) -> None:
        self.years, self.areas, self.ledger = found
        self.shown.emit()


def _shown(cell: str | float) -> str:
    if isinstance(cell, str):
        return cell or "—"
    return f"{cell:,.2f}".removesuffix(".00")
