"""The main window of one open workspace: navigation, top bar, banner, pages, state bar."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.after_visit import SlipOffer, saved_sentence
from fieldapp.ui.nav_items import PARENTS, nav_items
from fieldapp.ui.page_set import PageSet
from fieldapp.ui.pages.page import Page
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.search_desk import SearchDesk
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.printing import Chosen
from fieldapp.ui.viewmodels.visit_start import VisitStartViewModel
from fieldapp.ui.widgets.banner import Act, Banner
from fieldapp.ui.widgets.nav import Nav
from fieldapp.ui.widgets.state_bar import StateBar
from fieldapp.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from fieldapp.register.plan import DueState
    from fieldapp.services.printing import SheetKind
    from fieldapp.services.visits import VisitDraft, VisitReview
    from fieldapp.services.worklist import WorkFilter
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.ui.pages.form_host import FormHost
    from fieldapp.ui.pages.review_host import ReviewHost

__all__ = ["MainWindow"]

_NARROW = 900


class MainWindow(QWidget):
    """Moves between pages and carries what they tell to each other. Decides nothing about households."""

    lock_asked = Signal()
    preferences_changed = Signal(object)
    page_shown = Signal(str)

    def __init__(
        self,
        workspace: WorkspacePort,
        runner: TaskRunner,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "ground")
        self.workspace = workspace
        self._runner = runner
        self._form: FormHost | None = None
        self._review: ReviewHost | None = None
        self._behind: list[str] = []
        self.page_key = ""
        self.top = TopBar(self)
        self.banner = Banner()
        self.state_bar = StateBar()
        self.nav = Nav(
            nav_items(decides=workspace.proposals.decides()), workspace.person.name, workspace.county_name
        )
        self._stack = QStackedWidget()
        self.pages = PageSet(workspace, runner, preferences, self)
        self.search = SearchDesk(self.top.search, workspace, runner, self)
        self._door = False
        self._visits = VisitStartViewModel(workspace.visits, runner, self)
        self._slip = SlipOffer(workspace.tasks, runner, self)
        self._connect()
        self._lay_out()

    def start(self) -> None:
        """Show the first page and look up the state."""
        self.show_page("today")
        self.pages.sync_model.load()

    def fetch_first(self) -> None:
        """A new person has no register yet: fetch it at once, with progress."""
        self._sync_now()

    def show_page(self, key: str, *, leaving_trail: bool = False) -> None:
        """Show a page by its key: today, households, household, plan, typing, tables, print, sync, settings.

        A form whose answers could not be saved is not left.
        """
        if not self._leave_form():
            self.nav.mark(PARENTS.get(self.page_key, self.page_key))
            return
        if leaving_trail and self.page_key and self.page_key != key:
            self._behind.append(self.page_key)
        elif not leaving_trail:
            self._behind.clear()
        self.search.hide()
        page = self.pages.page(key)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
            self._listen(page)
        self._stack.setCurrentWidget(page)
        self.page_key = key
        self.nav.mark(PARENTS.get(key, key))
        self.top.show()
        self._show_title()
        self.banner.page_left()
        page.setFocus()
        page.entered()
        self.page_shown.emit(key)

    def open_household(self, household_id: str) -> None:
        """Show one household, with the way back to where one was."""
        self.pages.household.open(household_id)
        self.show_page("household", leaving_trail=True)

    def open_place(self, household_id: str, place: tuple[str, str, str]) -> None:
        """Show one household with the field open that mends a finding."""
        self.pages.household.open_at(household_id, place)
        self.show_page("household", leaving_trail=True)

    def open_form(self, draft: VisitDraft) -> None:
        """Fill in a draft."""
        from fieldapp.ui.pages.form_host import FormHost  # the form engine: only when a form is opened

        if not self._leave_form():
            return
        form = FormHost(draft, self.workspace, self._runner, at_door=self.pages.household.at_the_door())
        form.finished.connect(self._visit_finished)
        form.closed.connect(self._form_closed)
        form.failed.connect(self.show_error)
        form.door_mode_changed.connect(self._show_at_the_door)
        form.door_mode_changed.connect(self.pages.household.model.set_at_the_door)
        self._form = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        self.top.hide()
        self.banner.hide()
        form.entered()
        self.page_shown.emit("form")

    def open_review(self, review: VisitReview) -> None:
        """Show a finished visit or form, with its comments, to be read."""
        from fieldapp.ui.pages.review_host import ReviewHost

        if not self._leave_form():
            return
        self._review = host = ReviewHost(review, self.workspace, self._runner)
        host.closed.connect(lambda: self.show_page(self.page_key or "today"))
        self._stack.addWidget(host)
        self._stack.setCurrentWidget(host)
        self.top.hide()
        self.banner.hide()
        host.setFocus()
        self.page_shown.emit("review")

    @property
    def form(self) -> FormHost | None:
        """The form being filled in, or None."""
        return self._form

    def back(self) -> None:
        """Go to the page one came from."""
        key = self._behind.pop() if self._behind else "households"
        behind = list(self._behind)
        self.show_page(key)
        self._behind = behind
        self._show_title()

    def save_draft(self) -> bool:
        """Write what is being typed durably; False when the disk did not take it."""
        return self._form is None or self._form.flush()

    def stop_work(self) -> None:
        """Ask long work to stop: one is leaving."""
        self.pages.stop_work()

    def show_error(self, error: KnownError, *, here: bool = False) -> None:
        """Show an error above the page; at the door only one of what is done ``here``."""
        self.banner.show_error(error, here=here)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.nav.set_narrow(self.width() < px(_NARROW))
        self.search.hide()

    def _connect(self) -> None:
        self.nav.asked.connect(self.show_page)
        self.nav.lock_asked.connect(self.lock_asked)
        self.top.back_asked.connect(self.back)
        self.top.search.typed.connect(self._search)
        self.top.search.wanted.connect(self._open_search)
        self._connect_search(self.search)
        self.state_bar.unsent_opened.connect(lambda: self.show_page("sync"))
        self.state_bar.stopped.connect(self.pages.sync_model.stop)
        sync = self.pages.sync_model
        sync.status_changed.connect(lambda: self.state_bar.show_words(sync.words()))
        sync.running_changed.connect(self.state_bar.show_working)
        sync.progressed.connect(self.state_bar.show_progress)
        sync.failed.connect(self._sync_failed)
        sync.finished.connect(lambda sentence: self._tell(sentence, None))
        self._visits.opened.connect(self.open_form)
        self._visits.reviewed.connect(self.open_review)
        self._visits.failed.connect(self.show_error)
        self._slip.failed.connect(self.show_error)
        self._slip.offered.connect(self._offer_slip)
        pages = self.pages
        pages.household_asked.connect(self.open_household)
        pages.place_asked.connect(self.open_place)
        sync.finished.connect(lambda _: pages.findings_model.check_soon())
        self.page_shown.connect(lambda key: pages.findings_model.check_soon() if key == "today" else None)
        pages.visit_asked.connect(self._visits.start)
        pages.form_asked.connect(self._visits.start_form)
        pages.draft_asked.connect(self._visits.resume)
        pages.review_asked.connect(self._visits.review)
        pages.page_asked.connect(self.show_page)
        pages.states_asked.connect(self._show_states)
        pages.filter_asked.connect(self._show_filtered)
        pages.print_asked.connect(self._print)
        pages.lock_asked.connect(self.lock_asked)
        pages.preferences_changed.connect(self.preferences_changed)
        pages.work_list_model.filter_changed.connect(self._mirror_search)

    def _listen(self, page: Page) -> None:
        page.failed.connect(partial(self.show_error, here=page is self.pages.household))
        page.noticed.connect(partial(self._tell, here=page is self.pages.household))
        page.title_changed.connect(self._show_title)

    def _tell(self, sentence: str, act: Act | None, *, here: bool = False) -> None:
        self.banner.show_notice(sentence, act=act, here=here)

    def _sync_failed(self, error: KnownError) -> None:
        if self.page_key != "sync" or self._form is not None:
            self.show_error(error)

    def _show_title(self) -> None:
        if self.page_key and self._form is None:
            page = self.pages.page(self.page_key)
            self.top.show_title(page.title(), page.subtitle(), back=bool(self._behind))
            self._show_at_the_door(page.at_the_door())

    def _connect_search(self, search: SearchDesk) -> None:
        search.household_asked.connect(self.open_household)
        search.place_asked.connect(self.open_place)
        search.review_asked.connect(self._visits.review)
        search.filter_asked.connect(self._show_filtered)
        search.form_asked.connect(self._print_form)
        search.command_asked.connect(self._do)
        search.list_asked.connect(self._to_list)
        search.closed.connect(self._search_closed)
        search.opening.connect(self._forget_search)
        search.said.connect(lambda sentence: self._tell(sentence, None, here=True))
        search.model.failed.connect(self.show_error)

    def _open_search(self) -> None:
        """Search from anywhere, from a form too; never while a family looks on."""
        if self._door:
            return
        if self._form is not None or self._review is not None:
            self.top.show_title(
                say("搜索", "Search"), say("填的内容已保存", "What was typed is kept"), back=False
            )
            self.top.show()
        self.top.search.take_focus()

    def _search_closed(self) -> None:
        if (host := self._form or self._review) is not None:
            self.top.hide()
            host.setFocus()

    def _forget_search(self) -> None:
        """What was opened is not a filter of the list: only there the text stays."""
        if self.page_key != "households" or self._form is not None:
            self._mirror_search()

    def _search(self, text: str) -> None:
        if self.page_key == "households" and self._form is None:
            self.pages.work_list_model.set_text(text)

    def _print_form(self, form_id: str) -> None:
        """Print a form blank: for the household that is open, or for whom is chosen there."""
        file = self.pages.household.model.file if self.page_key == "household" else None
        self.pages.print_model.set_form(form_id)
        if file is None:
            self._do("blank_form")
        else:
            self._print(((file.household.id, file.household.head_name),), "blank_form")

    def _do(self, key: str) -> None:
        """Go to a page, or do what a command names."""
        match key:
            case "sync_now":
                self._sync_now()
            case "lock":
                self.lock_asked.emit()
            case "blank_form" | "visit_list" | "missed_slip" as kind:
                self.pages.print_model.set_kind(kind)
                self.show_page("print", leaving_trail=True)
            case _:
                self.show_page(key, leaving_trail=key in PARENTS)

    def _mirror_search(self) -> None:
        wanted = self.pages.work_list_model.wanted.text
        if self.top.search.text().strip() != wanted:
            self.top.search.blockSignals(True)
            self.top.search.setText(wanted)
            self.top.search.blockSignals(False)

    def _to_list(self, text: str) -> None:
        if self.page_key != "households" or self._form is not None:
            self.show_page("households", leaving_trail=bool(text))
            self.pages.work_list_model.set_text(text)
        self.pages.households.take_focus()

    def _show_states(self, states: frozenset[DueState]) -> None:
        self.pages.work_list_model.only_states(states)
        self.show_page("households", leaving_trail=True)

    def _show_filtered(self, wanted: WorkFilter) -> None:
        self.pages.work_list_model.only(wanted)
        self.show_page("households", leaving_trail=True)

    def _print(self, households: tuple[tuple[str, str], ...], kind: SheetKind | None) -> None:
        self.pages.print_model.choose([Chosen(*pair) for pair in households], kind)
        self.show_page("print", leaving_trail=True)

    def _visit_finished(self, visit_id: str) -> None:
        form = self._form
        household, visit = (form.household_id, form.is_visit) if form else ("", False)
        self._drop_form()
        self.pages.household.open(household)
        self.show_page("household", leaving_trail=self.page_key != "household")
        self.pages.sync_model.load()
        self._tell(saved_sentence(visit=visit), (say("现在同步", "Sync now"), self._sync_now), here=True)
        if visit:
            self._slip.consider(visit_id, household)

    def _offer_slip(self, household_id: str, sentence: str) -> None:
        file = self.pages.household.model.file
        if self.page_key == "household" and file is not None and file.household.id == household_id:
            chosen = ((household_id, file.household.head_name),)
            act = (say("打印联系单", "Print the note"), lambda: self._print(chosen, "missed_slip"))
            self._tell(sentence, act)

    def _sync_now(self) -> None:
        self.show_page("sync")
        self.pages.sync_model.start()

    def _form_closed(self) -> None:
        self._drop_form()
        self.show_page(self.page_key or "today")
        self._tell(say("草稿留在“今日”里，随时可以接着填。", "The draft waits on Today."), None)

    def _leave_form(self) -> bool:
        if not self.save_draft():
            return False
        self._drop_form()
        return True

    def _show_at_the_door(self, on: bool) -> None:
        """While the family looks on, nothing leads to other households, and notices wait."""
        self._door = on
        if on:
            self.search.hide()
        self.top.search.setVisible(not on)
        self.nav.setVisible(not on)
        self.state_bar.setVisible(not on)
        self.banner.hold(on)

    def _drop_form(self) -> None:
        open_now = [host for host in (self._form, self._review) if host is not None]
        self._form = self._review = None
        self._show_at_the_door(on=False)
        for host in open_now:
            self._stack.removeWidget(host)
            host.deleteLater()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        around = QVBoxLayout()
        around.setContentsMargins(px(20), 0, px(20), px(4))
        around.addWidget(self.banner)
        right.addLayout(around)
        right.addWidget(self._stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.nav)
        upper.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(self.state_bar)
