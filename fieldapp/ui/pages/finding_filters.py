"""The filters above the findings: grouping, level, place, one's own, passed ones, words."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from fieldapp.register.checks import LEVELS, Level
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.finding_table import level_label
from fieldapp.ui.viewmodels.findings import FindingsViewModel
from fieldapp.ui.widgets.controls import button, line_edit
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import FlowLayout

__all__ = ["FindingFilters"]


class FindingFilters(QWidget):
    """Wires the filter of the view-model to chips."""

    def __init__(self, model: FindingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("筛选", "Filters"))
        self._model = model
        self._by_rule = _chip(say("按规则", "By rule"))
        self._by_household = _chip(say("按农户", "By household"))
        self._by_rule.clicked.connect(lambda: self._group("rule"))
        self._by_household.clicked.connect(lambda: self._group("household"))
        self._levels: dict[Level, QPushButton] = {}
        self._area = ComboBox()
        self._area.setAccessibleName(say("乡镇或村", "Town or village"))
        self._area.setMinimumHeight(px(30))
        self._area.addItem(say("全部村组", "All villages"), "")
        self._area.currentIndexChanged.connect(lambda: model.set_area(str(self._area.currentData() or "")))
        self._mine = _chip(say("我结对的", "Mine"))
        self._mine.clicked.connect(lambda: model.set_mine(self._mine.isChecked()))
        self._passed = _chip(say("已说明", "Passed"))
        self._passed.clicked.connect(lambda: model.set_passed(self._passed.isChecked()))
        self._text = line_edit(
            say("在疑点里找", "Search findings"), say("户主、户编号或疑点内容", "Name, number, words")
        )
        self._text.setMaximumWidth(px(220))
        self._text.textEdited.connect(model.set_text)
        self._clear = button(say("清除筛选", "Clear"), model.clear, kind="quiet", shortcut="Ctrl+Backspace")
        self._again = button(say("再查一遍", "Check again"), model.check, kind="quiet", shortcut="F5")
        flow = FlowLayout(self, spacing=px(6))
        for first in (self._by_rule, self._by_household, self._area):
            flow.addWidget(first)
        for level in LEVELS:
            chip = self._levels[level] = _chip(level_label(level))
            chip.clicked.connect(lambda _=False, chosen=level: model.toggle_level(chosen))
            flow.addWidget(chip)
        for widget in (self._mine, self._passed, self._text, self._clear, self._again):
            flow.addWidget(widget)
        model.loaded.connect(self._mark)
        self._mark()

    def _group(self, by: str) -> None:
        self._model.group_by("household" if by == "household" else "rule")

    def _mark(self) -> None:
        model, wanted, counts = self._model, self._model.wanted, self._model.counts
        self._by_rule.setChecked(model.by == "rule")
        self._by_household.setChecked(model.by == "household")
        numbers: dict[Level, int] = (
            {"error": counts.errors, "doubt": counts.doubts, "hint": counts.hints} if counts else {}
        )
        for level, chip in self._levels.items():
            chip.setChecked(level in wanted.levels)
            _name(chip, level_label(level), numbers.get(level))
        _name(self._passed, say("已说明", "Passed"), counts.passed if counts else None)
        self._mine.setChecked(wanted.mine)
        self._passed.setChecked(wanted.passed)
        self._clear.setVisible(model.filtered)
        if not wanted.text and self._text.text():
            self._text.clear()
        self._list_areas()

    def _list_areas(self) -> None:
        self._area.blockSignals(True)
        if self._area.count() != len(self._model.areas) + 1:
            while self._area.count() > 1:
                self._area.removeItem(1)
            for area in self._model.areas:
                indent = "　" if area.level == "village" else ""
                self._area.addItem(f"{indent}{area.name}", area.code)
        self._area.setCurrentIndex(max(0, self._area.findData(self._model.wanted.area_code)))
        self._area.blockSignals(False)


def _chip(text: str) -> QPushButton:
    chip = button(text, kind="chip", tip=say("筛选：{text}", "Filter: {text}", text=text))
    chip.setCheckable(True)
    return chip


def _name(chip: QPushButton, text: str, number: int | None) -> None:
    shown = text if number is None else f"{text} {number:,}"
    chip.setText(shown)
    chip.setAccessibleName(shown)
