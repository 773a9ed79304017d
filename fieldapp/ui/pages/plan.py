"""Plan 计划: what has to be done by which day, who was not met, and how far the campaigns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui.pages.elsewhere import ElsewherePanel
from fieldapp.ui.pages.levels import LevelsPanel
from fieldapp.ui.pages.month import MonthPanel
from fieldapp.ui.pages.page import Columns, Page
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import CellTable
from fieldapp.ui.viewmodels.elsewhere import ElsewhereViewModel
from fieldapp.ui.viewmodels.levels import LevelsViewModel
from fieldapp.ui.viewmodels.month import MonthViewModel
from fieldapp.ui.viewmodels.plan import PlanViewModel, deadline_text, task_cells
from fieldapp.ui.widgets.controls import button, card, label, line_edit, rule
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout
from fieldapp.ui.widgets.meter import Meter, MeterPart
from fieldapp.ui.widgets.scroll import PageScroll
from fieldapp.ui.widgets.table import ColumnPlan, PlannedTable

if TYPE_CHECKING:
    from fieldapp.services.campaigns import CampaignProgress, Share
    from fieldapp.services.tasks import TaskLine

__all__ = ["PlanPage"]

_PLAN = ColumnPlan((164, 96, 120, 84, 110), grow={1: 2, 2: 1, 4: 3}, expendable=(2, 3))
_SHARES = 12


class PlanPage(Page):
    """Enter opens the household; every number opens its list."""

    household_opened = Signal(str)
    filter_asked = Signal(object)  # WorkFilter
    rest_asked = Signal(object)  # household ids
    list_print_asked = Signal(object)  # tuple[(household id, label)]

    def __init__(
        self,
        model: PlanViewModel,
        month: MonthViewModel,
        levels: LevelsViewModel,
        elsewhere: ElsewhereViewModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._make_views(month, levels, elsewhere)
        heads = (
            say("哪天前", "By"),
            say("户主", "Head"),
            say("村组", "Place"),
            say("类别", "Kind"),
            say("事项", "What"),
        )
        self._cells = CellTable(heads, self)
        self.table = PlannedTable(say("待办", "Tasks"), self._cells, _PLAN)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._show_chosen)
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._note = line_edit(
            say("办结说明或不再办理的原因", "What was done, or why it is dropped"),
            say("做了什么，或为什么不再办理", "What was done, or why not"),
        )
        self._done = button(say("办结", "Done"), self._close_done)
        self._drop = button(say("不再办理", "Drop"), self._close_dropped)
        self._print = button(
            say("打印走访名单", "Print the list"), self._ask_print, icon_name="print", shortcut="Ctrl+P"
        )
        self._numbers = FlowLayout(spacing=px(6))
        self._campaigns = QVBoxLayout()
        self._lay_out()
        model.loaded.connect(self._show)
        model.failed.connect(self.failed)
        model.closed.connect(self._was_closed)
        self._show_chosen()

    def _make_views(
        self, month: MonthViewModel, levels: LevelsViewModel, elsewhere: ElsewhereViewModel
    ) -> None:
        self._month = month
        self.month = MonthPanel(month)
        self.month.household_opened.connect(self.household_opened)
        month.failed.connect(self.failed)
        self._views = QStackedWidget()
        self._levels = levels
        self.levels = LevelsPanel(levels)
        self.levels.filter_asked.connect(self.filter_asked)
        levels.failed.connect(self.failed)
        self._elsewhere = elsewhere
        self.elsewhere = ElsewherePanel(elsewhere)
        self.elsewhere.household_opened.connect(self.household_opened)
        self.elsewhere.told.connect(self.notice)
        elsewhere.failed.connect(self.failed)
        elsewhere.loaded.connect(self._show_chip)
        self._as_month = button(say("月历", "Month"), kind="chip", shortcut="Ctrl+M")
        self._as_levels = button(say("分级进度", "By level"), kind="chip", shortcut="Ctrl+U")
        self._as_elsewhere = button(say("同类排查", "Same elsewhere"), kind="chip", shortcut="Ctrl+I")
        self._as_elsewhere.setVisible(False)
        self._chips = (self._as_month, self._as_levels, self._as_elsewhere)
        for chip in self._chips:
            chip.setCheckable(True)
            chip.toggled.connect(lambda on, pressed=chip: self._show_view(pressed if on else None))

    def title(self) -> str:
        return say("计划", "Plan")

    def subtitle(self) -> str:
        day = self._model.fixed_day
        return say("固定走访日：{day}", "Fixed day: {day}", day=day) if day else ""

    def entered(self) -> None:
        self._model.load()
        if self._as_month.isChecked():
            self._month.load()
        if self._as_levels.isChecked():
            self._levels.load()
        self._elsewhere.load()

    def look_elsewhere(self, issue_id: str) -> None:
        """Show the households that may have a problem too."""
        self._as_elsewhere.setChecked(True)
        self.elsewhere.begin(issue_id)
        self.elsewhere.take_focus()

    def _show_chip(self) -> None:
        self._as_elsewhere.setVisible(self._elsewhere.allowed)

    def _show_view(self, pressed: QPushButton | None) -> None:
        """Show the month, the levels, the same elsewhere, or (all chips up) the list; only one chip is down."""
        if pressed is not None:
            for chip in self._chips:
                if chip is not pressed:
                    chip.setChecked(False)
        if self._as_month.isChecked():
            self._views.setCurrentIndex(1)
            self._month.load()
            self.month.take_focus()
        elif self._as_levels.isChecked():
            self._views.setCurrentWidget(self.levels)
            self._levels.load()
            self.levels.take_focus()
        elif self._as_elsewhere.isChecked():
            self._views.setCurrentWidget(self.elsewhere)
            self._elsewhere.load()
            self.elsewhere.take_focus()
        else:
            self._views.setCurrentIndex(0)

    def _show(self) -> None:
        today = self._model.today()
        self._cells.show([task_cells(task, today) for task in self._model.tasks])
        if self._model.tasks:
            self._stack.setCurrentWidget(self.table)
        else:
            self._empty.say(
                say("没有待办", "Nothing to be done"),
                say(
                    "走访时约了再访、诉求要跟进、问题定了时限，都会排到这里；见到人的走访会自己销掉约定。",
                    "Promised visits, open requests and problems with a deadline appear here.",
                ),
            )
            self._stack.setCurrentWidget(self._empty)
        self._show_numbers()
        self._show_campaigns()
        self._show_chosen()
        self.title_changed.emit()

    def _show_numbers(self) -> None:
        clear_layout(self._numbers)
        counts = self._model.counts
        if counts is None:
            return
        for mark, text in (
            ("tasks", say("有待办的 {n} 户", "{n} with tasks", n=counts.tasks)),
            ("attempts", say("去了没见到的 {n} 户", "{n} not met yet", n=counts.attempted)),
            ("absent", say("长期外出的 {n} 户", "{n} away for long", n=counts.absent)),
        ):
            self._numbers.addWidget(self._number(mark, text))

    def _number(self, mark: str, text: str) -> QWidget:
        return button(text, lambda: self.filter_asked.emit(self._model.marked(mark)), kind="chip")

    def _show_campaigns(self) -> None:
        clear_layout(self._campaigns)
        if not self._model.campaigns:
            self._campaigns.addWidget(
                label(
                    say(
                        "县里现在没有活动。发布遍访、自查或抽查后，同步一次就会出现。",
                        "No campaign is on; published ones come with a sync.",
                    ),
                    ink="soft",
                    wrap=True,
                )
            )
        for campaign in self._model.campaigns:
            self._show_campaign(campaign)
        self._campaigns.addStretch(1)

    def _show_campaign(self, campaign: CampaignProgress) -> None:
        column, whole = self._campaigns, campaign.whole
        column.addWidget(label(campaign.name, bold=True, wrap=True))
        column.addWidget(label(deadline_text(campaign, self._model.today()), ink="soft", wrap=True))
        if campaign.requirement:
            column.addWidget(label(campaign.requirement, ink="faint", ratio=0.93, wrap=True))
        meter = Meter()
        meter.show_parts(
            [
                MeterPart(say("已走到", "reached"), whole.done, COLOURS.good),
                MeterPart(say("还没有", "not yet"), whole.total - whole.done, COLOURS.line_strong),
            ]
        )
        column.addWidget(meter)
        column.addWidget(self._rest_row(whole, say("全部", "All")))
        for share in (*campaign.villages, *campaign.helpers)[:_SHARES]:
            column.addWidget(self._rest_row(share, share.name or say("没有帮扶责任人", "no helper")))
        column.addWidget(rule())

    def _rest_row(self, share: Share, name: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(name, wrap=True), 1)
        row.addWidget(
            label(say("{done}/{all} 户", "{done}/{all}", done=share.done, all=share.total), ink="soft")
        )
        if share.rest:
            row.addWidget(
                button(
                    say("还差 {n} 户", "{n} left", n=len(share.rest)),
                    lambda: self.rest_asked.emit(share.rest),
                    kind="quiet",
                    name=say("{name}还差 {n} 户，打开名单", "{name}: {n} left", name=name, n=len(share.rest)),
                )
            )
        return holder

    def _chosen(self) -> list[TaskLine]:
        return [self._model.tasks[at] for at in self.table.positions() if at < len(self._model.tasks)]

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        one = len(chosen) == 1 and not chosen[0].is_issue
        self._done.setEnabled(one)
        self._drop.setEnabled(one)
        self._print.setEnabled(bool(self._model.tasks))

    def _open(self, position: int) -> None:
        if 0 <= position < len(self._model.tasks):
            self.household_opened.emit(self._model.tasks[position].household_id)

    def _close_done(self) -> None:
        for task in self._chosen()[:1]:
            self._model.done(task, self._note.text())

    def _close_dropped(self) -> None:
        for task in self._chosen()[:1]:
            self._model.drop(task, self._note.text())

    def _was_closed(self, sentence: str, task: TaskLine) -> None:
        self._note.clear()
        self.notice(sentence, (say("撤销", "Undo"), lambda: self._model.reopen(task)))

    def _ask_print(self) -> None:
        wanted = self._chosen() or list(self._model.tasks)
        homes = {task.household_id: task.head_name for task in wanted}
        self.list_print_asked.emit(tuple(homes.items()))

    def _lay_out(self) -> None:
        tasks, inside = card(say("待办", "Tasks"))
        inside.addLayout(self._numbers)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        inside.addWidget(self._stack, 1)
        inside.addWidget(self._note)
        acts = QHBoxLayout()
        acts.addStretch(1)
        for widget in (self._print, self._drop, self._done):
            acts.addWidget(widget)
        inside.addLayout(acts)
        campaigns, column = card(say("活动", "Campaigns"))
        holder = QWidget()
        holder.setProperty("surface", "card")
        holder.setLayout(self._campaigns)
        column.addWidget(PageScroll(holder))
        for view in (Columns([(tasks, 3), (campaigns, 2)], narrow=720), self.month):
            self._views.addWidget(PageScroll(view))  # each by itself: the levels need less room than a month
        self._views.addWidget(self.levels)
        self._views.addWidget(self.elsewhere)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(20), px(4), px(20), px(14))
        chips = QHBoxLayout()
        chips.setSpacing(px(6))
        for chip in self._chips:
            chips.addWidget(chip)
        chips.addStretch(1)
        outer.addLayout(chips)
        outer.addWidget(self._views, 1)
