"""Household 一户: everything known of one household, each fact with since when, and the visits with their ladder."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.ui.pages.household_cards import HouseholdCards
from fieldapp.ui.pages.household_head import HeadCard
from fieldapp.ui.pages.page import Page
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.household import HouseholdViewModel
from fieldapp.ui.viewmodels.household_facts import Fact
from fieldapp.ui.widgets.fact_panel import FactPanel
from fieldapp.ui.widgets.form_menu import FormMenu
from fieldapp.ui.widgets.pending_card import PendingCard
from fieldapp.ui.widgets.scroll import PageScroll
from fieldapp.ui.widgets.visit_button import VisitActions, visit_button

__all__ = ["HouseholdPage"]


class HouseholdPage(Page):
    """F2–F4 begin a visit, Ctrl+P prints, F9 is the view for the family's eyes."""

    visit_asked = Signal(str, str)  # household id, way
    form_asked = Signal(str, str)  # household id, form
    draft_asked = Signal(str)
    review_asked = Signal(str)  # a finished visit or form
    print_asked = Signal(object)  # tuple[(household id, label)]
    slip_asked = Signal(object)  # the same: a note for the door
    elsewhere_asked = Signal(str)  # a problem to look for at other households
    blank_asked = Signal(object)  # the same: a form to be written on by hand

    def __init__(self, model: HouseholdViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._wanted: tuple[str, tuple[str, str, str]] | None = None
        self._visits = VisitActions(self)
        self._visits.asked.connect(lambda way: self.visit_asked.emit(model.household_id, way))
        self._forms = FormMenu(model.forms, self)
        self._forms.form_asked.connect(self.form_asked)
        self._forms.draft_asked.connect(self.draft_asked)
        self._forms.blank_asked.connect(lambda _: self._ask_print(self.blank_asked))
        self._forms.slip_asked.connect(lambda _: self._ask_print(self.slip_asked))
        self._forms.failed.connect(self.failed)
        self._head = HeadCard(visit_button(self._visits), self._forms.button())
        self._head.numbers_asked.connect(model.show_numbers)
        self._head.print_asked.connect(lambda: self._ask_print(self.print_asked))
        self._pending = PendingCard()
        self._cards = HouseholdCards()
        self._cards.fact_asked.connect(self._open_fact)
        self._cards.review_asked.connect(self.review_asked)
        self._cards.undo_asked.connect(model.undo)
        self._cards.sums_asked.connect(model.take_sums)
        self._cards.elsewhere_asked.connect(self._ask_elsewhere)
        self._cards.record_asked.connect(lambda *place: self._open_place(place))
        self._panel = FactPanel()
        self._panel.corrected.connect(model.correct)
        self._panel.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        door = QShortcut(QKeySequence("F11"), self)
        door.activated.connect(lambda: model.set_at_the_door(not model.at_the_door))
        self._lay_out()
        model.loaded.connect(self._show)
        model.numbers_shown.connect(self._show)
        model.failed.connect(self.failed)
        model.history_arrived.connect(lambda _fact, lines: self._panel.show_history(lines))
        model.corrected.connect(self._offer_back)
        model.undone.connect(self.notice)

    @property
    def model(self) -> HouseholdViewModel:
        """What the page shows."""
        return self._model

    @property
    def household_id(self) -> str:
        """Which household is shown."""
        return self._model.household_id

    def open_at(self, household_id: str, place: tuple[str, str, str]) -> None:
        """Show a household with one fact open: list, record, property."""
        self.open(household_id)
        if self._model.file is None or not self._open_place(place):
            self._wanted = (household_id, place)

    def open(self, household_id: str) -> None:
        """Show a household."""
        self._wanted = None
        self._panel.hide()
        self._content.setVisible(False)
        self._forms.household_id = household_id
        self._model.open(household_id)

    def title(self) -> str:
        file = self._model.file
        if file is None:
            return say("正在打开…", "Opening…")
        return file.household.head_name

    def subtitle(self) -> str:
        if self._model.at_the_door:
            return say(
                "门前模式：风险和问题已隐藏（F11 恢复）", "At the door: risk and problems hidden (F11)"
            )
        file = self._model.file
        return file.village_name if file else ""

    def at_the_door(self) -> bool:
        return self._model.at_the_door

    def entered(self) -> None:
        if self._model.household_id and self._model.file is not None:
            self._model.reload()

    def _show(self) -> None:
        model = self._model
        if model.file is None:
            return
        self._head.show_head(model.head(), numbers=model.full_numbers)
        self._pending.show_lines(model.pending_lines())
        self._cards.show_household(model)
        self._content.setVisible(True)
        self.title_changed.emit()
        if self._wanted is not None and self._wanted[0] == model.household_id:
            place, self._wanted = self._wanted[1], None
            self._open_place(place)

    def _open_place(self, place: tuple[str, str, str]) -> bool:
        fact = self._model.fact(*place)
        if fact is not None:
            self._open_fact(fact)
        return fact is not None

    def _open_fact(self, fact: Fact) -> None:
        self._panel.show_fact(fact, self._model.choices(fact))
        self._model.ask_history(fact)

    def _offer_back(self, fact: Fact) -> None:
        undo = say("撤销上一次更正", "undo of the last correction")
        if self._model.waits(fact):
            sentence = say(
                "「{label}」的更正已交村级信息员，确认后才改登记册。",
                "Your correction of “{label}” waits for the village clerk.",
                label=fact.label,
            )
            self.notice(
                sentence, (say("撤回", "Take back"), lambda: self._model.correct(fact, fact.raw, undo))
            )
            return
        self.notice(
            say(
                "「{label}」已更正，原值留在来历里。",
                "“{label}” corrected; the old value is kept.",
                label=fact.label,
            ),
            (say("撤销", "Undo"), lambda: self._model.correct(fact, fact.raw, undo)),
        )

    def _ask_elsewhere(self, position: int) -> None:
        if issue := self._model.issue_at(position):
            self.elsewhere_asked.emit(issue)

    def _ask_print(self, asked: SignalInstance) -> None:
        file = self._model.file
        if file is not None:
            asked.emit(((file.household.id, file.household.head_name),))

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), px(4), px(20), px(20))
        column.setSpacing(px(12))
        column.addWidget(self._head)
        column.addWidget(self._pending)
        column.addWidget(self._cards)
        column.addStretch(1)
        self._content = content
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(PageScroll(content), 1)
        self._panel.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._panel)
