"""The households due soon, place by place, as one drives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp.ui.dates import short_day
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.today import RouteStop
from fieldapp.ui.viewmodels.wording import due_text, due_tone
from fieldapp.ui.widgets.badge import Badge
from fieldapp.ui.widgets.controls import button, label, rule
from fieldapp.ui.widgets.flow import clear_layout

if TYPE_CHECKING:
    from fieldapp.services.worklist import WorkRow

__all__ = ["RouteList"]

_SHOWN = 24


class RouteList(QWidget):
    """``opened`` carries a household id."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("近期要走的户", "Due soon"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))

    def show_stops(self, stops: Sequence[RouteStop], total: int, today: date) -> None:
        """Show the first stops; the rest is named and lies behind the numbers above."""
        clear_layout(self._column)
        left = _SHOWN
        for stop in stops:
            if left <= 0:
                break
            self._column.addWidget(
                label(
                    say("{place} · {n} 户", "{place} · {n}", place=stop.place, n=len(stop.rows)),
                    ink="soft",
                    ratio=0.93,
                )
            )
            for row in stop.rows[:left]:
                self._column.addWidget(self._line(row, today))
            left -= len(stop.rows)
            self._column.addWidget(rule())
        rest = total - min(total, _SHOWN)
        if rest > 0:
            self._column.addWidget(
                label(
                    say("还有 {n} 户，点上面的数字查看。", "{n} more: open the numbers above.", n=rest),
                    ink="faint",
                )
            )

    def _line(self, row: WorkRow, today: date) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(self._name(row))
        note = []
        if row.open_issues:
            note.append(say("{n} 个问题待办", "{n} open problems", n=row.open_issues))
        if row.task_on:
            note.append(say("约定 {day} 前", "by {day}", day=short_day(row.task_on, today)))
        elif row.open_tasks:
            note.append(say("有待办", "tasks"))
        if row.attempts:
            note.append(say("已去 {n} 次未遇", "went {n} times, met nobody", n=row.attempts))
        if row.has_draft:
            note.append(say("有草稿", "draft"))
        line.addWidget(label(" · ".join(note), ink="soft", ratio=0.93), 1)
        line.addWidget(
            Badge(due_text(row.due_state, row.due_on, row.required, today), due_tone(row.due_state))
        )
        return holder

    def _name(self, row: WorkRow) -> QPushButton:
        made = button(
            row.head_name,
            lambda: self.opened.emit(row.household_id),
            kind="quiet",
            name=say("打开{name}家", "Open {name}", name=row.head_name),
        )
        shown = made.fontMetrics().elidedText(row.head_name, Qt.TextElideMode.ElideRight, px(170))
        made.setText(shown)
        return made
