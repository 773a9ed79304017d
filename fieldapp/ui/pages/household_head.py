"""The first card of a household: who, where, how to reach them, what they are, where the visits stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.household_head import HouseholdHead
from fieldapp.ui.widgets.badge import Badge
from fieldapp.ui.widgets.controls import button, label
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout
from fieldapp.ui.widgets.grid_flow import GridFlow

__all__ = ["HeadCard"]


class HeadCard(QFrame):
    """``numbers_asked`` shows or hides ID numbers and phones in full."""

    numbers_asked = Signal(bool)
    print_asked = Signal()

    def __init__(self, start: QPushButton, forms: QPushButton, parent: QWidget | None = None) -> None:
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
        self._start, self._forms = start, forms
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
        for widget in (self._numbers, self._print, self._forms, self._start):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self._grid())

    def _grid(self) -> QWidget:
        titles = {
            "place": say("地址", "Place"),
            "house_no": say("户编号", "Household no."),
            "phone": say("电话", "Phone"),
            "members": say("人口", "Members"),
            "helper": say("帮扶责任人", "Helper"),
            "done": say("走访", "Visits"),
        }
        grid = GridFlow(narrowest=260, most=3, spacing=6)
        grid.show_items([self._pair(titles[name], name, value) for name, value in self._facts.items()])
        return grid

    def _pair(self, title: str, name: str, value: QLabel) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(label(title, ink="soft"))
        row.addWidget(value, 0 if name == "done" else 1)
        if name == "done":
            row.addWidget(self._due)
            row.addStretch(1)
        return holder
