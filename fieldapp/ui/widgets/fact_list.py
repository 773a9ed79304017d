"""Facts as lines: label, value, since when in small. A line is opened with a click or Enter: its history, a correction."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.household_facts import Fact
from fieldapp.ui.widgets.badge import Badge
from fieldapp.ui.widgets.controls import button, label
from fieldapp.ui.widgets.flow import FlowLayout, clear_layout
from fieldapp.ui.widgets.grid_flow import GridFlow

__all__ = ["FactList", "GuaranteeStrip"]


class FactFrame(QFrame):
    """A fact that can be opened by mouse or key. ``asked`` carries it."""

    asked = Signal(object)

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact
        self.setObjectName("factLine")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{fact.label} {fact.text}")
        self.setToolTip(_tooltip(fact))
        self.setStyleSheet(
            f"QFrame#factLine {{ border: 1px solid transparent; border-radius: {px(4)}px; }}"
            f"QFrame#factLine:hover {{ background: {COLOURS.zebra}; }}"
            f"QFrame#factLine:focus {{ border: 1px solid {COLOURS.accent}; }}"
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the fact."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit(self._fact)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or space opens the fact."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self._fact)
            return
        super().keyPressEvent(event)


class FactLine(FactFrame):
    """Label, value and origin in a row."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(6), px(3), px(6), px(3))
        row.setSpacing(px(8))
        name = label(fact.label, ink="soft", wrap=True)
        name.setFixedWidth(name.fontMetrics().horizontalAdvance("汉") * 8)
        row.addWidget(name)
        row.addWidget(label(fact.text, wrap=True), 1)
        if fact.origin:
            row.addWidget(label(fact.origin, ink="faint", ratio=0.86))


class FactList(QWidget):
    """The facts of a card: known ones as lines, unknown ones named together below."""

    asked = Signal(object)

    def __init__(self, *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(20))
        self._grid.setVerticalSpacing(px(1))

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts."""
        clear_layout(self._grid)
        known = [fact for fact in facts if fact.text]
        for number, fact in enumerate(known):
            line = FactLine(fact)
            line.asked.connect(self.asked)
            self._grid.addWidget(line, number // self._columns, number % self._columns)
        below = len(known) // self._columns + 1
        unknown = [fact for fact in facts if not fact.text and fact.writable]
        if unknown:
            self._grid.addWidget(self._unknown(unknown), below, 0, 1, self._columns)
        elif not known:
            self._grid.addWidget(label(say("还没有登记。", "Nothing recorded yet."), ink="faint"), 0, 0)

    def _unknown(self, facts: Sequence[Fact]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=px(2))
        flow.setContentsMargins(px(6), px(4), 0, 0)
        title = label(say("未登记：", "Not recorded: "), ink="faint")
        title.setContentsMargins(0, px(4), 0, px(4))
        flow.addWidget(title)
        for fact in facts:
            flow.addWidget(
                button(
                    fact.label,
                    lambda chosen=fact: self.asked.emit(chosen),  # type: ignore[misc]
                    kind="quiet",
                    name=say("登记{label}", "Record {label}", label=fact.label),
                )
            )
        return holder


class GuaranteeStrip(GridFlow):
    """两不愁三保障 and water side by side, each as a word, with since when below."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(narrowest=128, most=6, parent=parent)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show the guarantees."""
        cells = [_GuaranteeCell(fact) for fact in facts]
        for cell in cells:
            cell.asked.connect(self.asked)
        self.show_items(cells)


class _GuaranteeCell(FactFrame):
    def __init__(self, fact: Fact) -> None:
        super().__init__(fact)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(4), px(6), px(4))
        column.setSpacing(px(4))
        column.addWidget(label(fact.label, ink="soft"))
        column.addWidget(Badge(fact.text, fact.tone))
        column.addWidget(label(fact.origin, ink="faint", ratio=0.86))


def _tooltip(fact: Fact) -> str:
    parts = []
    if fact.origin:
        parts.append(say("来自 {origin}", "from {origin}", origin=fact.origin))
    if fact.before:
        parts.append(say("原为 {before}", "was {before}", before=fact.before))
    parts.append(
        say("回车看来历或更正", "Enter: history and correction")
        if fact.writable
        else say("回车看来历", "Enter: history")
    )
    return "\n".join(parts)
