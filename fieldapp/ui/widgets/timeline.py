"""What happened at a household, newest first; a visit with its ladder: 已保存 → 已封装 → 「县里已收到」."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.household_lines import Rung, VisitEntry
from fieldapp.ui.viewmodels.household_timeline import TIME_KINDS, time_kind_word
from fieldapp.ui.widgets.badge import Badge
from fieldapp.ui.widgets.controls import button, label
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout

__all__ = ["Timeline"]

_FIRST = 6


class Timeline(QWidget):
    """The lines; older ones unfold, kinds can be picked. ``opened`` carries what is to be read, ``undo_asked`` a correction."""

    opened = Signal(str)
    undo_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("时间线", "Time line"))
        self._entries: Sequence[VisitEntry] = ()
        self._kinds = ComboBox()
        self._kinds.setAccessibleName(say("时间线显示哪些", "What the time line shows"))
        self._kinds.activated.connect(lambda _: self._show(all_of_them=False))
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        outer.addWidget(self._kinds, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addLayout(self._column)

    def show_entries(self, entries: Sequence[VisitEntry]) -> None:
        """Show these lines; a picked kind stays picked while there is something of it."""
        self._entries = entries
        picked = self._kinds.currentData()
        present = [kind for kind in TIME_KINDS if any(entry.kind == kind for entry in entries)]
        self._kinds.clear()
        self._kinds.addItem(say("全部", "Everything"), "")
        for kind in present:
            self._kinds.addItem(time_kind_word(kind), kind)
        self._kinds.setCurrentIndex(max(0, self._kinds.findData(picked)))
        self._kinds.setVisible(len(present) > 1)
        self._show(all_of_them=False)

    def _show(self, *, all_of_them: bool) -> None:
        clear_layout(self._column)
        kind = self._kinds.currentData()
        entries = [entry for entry in self._entries if not kind or entry.kind == kind]
        shown = entries if all_of_them else entries[:_FIRST]
        for number, entry in enumerate(shown):
            self._column.addWidget(self._entry(entry, last=number == len(shown) - 1))
        if len(shown) < len(entries):
            more = len(entries) - len(shown)
            self._column.addWidget(
                button(
                    say("再看以前的 {n} 条", "Show {n} earlier ones", n=more),
                    lambda: self._show(all_of_them=True),
                    kind="quiet",
                )
            )

    def _entry(self, entry: VisitEntry, *, last: bool) -> QWidget:
        made = _Entry(entry, last=last)
        made.opened.connect(self.opened)
        made.undo_asked.connect(self.undo_asked)
        return made


class _Entry(QWidget):
    opened = Signal(str)
    undo_asked = Signal(str)

    def __init__(self, entry: VisitEntry, *, last: bool) -> None:
        super().__init__()
        self.setAccessibleName(f"{entry.day} {entry.title} {entry.entered}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(_Rail(not entry.rungs or entry.rungs[-1].reached, last=last))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, px(14))
        column.setSpacing(px(3))
        top = FlowLayout(spacing=px(8))
        top.addWidget(label(entry.day, bold=True))
        if entry.entered:
            top.addWidget(Badge(entry.entered))
        column.addLayout(top)
        column.addWidget(label(entry.title, wrap=True))
        for line in entry.lines:
            column.addWidget(label(line, ink="soft", wrap=True))
        column.addLayout(self._foot(entry))
        row.addLayout(column, 1)

    def _foot(self, entry: VisitEntry) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addLayout(_ladder(entry), 1)
        read, undo = say("看当时填的", "Read it"), say("撤销这次更正", "Take it back")
        acts = [(entry.opens, read, lambda: self.opened.emit(entry.visit_id))]
        acts.append((bool(entry.undo), undo, lambda: self.undo_asked.emit(entry.undo)))
        for offered, text, act in acts:
            if offered:
                made = button(text, act, kind="quiet", name=f"{entry.day} {text}")
                foot.addWidget(made, 0, Qt.AlignmentFlag.AlignBottom)
        return foot


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
