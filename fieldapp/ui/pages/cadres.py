"""Cadres 干部: who works here, who is responsible for whom, and for which households nobody is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.ui.pages.household_cards import TableCard
from fieldapp.ui.pages.page import Columns, Page
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.cadres import CadresViewModel
from fieldapp.ui.widgets.scroll import PageScroll
from fieldapp.ui.widgets.table import ColumnPlan

__all__ = ["CadresPage"]

_TEAM = ColumnPlan((100, 130, 130, 120, 190, 120), grow={1: 1, 4: 2}, expendable=(3,))
_UNITS = ColumnPlan((170, 150, 60, 60), grow={0: 1, 1: 1}, expendable=(2,))
_CHARGES = ColumnPlan((100, 100, 160, 60), grow={2: 1}, expendable=(2,))
_GAPS = ColumnPlan((100, 130, 170), grow={2: 1}, expendable=(1,))
_TURNOVER = ColumnPlan((100, 130, 150, 60), grow={2: 1}, expendable=(1,))


class CadresPage(Page):
    """``household_opened`` carries the household of a line that was opened."""

    household_opened = Signal(str)

    def __init__(self, model: CadresViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._team = _team_card()
        self._units = _units_card()
        self._charges = _charges_card()
        self._gaps = _gap_cards()
        for name, made in self._gaps.items():
            made.opened.connect(partial(self._open, name))
        self._lay_out()
        model.changed.connect(self._show)
        model.failed.connect(self.failed)

    def title(self) -> str:
        return say("干部和结对", "Cadres and pairings")

    def subtitle(self) -> str:
        return self._model.summary()

    def entered(self) -> None:
        self._model.load()

    def _show(self) -> None:
        self._team.show_rows(self._model.team())
        self._units.show_rows(self._model.units())
        self._charges.show_rows(self._model.charges())
        for name, rows in self._model.gaps().items():
            self._gaps[name].show_rows(rows, self._model.left_out(name))
        self.title_changed.emit()

    def _open(self, name: str, position: int) -> None:
        self.household_opened.emit(self._model.household(name, position))

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), px(4), px(20), px(20))
        column.setSpacing(px(12))
        column.addWidget(Columns([(self._gaps["unpaired"], 1), (self._gaps["unguarded"], 1)], narrow=760))
        column.addWidget(Columns([(self._units, 1), (self._charges, 1)], narrow=760))
        column.addWidget(self._gaps["turnover"])
        column.addWidget(self._team)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(PageScroll(content))


def _home_titles(*more: str) -> Sequence[str]:
    return (say("户主", "Head"), say("户编号", "Number"), say("村、组", "Place"), *more)


def _gap_cards() -> dict[str, TableCard]:
    return {
        "unpaired": TableCard(
            say("没有帮扶责任人的户", "Households without a helper"),
            _home_titles(),
            _GAPS,
            say("每一户都有帮扶责任人。", "Every household has a helper."),
        ),
        "unguarded": TableCard(
            say("重点户还没有包保责任人", "Households of special focus without a person in charge"),
            _home_titles(),
            _GAPS,
            say("每一个重点户都有人包保。", "Somebody is in charge of each of them."),
        ),
        "turnover": TableCard(
            say("一年内换人较多的户", "Households whose helper changed often within a year"),
            _home_titles(say("责任人", "Helpers")),
            _TURNOVER,
            say("一年内没有哪户换过两次以上。", "No household has had more than two helpers."),
        ),
    }


def _team_card() -> TableCard:
    return TableCard(
        say("本地干部", "Cadres here"),
        (
            say("姓名", "Name"),
            say("职务", "Post"),
            say("身份", "Role"),
            say("地方", "Place"),
            say("单位", "Unit"),
            say("电话", "Phone"),
        ),
        _TEAM,
        say("县里还没有下发干部名单，同步后再看。", "The county has sent no list of cadres yet; sync first."),
    )


def _units_card() -> TableCard:
    return TableCard(
        say("帮扶单位和部门", "Units and departments"),
        (say("单位", "Unit"), say("联系人", "Contact"), say("干部", "Cadres"), say("户数", "Households")),
        _UNITS,
        say("还没有结对信息。", "No pairings yet."),
    )


def _charges_card() -> TableCard:
    return TableCard(
        say("谁负责多少户", "Who has how many households"),
        (say("类型", "Kind"), say("姓名", "Name"), say("单位", "Unit"), say("户数", "Households")),
        _CHARGES,
        say("还没有结对信息。", "No pairings yet."),
    )
