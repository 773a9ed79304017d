"""The cards below the head: guarantees, members, visits, income, problems, measures, facts."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.ui.pages.page import Columns
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cells import Cell, CellTable
from fieldapp.ui.viewmodels.household import HouseholdViewModel
from fieldapp.ui.viewmodels.household_facts import SECTIONS
from fieldapp.ui.viewmodels.record_tables import RecordTable
from fieldapp.ui.widgets.controls import button, card, label
from fieldapp.ui.widgets.fact_list import FactList, GuaranteeStrip
from fieldapp.ui.widgets.flow import clear_layout
from fieldapp.ui.widgets.income_chart import IncomeChart
from fieldapp.ui.widgets.table import CardTable, ColumnPlan
from fieldapp.ui.widgets.timeline import Timeline

__all__ = ["HouseholdCards"]

_MEMBERS = ColumnPlan((88, 96, 98, 164, 90, 104, 130, 112), grow={0: 1, 4: 1, 5: 1, 6: 1}, expendable=(5, 7))
_MEASURES = ColumnPlan((130, 200, 190, 90, 84), grow={1: 1}, expendable=(3,))
_ISSUES = ColumnPlan((60, 150, 84, 126, 80), grow={1: 1}, expendable=(2,))


class TableCard(QFrame):
    """A card with a small table, or a sentence when there is nothing. ``opened`` carries the position of a row."""

    opened = Signal(int)

    def __init__(
        self,
        title: str,
        titles: Sequence[str],
        plan: ColumnPlan,
        nothing: str,
        act: QPushButton | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self._model = CellTable(titles, self)
        self._table = CardTable(title, self._model, plan)
        self._table.opened.connect(self.opened)
        self._nothing = label(nothing, ink="soft", wrap=True)
        self._foot = label(ink="faint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(12))
        column.setSpacing(px(6))
        column.addWidget(label(title, ratio=1.1, bold=True))
        column.addWidget(self._table)
        column.addWidget(self._nothing)
        column.addWidget(self._foot)
        if act is not None:
            column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    @property
    def position(self) -> int:
        """The row that is current, else the first one; -1 when there is none."""
        return max(self._table.currentIndex().row(), 0) if self._model.rowCount() else -1

    @property
    def model(self) -> QAbstractTableModel:
        return self._model

    def show_rows(self, rows: Sequence[Sequence[Cell]], foot: str = "") -> None:
        """Show rows and a line below them."""
        self._model.show(rows)
        self._table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._foot.setText(foot)
        self._foot.setVisible(bool(foot))


class HouseholdCards(QWidget):
    """``fact_asked`` carries a fact whose history or correction is wanted."""

    fact_asked = Signal(object)
    review_asked = Signal(str)  # a visit to be read
    undo_asked = Signal(str)  # a correction
    sums_asked = Signal()  # the year's incomes by its items
    record_asked = Signal(str, str, str)  # list, record, property
    elsewhere_asked = Signal(int)  # the row of a problem to look for at other households

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guarantees = GuaranteeStrip()
        self._guarantees.asked.connect(self.fact_asked)
        self._members = _members_card()
        self._visits = Timeline()
        self._visits.opened.connect(self.review_asked)
        self._visits.undo_asked.connect(self.undo_asked)
        self._records = QVBoxLayout()
        self._records.setSpacing(px(12))
        self._no_visits = label(
            say(
                "还没有走访记录。走过没录的，按 F4 据纸质记录补录。",
                "No visits yet. Press F4 to type in past ones.",
            ),
            ink="soft",
            wrap=True,
        )
        self._chart = IncomeChart()
        self._sums = label(ink="accent", wrap=True)
        self._take_sums = button(
            say("按明细更正", "Correct by the items"), self.sums_asked.emit, kind="quiet"
        )
        self._no_income = label(say("还没有收入记录。", "No income recorded."), ink="soft", wrap=True)
        self._elsewhere = button(
            say("举一反三…", "Same elsewhere…"),
            lambda: self.elsewhere_asked.emit(self._issues.position),
            shortcut="Ctrl+I",
            tip=say(
                "看看别的户有没有同样的问题，给可能有的户安排排查（Ctrl+I）",
                "Look for this problem at other households (Ctrl+I)",
            ),
        )
        self._issues = _issues_card(self._elsewhere)
        self._measures = _measures_card()
        self._facts = [FactList(), FactList(), FactList(columns=2), FactList(columns=2)]
        self._lay_out()

    def show_household(self, model: HouseholdViewModel) -> None:
        """Show what the view-model knows."""
        self._guarantees.show_facts(model.guarantees())
        former = model.former_members()
        self._members.show_rows(
            model.members(),
            say("已减少：{names}", "Left: {names}", names=former) if former else "",
        )
        entries = model.timeline()
        self._visits.show_entries(entries)
        self._no_visits.setVisible(not entries)
        bars = model.incomes()
        self._chart.show_bars(bars)
        self._chart.setVisible(bool(bars))
        self._no_income.setVisible(not bars)
        offer = model.income_offer()
        self._sums.setText(offer)
        self._sums.setVisible(bool(offer))
        self._take_sums.setVisible(bool(offer) and model.clerk)
        self._issues.show_rows(model.issues())
        self._issues.setVisible(not model.at_the_door)
        self._elsewhere.setVisible(model.may_look_elsewhere())
        self._groups.setVisible(not model.at_the_door)
        self._measures.show_rows(model.measures())
        self._show_records(model.records())
        for widget, (_, facts) in zip(self._facts, model.sections(), strict=True):
            widget.show_facts(facts)

    def _show_records(self, tables: Sequence[RecordTable]) -> None:
        clear_layout(self._records)
        for table in tables:
            plan = ColumnPlan([110] * len(table.columns), grow=dict.fromkeys(range(len(table.columns)), 1))
            made = TableCard(table.title, table.columns, plan, "")
            made.opened.connect(functools.partial(self._ask_record, table))
            made.show_rows(table.rows)
            self._records.addWidget(made)

    def _ask_record(self, table: RecordTable, position: int) -> None:
        if 0 <= position < len(table.ids):
            self.record_asked.emit(table.list_name, table.ids[position], table.names[0])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(_card_of(say("两不愁三保障和饮水安全", "Guarantees and water"), self._guarantees))
        column.addWidget(self._members)
        visits = _card_of(say("时间线", "Time line"), self._visits, self._no_visits)
        income = _card_of(
            say("人均纯收入（元）", "Net income a head (yuan)"),
            self._chart,
            self._no_income,
            self._sums,
            self._take_sums,
        )
        column.addWidget(Columns([(visits, 1), (_stacked(income, self._issues), 1)], narrow=760))
        column.addWidget(self._measures)
        column.addLayout(self._records)
        cards = []
        for section, widget in zip(SECTIONS, self._facts, strict=True):
            widget.asked.connect(self.fact_asked)
            cards.append((_card_of(section.title, widget), 1))
        column.addWidget(Columns(cards[:2], narrow=760))
        column.addWidget(cards[2][0])
        self._groups = cards[3][0]
        column.addWidget(self._groups)


def _stacked(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(12))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder


def _card_of(title: str, *widgets: QWidget | QLabel) -> QFrame:
    frame, column = card(title)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return frame


def _members_card() -> TableCard:
    return TableCard(
        say("家庭成员", "Members"),
        (
            say("姓名", "Name"),
            say("与户主关系", "Relation"),
            say("性别 · 年龄", "Sex, age"),
            say("证件号码", "ID number"),
            say("健康", "Health"),
            say("劳动技能", "Ability"),
            say("务工 / 就学", "Work or school"),
            say("电话", "Phone"),
        ),
        _MEMBERS,
        say("没有登记家庭成员，请在走访里补上。", "No members recorded; add them in a visit."),
    )


def _measures_card() -> TableCard:
    return TableCard(
        say("帮扶措施", "Measures"),
        (
            say("类别", "Group"),
            say("内容", "What"),
            say("起止", "From – to"),
            say("金额", "Amount"),
            say("状态", "State"),
        ),
        _MEASURES,
        say("没有登记帮扶措施。", "No measures recorded."),
    )


def _issues_card(act: QPushButton) -> TableCard:
    return TableCard(
        say("问题", "Problems"),
        (
            say("类别", "Kind"),
            say("问题", "Problem"),
            say("发现", "Found"),
            say("时限", "Deadline"),
            say("状态", "State"),
        ),
        _ISSUES,
        say(
            "没有登记的问题。走访里发现的会自动列在这里。", "No problems. Those found on visits appear here."
        ),
        act,
    )
