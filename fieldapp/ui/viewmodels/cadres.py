"""Cadres 干部: the team, pairings by unit and cadre, and what is missing. Each household in a list can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.roles import role_of
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell, cells
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.cadres import CadreSheet, GapLine
    from fieldapp.ui.contract import CadresPort

__all__ = ["SHOWN", "CadresViewModel"]

Row = tuple[Cell, ...]
#: Of a long list so many lines are shown; the rest is counted.
SHOWN = 100


class CadresViewModel(ViewModel):
    """``changed`` when the sheet has come."""

    changed = Signal()

    def __init__(self, cadres: CadresPort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cadres = cadres
        self._runner = runner
        self._sheet: CadreSheet | None = None

    def load(self) -> None:
        """Look everything up."""
        self._runner.run(self._cadres.sheet, self._arrived, self.report)

    def summary(self) -> str:
        """Return units, cadres and gaps in one line."""
        sheet = self._sheet
        if sheet is None:
            return ""
        return say(
            "{units} 个帮扶单位、{helpers} 名帮扶责任人；{gaps} 户还没有帮扶责任人。",
            "{units} units, {helpers} helpers; {gaps} households without a helper.",
            units=len(sheet.units),
            helpers=sheet.helpers,
            gaps=len(sheet.unpaired),
        )

    def team(self) -> list[Row]:
        """Return the cadres: name, post, role, place, unit, phone."""
        lines = self._sheet.team if self._sheet else ()
        return [
            cells(
                one.name,
                one.post or "—",
                say(role_of(one.role).zh, role_of(one.role).en),
                one.place,
                one.unit_name,
                one.phone,
            )
            for one in lines[:SHOWN]
        ]

    def units(self) -> list[Row]:
        """Return the units that help, then the county's other departments: whom to call, cadres and households."""
        sheet = self._sheet
        lines = (*sheet.units, *sheet.departments) if sheet else ()
        nameless = say("（没有写单位）", "(no unit)")
        return [
            cells(
                one.unit_name or nameless,
                one.contact,
                *((str(one.cadres), str(one.households)) if one.cadres else ("", "")),
            )
            for one in lines
        ]

    def charges(self) -> list[Row]:
        """Return who has how many households, by kind of pairing."""
        lines = self._sheet.charges if self._sheet else ()
        return [
            cells(one.kind_name, one.staff_name, one.unit_name, str(one.households)) for one in lines[:SHOWN]
        ]

    def gaps(self) -> dict[str, list[Row]]:
        """Return the three lists of names: unpaired, unguarded, turnover."""
        return {
            name: [_gap_cells(line) for line in self._lines(name)[:SHOWN]]
            for name in ("unpaired", "unguarded", "turnover")
        }

    def left_out(self, name: str) -> str:
        """Return how many lines of a list are not shown, as a sentence; empty when all are."""
        more = len(self._lines(name)) - SHOWN
        return say("还有 {n} 户没有列出。", "{n} more.", n=more) if more > 0 else ""

    def household(self, name: str, position: int) -> str:
        """Return the household at a position of one of the lists."""
        return self._lines(name)[position].household_id

    def _lines(self, name: str) -> Sequence[GapLine]:
        lines: Sequence[GapLine] = getattr(self._sheet, name) if self._sheet else ()
        return lines

    def _arrived(self, sheet: CadreSheet) -> None:
        self._sheet = sheet
        self.changed.emit()


def _gap_cells(line: GapLine) -> Row:
    texts = [line.head_name, line.house_no, line.place]
    return cells(*texts, say("{n} 人", "{n}", n=line.count)) if line.count else cells(*texts)
