"""The pages of one workspace with their view-models: each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.pages.cadres import CadresPage
from fieldapp.ui.pages.household import HouseholdPage
from fieldapp.ui.pages.households import HouseholdsPage
from fieldapp.ui.pages.page import Page
from fieldapp.ui.pages.print import PrintPage
from fieldapp.ui.pages.settings import SettingsPage
from fieldapp.ui.pages.sync import SyncPage
from fieldapp.ui.pages.today import TodayPage
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.viewmodels.batch import BatchViewModel
from fieldapp.ui.viewmodels.cadres import CadresViewModel
from fieldapp.ui.viewmodels.findings import FindingsViewModel
from fieldapp.ui.viewmodels.household import HouseholdViewModel
from fieldapp.ui.viewmodels.printing import Chosen, PrintingViewModel
from fieldapp.ui.viewmodels.set_aside import SetAsideViewModel
from fieldapp.ui.viewmodels.settings import SettingsViewModel
from fieldapp.ui.viewmodels.sync import SyncViewModel
from fieldapp.ui.viewmodels.table_selection import TableSelection
from fieldapp.ui.viewmodels.today import TodayViewModel
from fieldapp.ui.viewmodels.today_due import TodayDueViewModel
from fieldapp.ui.viewmodels.work_list import WorkListViewModel

if TYPE_CHECKING:
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["PageSet"]


class PageSet(QObject):
    """Makes pages and passes on what they ask for."""

    household_asked = Signal(str)
    visit_asked = Signal(str, str)
    form_asked = Signal(str, str)  # household, form
    draft_asked = Signal(str)
    review_asked = Signal(str)  # a finished visit or form
    page_asked = Signal(str)
    states_asked = Signal(object)
    filter_asked = Signal(object)  # WorkFilter
    place_asked = Signal(str, object)  # household, (list, record, property)
    print_asked = Signal(object, object)  # households, kind or None
    lock_asked = Signal()
    preferences_changed = Signal(object)

    def __init__(
        self, workspace: WorkspacePort, runner: TaskRunner, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self._preferences = preferences
        self._made: dict[str, Page] = {}
        self._makers: dict[str, Callable[[], Page]] = {
            "today": self._today,
            "households": self._households,
            "household": self._household,
            "batch": self._batch,
            "cadres": self._cadres,
            "plan": self._plan,
            "findings": self._findings,
            "duplicates": self._duplicates,
            "proposals": self._proposals,
            "typing": self._typing,
            "differences": self._differences,
            "tables": self._tables,
            "print": self._print,
            "sync": self._sync,
            "settings": self._settings,
        }
        self.work_list_model = WorkListViewModel(workspace.worklist, workspace.today, runner, self)
        self.sync_model = SyncViewModel(workspace, runner, self)
        self.table_selection = TableSelection(workspace.worklist, lambda: self.work_list_model.wanted, self)
        self.findings_model = FindingsViewModel(workspace, runner, self)
        self.batch_model = BatchViewModel(workspace, runner, self)
        self.print_model = PrintingViewModel(workspace.printing, runner, self)

    def page(self, key: str) -> Page:
        """Return a page, made when first wanted. Raises KeyError for an unknown key."""
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    @property
    def household(self) -> HouseholdPage:
        page = self.page("household")
        assert isinstance(page, HouseholdPage)
        return page

    @property
    def households(self) -> HouseholdsPage:
        page = self.page("households")
        assert isinstance(page, HouseholdsPage)
        return page

    def stop_work(self) -> None:
        """Ask everything long to stop after the step under way."""
        self.sync_model.stop()
        self.print_model.stop()
        self.findings_model.stop()

    def _today(self) -> Page:
        today = TodayViewModel(self._workspace, self._runner, self)
        page = TodayPage(today, TodayDueViewModel(self._workspace, self._runner, self))
        page.filter_asked.connect(self.filter_asked)
        page.plan_opened.connect(lambda: self.page_asked.emit("plan"))
        page.household_opened.connect(self.household_asked)
        page.states_opened.connect(self.states_asked)
        page.draft_opened.connect(self.draft_asked)
        page.sync_opened.connect(lambda: self.page_asked.emit("sync"))
        page.findings_opened.connect(lambda: self.page_asked.emit("findings"))
        page.proposals_opened.connect(lambda: self.page_asked.emit("proposals"))
        self.findings_model.counts_changed.connect(lambda: page.show_findings(self.findings_model.sentence()))
        page.show_findings(self.findings_model.sentence())
        page.list_print_asked.connect(lambda rows: self.print_asked.emit(rows, "visit_list"))
        return page

    def _households(self) -> Page:
        page = HouseholdsPage(self.work_list_model)
        page.household_opened.connect(self.household_asked)
        page.visit_asked.connect(self.visit_asked)
        page.print_asked.connect(lambda rows: self.print_asked.emit(rows, None))
        page.sync_opened.connect(lambda: self.page_asked.emit("sync"))
        page.cadres_opened.connect(lambda: self.page_asked.emit("cadres"))
        page.batch_asked.connect(self._correct_many)
        page.export_asked.connect(self._export)
        return page

    def _batch(self) -> Page:
        from fieldapp.ui.pages.batch import BatchPage

        page = BatchPage(self.batch_model)
        page.list_asked.connect(lambda: self.page_asked.emit("households"))
        return page

    def _correct_many(self, household_ids: tuple[str, ...]) -> None:
        self.batch_model.choose_households(household_ids)
        self.page_asked.emit("batch")

    def _household(self) -> Page:
        page = HouseholdPage(HouseholdViewModel(self._workspace, self._runner, self))
        page.form_asked.connect(self.form_asked)
        page.draft_asked.connect(self.draft_asked)
        page.review_asked.connect(self.review_asked)
        page.visit_asked.connect(self.visit_asked)
        page.print_asked.connect(lambda rows: self.print_asked.emit(rows, None))
        page.blank_asked.connect(lambda rows: self.print_asked.emit(rows, "blank_form"))
        page.slip_asked.connect(lambda rows: self.print_asked.emit(rows, "missed_slip"))
        page.elsewhere_asked.connect(self._look_elsewhere)
        return page

    def _look_elsewhere(self, issue_id: str) -> None:
        from fieldapp.ui.pages.plan import PlanPage

        self.page_asked.emit("plan")
        page = self.page("plan")
        assert isinstance(page, PlanPage)
        page.look_elsewhere(issue_id)

    def _cadres(self) -> Page:
        page = CadresPage(CadresViewModel(self._workspace.cadres, self._runner, self))
        page.household_opened.connect(self.household_asked)
        return page

    def _plan(self) -> Page:
        from fieldapp.services.worklist import WorkFilter
        from fieldapp.ui.pages.plan import PlanPage
        from fieldapp.ui.viewmodels.elsewhere import ElsewhereViewModel
        from fieldapp.ui.viewmodels.levels import LevelsViewModel
        from fieldapp.ui.viewmodels.month import MonthViewModel
        from fieldapp.ui.viewmodels.plan import PlanViewModel

        page = PlanPage(
            PlanViewModel(self._workspace, self._runner, self),
            MonthViewModel(self._workspace, self._runner, self),
            LevelsViewModel(self._workspace, self._runner, self),
            ElsewhereViewModel(self._workspace, self._runner, self),
        )
        page.household_opened.connect(self.household_asked)
        page.filter_asked.connect(self.filter_asked)
        page.rest_asked.connect(lambda homes: self.filter_asked.emit(WorkFilter(within=homes)))
        page.list_print_asked.connect(lambda rows: self.print_asked.emit(rows, "visit_list"))
        return page

    def _findings(self) -> Page:
        from fieldapp.ui.pages.findings import FindingsPage

        page = FindingsPage(self.findings_model)
        page.place_asked.connect(self.place_asked)
        page.duplicates_asked.connect(lambda: self.page_asked.emit("duplicates"))
        page.print_asked.connect(lambda rows: self.print_asked.emit(rows, None))
        page.sync_opened.connect(lambda: self.page_asked.emit("sync"))
        return page

    def _duplicates(self) -> Page:
        from fieldapp.ui.pages.duplicates import DuplicatesPage
        from fieldapp.ui.viewmodels.duplicates import DuplicatesViewModel

        return DuplicatesPage(DuplicatesViewModel(self._workspace.duplicates, self._runner, self))

    def _proposals(self) -> Page:
        from fieldapp.ui.pages.proposals import ProposalsPage
        from fieldapp.ui.viewmodels.proposals import ProposalsViewModel

        page = ProposalsPage(ProposalsViewModel(self._workspace.proposals, self._runner, self))
        page.household_opened.connect(self.household_asked)
        page.sync_opened.connect(lambda: self.page_asked.emit("sync"))
        return page

    def _typing(self) -> Page:
        from fieldapp.ui.pages.typing_list import TypingPage
        from fieldapp.ui.viewmodels.typing_list import TypingViewModel

        typing = self._workspace.typing
        page = TypingPage(TypingViewModel(typing, self._runner, self), typing)
        page.household_opened.connect(self.household_asked)
        page.print_asked.connect(lambda rows: self.print_asked.emit(rows, "typing_list"))
        page.differences_asked.connect(lambda: self.page_asked.emit("differences"))
        return page

    def _differences(self) -> Page:
        from fieldapp.ui.pages.differences import DifferencesPage
        from fieldapp.ui.viewmodels.differences import DifferencesViewModel

        return DifferencesPage(DifferencesViewModel(self._workspace.national, self._runner, self))

    def _tables(self) -> Page:
        from fieldapp.ui.pages.tables import TablesPage
        from fieldapp.ui.table_tabs import TABS

        tabs = {tab.key: tab for tab in TABS}
        page = TablesPage(
            [(tab.key, tab.title()) for tab in TABS],
            lambda key: tabs[key].make(self._workspace, self.table_selection, self._runner, self),
        )
        page.household_opened.connect(self.household_asked)
        return page

    def _export(self, rows: Sequence[tuple[str, str]]) -> None:
        self.table_selection.choose([Chosen(*row) for row in rows])
        if not rows and self.work_list_model.filtered:
            self.table_selection.set_scope("filtered")
        self.page_asked.emit("tables")

    def _print(self) -> Page:
        page = PrintPage(self.print_model)
        page.households_opened.connect(lambda: self.page_asked.emit("households"))
        return page

    def _sync(self) -> Page:
        page = SyncPage(self.sync_model, SetAsideViewModel(self._workspace, self._runner, self))
        page.place_asked.connect(self.place_asked)
        return page

    def _settings(self) -> Page:
        model = SettingsViewModel(self._workspace, self._runner, self._preferences, self)
        model.preferences_changed.connect(self.preferences_changed)
        page = SettingsPage(model)
        page.lock_asked.connect(self.lock_asked)
        return page
