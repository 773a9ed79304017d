"""An in-memory double of who works here, made from the rows of the work list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.services.cadres import CadreLine, CadreSheet, ChargeLine, GapLine, UnitLine
from fieldapp.services.worklist import WorkRow

__all__ = ["FakeCadres"]


@dataclass
class FakeCadres:
    """Every tenth household has no helper."""

    lines: Sequence[WorkRow]

    def sheet(self) -> CadreSheet:
        if not self.lines:
            return CadreSheet((), (), (), (), (), ())
        gaps = tuple(
            GapLine(r.household_id, r.house_no, r.head_name, r.village_name) for r in self.lines[::10]
        )
        unit = "县农业农村局"
        return CadreSheet(
            team=(CadreLine("张建国", "第一书记", "clerk", "东王庄村", unit, "13800000001"),),
            charges=(ChargeLine("helper", "帮扶责任人", unit, "李晓梅", len(self.lines)),),
            units=(UnitLine(unit, 1, len(self.lines), "周科长 0374-3561234"),),
            departments=(UnitLine("县住房和城乡建设局", 0, 0, "13800000009"),),
            unpaired=gaps,
            unguarded=gaps[:1],
            turnover=(GapLine("h0003", "4110250003", "王秀英", "东王庄村", 3),),
        )
