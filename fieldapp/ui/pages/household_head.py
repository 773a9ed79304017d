"""The first card of a household: who, where, how to reach them, what they are, where the visits stand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.household_head import HouseholdHead
from fieldapp.ui.widgets.badge import Badge
from fieldapp.ui.widgets.controls import button, label
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout

__all__ = ["HeadCard"]


class HeadCard(QFrame):
    """``numbers_asked`` shows or hides ID numbers and phones in full."""

    numbers_asked = Signal(bool)
    print_asked = Signal()

    def __init__(self, start: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(say("户情概要", "Summary"))
        self._badges = FlowLayout(spacing=px(6))
        self._facts = {
            "place": label(wrap=True),
            "house_no": label(),
            "phone": label(),
            "members": label(),
            "helper": label(wrap=True),
            "done": label(),
        }
        self._due = Badge("")
        self._numbers = button(
            say("显示完整号码", "Show full numbers"),
            lambda: self.numbers_asked.emit(self._numbers.isChecked()),
            icon_name="eye",
            shortcut="Ctrl+H",
            tip=say("显示或遮住证件号码和电话", "Show or mask ID numbers and phones"),
        )
        self._numbers.setCheckable(True)
        self._print = button(
            say("打印…", "Print…"), self.print_asked.emit, icon_name="print", shortcut="Ctrl+P"
        )
        self._start = start
        self._lay_out()

    def show_head(self, head: HouseholdHead, *, numbers: bool) -> None:
        """Show a household."""
        for name, value in self._facts.items():
            text = str(getattr(head, name))
            value.setText(text or "—")
        self._due.show_text(head.due.text, head.due.tone)
        clear_layout(self._badges)
        for badge in head.badges:
            self._badges.addWidget(Badge(badge.text, badge.tone))
        self._numbers.setChecked(numbers)
        self._numbers.setText(
            say("遮住号码", "Mask numbers") if numbers else say("显示完整号码", "Show full numbers")
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        holder = QWidget()
        holder.setLayout(self._badges)
        top.addWidget(holder, 1)
        for widget in (self._numbers, self._print, self._start):
            top.addWidget(widget)
        column.addLayout(top)
        column.addLayout(self._grid())

    def _grid(self) -> QGridLayout:
        titles = {
            "place": say("地址", "Place"),
            "house_no": say("户编号", "Household no."),
            "phone": say("电话", "Phone"),
            "members": say("人口", "Members"),
            "helper": say("帮扶责任人", "Helper"),
            "done": say("走访", "Visits"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(4))
        for number, (name, value) in enumerate(self._facts.items()):
            row, place = divmod(number, 3)
            grid.addWidget(label(titles[name], ink="soft"), row, place * 2)
            grid.addWidget(self._with_due(value) if name == "done" else value, row, place * 2 + 1)
        for place in (1, 3, 5):
            grid.setColumnStretch(place, 1)
        return grid

    def _with_due(self, value: QLabel) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(value)
        row.addWidget(self._due)
        row.addStretch(1)
        return holder
