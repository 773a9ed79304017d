"""The tabs of the page 表格, each made when first shown. A new tab is a line in ``TABS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.text import say

if TYPE_CHECKING:
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.ui.pages.page import Page
    from fieldapp.ui.viewmodels.table_selection import TableSelection

__all__ = ["TABS", "TabMaker", "TableTab"]

#: Workspace, the households chosen on 农户, runner, owner of the view-model.
TabMaker = Callable[["WorkspacePort", "TableSelection", TaskRunner, QObject], "Page"]


@dataclass(frozen=True, slots=True)
class TableTab:
    """A tab: its key, its words (asked when shown, for the language), and what makes it."""

    key: str
    title: Callable[[], str]
    make: TabMaker


def _round_trip(
    workspace: WorkspacePort, selection: TableSelection, runner: TaskRunner, owner: QObject
) -> Page:
    from fieldapp.ui.pages.round_trip import RoundTripTab
    from fieldapp.ui.viewmodels.round_trip import RoundTripViewModel

    return RoundTripTab(RoundTripViewModel(workspace, selection, runner, owner))


def _workers(workspace: WorkspacePort, selection: TableSelection, runner: TaskRunner, owner: QObject) -> Page:
    from fieldapp.ui.pages.workers import WorkersTab
    from fieldapp.ui.viewmodels.workers import WorkersViewModel

    return WorkersTab(WorkersViewModel(workspace, selection, runner, owner))


def _ledgers(workspace: WorkspacePort, selection: TableSelection, runner: TaskRunner, owner: QObject) -> Page:
    from fieldapp.ui.pages.ledgers import LedgersTab
    from fieldapp.ui.viewmodels.ledgers import LedgersViewModel

    del selection  # a ledger is of everybody here
    return LedgersTab(LedgersViewModel(workspace, runner, owner))


def _filling(workspace: WorkspacePort, selection: TableSelection, runner: TaskRunner, owner: QObject) -> Page:
    from fieldapp.ui.pages.filling import FillingTab
    from fieldapp.ui.viewmodels.filling import FillingViewModel

    return FillingTab(FillingViewModel(workspace, selection, runner, owner))


def _foreign(workspace: WorkspacePort, selection: TableSelection, runner: TaskRunner, owner: QObject) -> Page:
    from fieldapp.ui.pages.foreign_sheet import ForeignSheetTab
    from fieldapp.ui.viewmodels.foreign_sheet import ForeignSheetViewModel

    return ForeignSheetTab(ForeignSheetViewModel(workspace, selection, runner, owner))


TABS: tuple[TableTab, ...] = (
    TableTab("round_trip", lambda: say("导出再导入", "Out and back"), _round_trip),
    TableTab("workers", lambda: say("务工台账", "Ledger of work"), _workers),
    TableTab("ledgers", lambda: say("台账", "Ledgers"), _ledgers),
    TableTab("import", lambda: say("导入表格", "Import a sheet"), _foreign),
    TableTab("filling", lambda: say("套填空表", "Fill a blank"), _filling),
)
