"""Sheets of other offices in memory: there are none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from fieldapp.common.tasks import CancelToken, ProgressSink
from fieldapp.exchange.errors import EMPTY_BOOK
from fieldapp.exchange.foreign import LookedSheet
from fieldapp.register.payments import Way
from fieldapp.services.foreign_sheets import Checked, SheetOrder, Taken

__all__ = ["FakeForeignSheets"]


class FakeForeignSheets:
    """Every workbook is empty."""

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
