"""The filters above the list: chips for visit state and category, a place, one's own. What is on is seen at once."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from fieldapp.register.plan import DueState
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.wording import kind_label, mark_label, state_label
from fieldapp.ui.viewmodels.work_list import KINDS, MARKS, STATES, WorkListViewModel
from fieldapp.ui.widgets.controls import button
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.group_menu import GroupMenu

__all__ = ["FilterBar"]


class FilterBar(QWidget):
    """Wires the filter of the view-model to chips."""

    def __init__(self, model: WorkListViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("筛选", "Filters"))
        self._model = model
        self._states: dict[DueState, QPushButton] = {}
        self._kinds: dict[str, QPushButton] = {}
        self._marks: dict[str, QPushButton] = {}
        self._area = ComboBox()
        self._area.setAccessibleName(say("乡镇或村", "Town or village"))
        self._area.setMaxVisibleItems(18)
        self._area.addItem(say("全部村组", "All villages"), "")
        self._area.setMinimumHeight(px(30))
        self._area.currentIndexChanged.connect(self._area_chosen)
        self._mine = _chip(say("我结对的", "Mine"))
        self._mine.clicked.connect(lambda: model.set_mine(self._mine.isChecked()))
        self._clear = button(say("清除筛选", "Clear"), model.clear, kind="quiet", shortcut="Ctrl+Backspace")
        flow = FlowLayout(self, spacing=px(6))
        flow.addWidget(self._area)
        for state in STATES:
            chip = self._states[state] = _chip(state_label(state))
            chip.clicked.connect(lambda _=False, chosen=state: model.toggle_state(chosen))
            flow.addWidget(chip)
        for kind in KINDS:
            chip = self._kinds[kind] = _chip(kind_label(kind))
            chip.clicked.connect(lambda _=False, chosen=kind: model.toggle_kind(chosen))
            flow.addWidget(chip)
        for mark in MARKS:
            chip = self._marks[mark] = _chip(mark_label(mark))
            chip.clicked.connect(lambda _=False, chosen=mark: model.toggle_mark(chosen))
            flow.addWidget(chip)
        self._groups = GroupMenu(self)
        self._groups.toggled.connect(model.toggle_group)
        self._groups.opened.connect(model.ask_groups)
        model.groups_changed.connect(lambda: self._groups.show_groups(model.groups, model.wanted.groups))
        self._by_group = self._groups.button()
        flow.addWidget(self._by_group)
        flow.addWidget(self._mine)
        flow.addWidget(self._clear)
        model.filter_changed.connect(self._mark)
        model.counts_changed.connect(self._count)
        model.areas_changed.connect(self._list_areas)
        self._mark()

    def _mark(self) -> None:
        wanted = self._model.wanted
        for state, chip in self._states.items():
            chip.setChecked(state in wanted.states)
        for kind, chip in self._kinds.items():
            chip.setChecked(kind in wanted.kinds)
        for mark, chip in self._marks.items():
            chip.setChecked(mark in wanted.marks)
        self._mine.setChecked(wanted.mine)
        self._groups.mark(wanted.groups)
        place = self._area.findData(wanted.area_code)
        if place != self._area.currentIndex():
            self._area.blockSignals(True)
            self._area.setCurrentIndex(place)
            self._area.blockSignals(False)
        self._clear.setVisible(self._model.filtered)

    def _count(self) -> None:
        counts = self._model.counts
        if counts is None:
            return
        numbers: dict[DueState, int] = {
            "overdue": counts.overdue,
            "due": counts.due,
            "not_entered": counts.not_entered,
            "fulfilled": counts.fulfilled,
            "unscheduled": counts.unscheduled,
        }
        for state, number in numbers.items():
            text = f"{state_label(state)} {number:,}"
            self._states[state].setText(text)
            self._states[state].setAccessibleName(text)

    def _list_areas(self) -> None:
        self._area.blockSignals(True)
        while self._area.count() > 1:
            self._area.removeItem(1)
        for area in self._model.areas:
            indent = "　" if area.level == "village" else ""
            self._area.addItem(f"{indent}{area.name}  {area.households:,}", area.code)
        self._area.blockSignals(False)
        self._mark()

    def _area_chosen(self) -> None:
        self._model.set_area(str(self._area.currentData() or ""))


def _chip(text: str) -> QPushButton:
    chip = button(text, kind="chip", tip=say("筛选：{text}", "Filter: {text}", text=text))
    chip.setCheckable(True)
    return chip
