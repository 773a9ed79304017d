"""Visits as a time line, newest first, each with its ladder: 已保存 → 已封装 → 「县里已收到」."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.household_lines import Rung, VisitEntry
from fieldapp.ui.widgets.badge import Badge
from fieldapp.ui.widgets.controls import button, label
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout

__all__ = ["Timeline"]

_FIRST = 6


class Timeline(QWidget):
    """The visits; older ones unfold. ``opened`` carries the id of a visit to be read."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("走访时间线", "Visits"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_entries(self, entries: Sequence[VisitEntry], *, all_of_them: bool = False) -> None:
        """Show these visits."""
        clear_layout(self._column)
        shown = entries if all_of_them else entries[:_FIRST]
        for number, entry in enumerate(shown):
            self._column.addWidget(self._entry(entry, last=number == len(shown) - 1))
        if len(shown) < len(entries):
            more = len(entries) - len(shown)
            self._column.addWidget(
                button(
                    say("再看 {n} 次以前的走访", "Show {n} earlier visits", n=more),
                    lambda: self.show_entries(entries, all_of_them=True),
                    kind="quiet",
                )
            )

    def _entry(self, entry: VisitEntry, *, last: bool) -> QWidget:
        made = _Entry(entry, last=last)
        made.opened.connect(self.opened)
        return made


class _Entry(QWidget):
    opened = Signal(str)

    def __init__(self, entry: VisitEntry, *, last: bool) -> None:
        super().__init__()
        self.setAccessibleName(f"{entry.day} {entry.title} {entry.entered}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(_Rail(entry.rungs[-1].reached, last=last))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, px(14))
        column.setSpacing(px(3))
        top = FlowLayout(spacing=px(8))
        top.addWidget(label(entry.day, bold=True))
        top.addWidget(Badge(entry.entered))
        column.addLayout(top)
        column.addWidget(label(entry.title, wrap=True))
        for line in entry.lines:
            column.addWidget(label(line, ink="soft", wrap=True))
        foot = QHBoxLayout()
        foot.addLayout(_ladder(entry), 1)
        read = say("看当时填的", "Read it")
        foot.addWidget(
            button(
                read,
                lambda: self.opened.emit(entry.visit_id),
                kind="quiet",
                name=f"{entry.day} {read}",
            ),
            0,
            Qt.AlignmentFlag.AlignBottom,
        )
        column.addLayout(foot)
        row.addLayout(column, 1)


def _ladder(entry: VisitEntry) -> FlowLayout:
    """Steps reached have a tick and their colour, the others are faint."""
    flow = FlowLayout(spacing=px(5))
    for number, rung in enumerate(entry.rungs):
        if number:
            flow.addWidget(label("→", ink="faint", ratio=0.93))
        flow.addWidget(_step(rung, bad=entry.tone == "bad" and number == len(entry.rungs) - 1))
    return flow


def _step(rung: Rung, *, bad: bool) -> QLabel:
    if bad:
        return label(f"✕ {rung.label}", ink="bad", ratio=0.93)
    if rung.reached:
        return label(f"✓ {rung.label}", ink="good", ratio=0.93)
    return label(rung.label, ink="faint", ratio=0.93)


class _Rail(QWidget):
    """The line with a knot; filled when the county has the visit."""

    def __init__(self, arrived: bool, *, last: bool) -> None:
        super().__init__()
        self._arrived = arrived
        self._last = last
        self.setFixedWidth(px(14))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius = self.width() / 2, px(4)
        place = self.fontMetrics().height() / 2 + px(1)
        if not self._last:
            painter.setPen(QPen(QColor(COLOURS.line_strong), 1))
            painter.drawLine(int(middle), int(place + radius), int(middle), self.height())
        painter.setPen(QPen(QColor(COLOURS.accent), px(1.6)))
        painter.setBrush(QColor(COLOURS.accent) if self._arrived else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(middle - radius, place - radius, 2 * radius, 2 * radius))
        painter.end()
