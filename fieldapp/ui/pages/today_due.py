"""The cards 待办 and 活动 of Today: every number opens its households."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.today_due import CampaignNote, TaskNote, TodayDueViewModel
from fieldapp.ui.widgets.controls import button, card, label
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout
from fieldapp.ui.widgets.meter import Meter, MeterPart

__all__ = ["DueCards"]

_CAMPAIGNS = 3


class DueCards(QWidget):
    """Tasks by day with where they come from, then the campaigns that are on. A card without content is not shown."""

    household_opened = Signal(str)
    filter_asked = Signal(object)  # WorkFilter
    plan_opened = Signal()

    def __init__(self, model: TodayDueViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._numbers = FlowLayout(spacing=px(6))
        self._next = QVBoxLayout()
        self._campaigns = QVBoxLayout()
        self._campaigns.setSpacing(px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self._tasks_card, inside = card(say("待办", "Tasks"))
        inside.addLayout(self._numbers)
        inside.addLayout(self._next)
        inside.addWidget(self._plan(say("看计划", "See the plan")), 0, Qt.AlignmentFlag.AlignLeft)
        self._campaign_card, below = card(say("活动", "Campaigns"))
        below.addLayout(self._campaigns)
        for frame in (self._tasks_card, self._campaign_card):
            frame.hide()
            column.addWidget(frame)
        model.loaded.connect(self._show)

    def _show(self) -> None:
        clear_layout(self._numbers)
        for number in self._model.numbers:
            self._numbers.addWidget(self._number(number.text, number.wanted))
        clear_layout(self._next)
        for note in self._model.next:
            self._next.addWidget(self._task(note))
        self._tasks_card.setVisible(bool(self._model.numbers))
        clear_layout(self._campaigns)
        for campaign in self._model.campaigns[:_CAMPAIGNS]:
            self._show_campaign(campaign)
        more = len(self._model.campaigns) - _CAMPAIGNS
        if more > 0:
            self._campaigns.addWidget(self._plan(say("还有 {n} 个活动", "{n} more campaigns", n=more)))
        self._campaign_card.setVisible(bool(self._model.campaigns))

    def _number(self, text: str, wanted: WorkFilter) -> QPushButton:
        return button(text, lambda: self.filter_asked.emit(wanted), kind="chip")

    def _task(self, note: TaskNote) -> QWidget:
        return _row(
            note.head_name,
            note.detail,
            lambda: self.household_opened.emit(note.household_id),
            overdue=note.overdue,
        )

    def _show_campaign(self, campaign: CampaignNote) -> None:
        self._campaigns.addWidget(label(campaign.name, bold=True, wrap=True))
        meter = Meter()
        left = campaign.total - campaign.done
        meter.show_parts(
            [
                MeterPart(say("已走到", "reached"), campaign.done, COLOURS.good),
                MeterPart(say("还没有", "not yet"), left, COLOURS.line_strong),
            ]
        )
        self._campaigns.addWidget(meter)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        reached = say("{done}/{all} 户", "{done}/{all}", done=campaign.done, all=campaign.total)
        row.addWidget(label(f"{reached} · {campaign.detail}", ink="soft", ratio=0.93, wrap=True), 1)
        if campaign.rest:
            row.addWidget(
                button(
                    say("还差 {n} 户", "{n} left", n=left),
                    lambda: self.filter_asked.emit(WorkFilter(within=campaign.rest)),
                    kind="chip",
                    name=say("{name}还差 {n} 户，打开名单", "{name}: {n} left", name=campaign.name, n=left),
                )
            )
        self._campaigns.addWidget(holder)

    def _plan(self, text: str) -> QPushButton:
        return button(text, self.plan_opened.emit)


def _row(name: str, detail: str, opened: Callable[[], None], *, overdue: bool) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    made = button(
        name, opened, kind="quiet", name=say("打开{name}家的待办", "Open {name}, with a task", name=name)
    )
    made.setText(made.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, px(110)))
    row.addWidget(made)
    row.addWidget(label(detail, ink="ink" if overdue else "soft", ratio=0.93, wrap=True), 1)
    return holder
