"""Sheets of other offices in memory: there are none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from fieldapp.common.tasks import CancelToken, ProgressSink
from fieldapp.exchange.errors import EMPTY_BOOK
from fieldapp.exchange.foreign import LookedSheet
from fieldapp.register.payments import Way
from fieldapp.services.foreign_sheets import Checked, FillRequest, SheetImport, SheetOrder, Taken, TakenBack

__all__ = ["FakeForeignSheets"]


class FakeForeignSheets:
    """Every workbook is empty; two were taken in before."""

    def __init__(self) -> None:
        self.taken = [
            SheetImport(
                "b2",
                "2026年3月低保发放表",
                "payments",
                "低保金 2026-03",
                "2026-11-21T02:00:00Z",
                "张建国",
                812,
                ("c2",),
            ),
            SheetImport("b1", "残联名单", "facts", "", "2026-11-02T02:00:00Z", "张建国", 4, ("c1",)),
        ]

    def imports(self) -> list[SheetImport]:
        return list(self.taken)

    def export_sorted(self, checked: Checked, folder: Path, purpose: str = "") -> list[Path]:
        return [folder / "汇总.xlsx"]

    def fill(
        self,
        order: SheetOrder,
        request: FillRequest,
        path: Path,
        progress: ProgressSink,
        cancel: CancelToken | None = None,
    ) -> int:
        return len(request.household_ids)

    def income_years(self) -> list[int]:
        return [2026, 2025]

    def take_back(self, import_id: str) -> TakenBack:
        self.taken = [
            replace(one, back_at="2026-11-22T02:00:00Z") if one.id == import_id else one for one in self.taken
        ]
        return TakenBack(800, 12)

    def look(self, path: Path, password: str | None = None) -> list[LookedSheet]:
        raise EMPTY_BOOK(book=path.name)

    def meanings(self, sheet: LookedSheet) -> tuple[dict[int, str], bool]:
        return {}, False

    def targets(self) -> list[tuple[str, str, str]]:
        return [("key.id_number", "身份证号（认人）", "identity number")]

    def month_of(self, path: Path) -> str:
        return ""

    def check(self, order: SheetOrder, progress: ProgressSink, cancel: CancelToken | None) -> Checked:
        return Checked(order, (), 0, {})

    def accept(
        self, checked: Checked, chosen: Collection[int], progress: ProgressSink, way: Way = ""
    ) -> Taken:
        return Taken(0, ())

    def export(self, checked: Checked, chosen: Sequence[int], path: Path) -> int:
        return 0
