"""Our facts in the columns of another system's sheet: for whom, and the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import CancelToken, TaskRunner
from fieldapp.services.foreign_sheets import FillRequest, SheetOrder
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.register.id_formats import IdFormat
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.ui.viewmodels.table_selection import Scope, TableSelection

__all__ = ["SheetOutViewModel"]


class SheetOutViewModel(ViewModel):
    """``scopes_changed`` when it is known how many households each choice has, ``told`` a sentence."""

    scopes_changed = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(object)  # Progress
    told = Signal(str, object)
    _progress_arrived = Signal(object)

    def __init__(
        self,
        workspace: WorkspacePort,
        selection: TableSelection,
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._port = workspace.foreign_sheets
        self._runner = runner
        self._cancel = CancelToken()
        self._busy = False
        self.selection = selection
        self.scopes: Mapping[Scope, int] = {}
        self._progress_arrived.connect(self.progressed)

    def load_scopes(self) -> None:
        """Look up how many households each choice has."""
        self._runner.run(self.selection.counts, self._scopes_arrived, self.report)

    def fill(self, order: SheetOrder, path: Path, purpose: str, id_format: IdFormat) -> None:
        """Write our facts in the sheet's own columns."""
        if self._busy:
            return
        self._cancel = cancel = CancelToken()
        self._set_busy(True)
        port, selection, tell = self._port, self.selection, self._progress_arrived.emit

        def work() -> int:
            request = FillRequest(selection.household_ids(), purpose, id_format)
            return port.fill(order, request, path, tell, cancel)

        def done(rows: int) -> None:
            self._set_busy(False)
            self.told.emit(
                say(
                    "已照表头写好 {n} 行：{name}。这份文件不再加密，用完请删除；导出已记入打印与导出记录。",
                    "{n} rows: {name}. It is not encrypted: delete it when done.",
                    n=rows,
                    name=path.name,
                ),
                None,
            )

        self._runner.run(work, done, self._broke)

    def stop(self) -> None:
        """Stop after the step under way."""
        self._cancel.cancel()

    def _scopes_arrived(self, counts: Mapping[Scope, int]) -> None:
        self.scopes = counts
        self.scopes_changed.emit()

    def _broke(self, error: Exception) -> None:
        self._set_busy(False)
        self.report(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
