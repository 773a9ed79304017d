"""What a card is made of: blocks that hold questions, rosters and other blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.question import Arrangement, QuestionRow
from fieldapp.ui.pages.form.roster.widget import RosterWidget
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.xform import GroupView, NodeView

__all__ = ["Block", "Builder", "GroupBlock", "Stop"]

#: Where the keyboard can stop on the page.
Stop = QuestionRow | RosterWidget
#: Puts into a block what some nodes need (``building.build_blocks``).
Builder = Callable[[Sequence[NodeView], "Block"], None]


class Block(QWidget):
    """A part of a card that can hold others."""

    passed = Signal(object)
    row_removed = Signal(object)  # RemovedRow
    stops_changed = Signal()

    def __init__(
        self, context: FormContext, arrangement: Arrangement, build: Builder, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.arrangement = arrangement
        self.build = build
        self.parts: list[Block | Stop] = []
        # Neither squeezed nor stretched while the page finds its new height: each would move every row twice.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def stops(self) -> Iterator[Stop]:
        """Yield where the keyboard can stop, in order."""
        for part in self.parts:
            if isinstance(part, Block):
                yield from part.stops()
            else:
                yield part

    def blocks(self) -> Iterator[Block]:
        """Yield this block and those in it."""
        yield self
        for part in self.parts:
            if isinstance(part, Block):
                yield from part.blocks()

    def tab_widgets(self) -> list[QWidget]:
        """Return where Tab stops in here, in order. Widgets come and go, so Qt's own order is of no use."""
        return [widget for part in self.parts for widget in part.tab_widgets()]

    def refresh(self) -> None:
        """Show what the session says about this block itself, not about what is in it."""

    def reveal(self, ref: str) -> None:
        """Open whatever folds around a question."""
        for part in self.parts:
            if isinstance(part, Block):
                part.reveal(ref)

    def arrange(self, arrangement: Arrangement) -> None:
        """Use the width there is."""
        self.arrangement = arrangement
        for part in self.parts:
            if not isinstance(part, RosterWidget):
                part.arrange(arrangement)

    def take_in(self, part: Block | Stop) -> None:
        """Add a part at the end."""
        self.parts.append(part)
        self.column.addWidget(part)
        part.passed.connect(self.passed)
        if isinstance(part, Block):
            part.stops_changed.connect(self.stops_changed)
        if isinstance(part, Block | RosterWidget):
            part.row_removed.connect(self.row_removed)


class GroupBlock(Block):
    """A group inside a card, under a small heading."""

    def __init__(self, node: GroupView, parent: Block) -> None:
        super().__init__(parent.context, parent.arrangement, parent.build, parent)
        context = self.context
        self.node = node
        self._heading = QLabel()
        self._heading.setProperty("say", "subheading")
        self._heading.setContentsMargins(0, context.scale(8), 0, context.scale(2))
        self.column.addWidget(self._heading)
        self.build(node.children, self)
        self.refresh()

    def refresh(self) -> None:
        self._heading.setText(self.node.label)
        show_if(self._heading, bool(self.node.label))
        show_if(self, self.node.relevant and not self.context.form.is_for_office(self.node))
