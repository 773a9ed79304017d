"""What the desktop asks of the services about sheets of other offices and blanks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fieldapp.common.tasks import CancelToken, ProgressSink

if TYPE_CHECKING:
    from fieldapp.register.payments import Way
    from fieldapp.services.foreign_sheets import (
        Checked,
        FillRequest,
        LookedSheet,
        SheetImport,
        SheetOrder,
        Taken,
        TakenBack,
    )
    from fieldapp.services.table_builder import Blank, FillOrder, WordLine

__all__ = ["ForeignSheetsPort", "TableBuilderPort"]


class ForeignSheetsPort(Protocol):
    """Sheets of other offices."""

    def look(self, path: Path, password: str | None = None) -> list[LookedSheet]: ...
    def meanings(self, sheet: LookedSheet) -> tuple[dict[int, str], bool]: ...
    def targets(self) -> list[tuple[str, str, str]]: ...
    def month_of(self, path: Path) -> str: ...
    def check(self, order: SheetOrder, progress: ProgressSink, cancel: CancelToken | None) -> Checked: ...
    def accept(
        self, checked: Checked, chosen: Collection[int], progress: ProgressSink, way: Way = ""
    ) -> Taken: ...
    def export(self, checked: Checked, chosen: Sequence[int], path: Path) -> int: ...
    def imports(self) -> list[SheetImport]: ...
    def take_back(self, import_id: str) -> TakenBack: ...
    def export_sorted(self, checked: Checked, folder: Path, purpose: str = "") -> list[Path]: ...
    def fill(
        self,
        order: SheetOrder,
        request: FillRequest,
        path: Path,
        progress: ProgressSink,
        cancel: CancelToken | None = None,
    ) -> int: ...
    def income_years(self) -> list[int]: ...


class TableBuilderPort(Protocol):
    """Filling a county's own blanks."""

    def words(self, household_id: str | None = None) -> list[WordLine]: ...
    def read(self, path: Path) -> Blank: ...
    def examples(self, blank: Blank, household_id: str) -> list[WordLine]: ...
    def fill(
        self,
        blank: Blank,
        order: FillOrder,
        target: Path,
        progress: ProgressSink,
        cancel: CancelToken | None,
    ) -> list[Path]: ...
