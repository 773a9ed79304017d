"""What a card is made of: questions, groups within groups, repeats as folding blocks or as a grid."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.question import Arrangement, QuestionRow
from fieldapp.ui.pages.form.roster.widget import RosterWidget
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form_nodes import answer_text, questions_of
from fieldapp.ui.widgets.controls import button
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

__all__ = ["Block", "GroupBlock", "RepeatBlock", "Stop", "build_blocks"]

#: Where the keyboard can stop on the page.
Stop = QuestionRow | RosterWidget
#: An instance with so many questions of these kinds is one line.
_SHORT = 3
_ONE_LINE = frozenset({"text", "integer", "decimal", "date", "time", "barcode"})
#: So many instances are open at once; the others are one line until they are wanted.
_OPEN_AT_ONCE = 3


class Block(QWidget):
    """A part of a card that can hold others."""

    passed = Signal(object)
    row_removed = Signal(object)  # RemovedRow
    stops_changed = Signal()

    def __init__(self, context: FormContext, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.arrangement = arrangement
        self.parts: list[Block | Stop] = []
        self.column = QVBoxLayout(self)
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
        if isinstance(part, QuestionRow | RosterWidget):
            part.passed.connect(self.passed)
        if isinstance(part, Block):
            part.passed.connect(self.passed)
            part.stops_changed.connect(self.stops_changed)
        if isinstance(part, Block | RosterWidget):
            part.row_removed.connect(self.row_removed)


def build_blocks(nodes: tuple[NodeView, ...], into: Block) -> None:
    """Build what the nodes need. Calculations and hidden nodes need nothing."""
    for node in nodes:
        match node:
            case QuestionView():
                if node.kind not in ("calculate", "hidden"):
                    into.take_in(QuestionRow(node, into.context, into.arrangement, into))
            case GroupView():
                into.take_in(GroupBlock(node, into))
            case RepeatView() if "grid" in node.appearance:
                into.take_in(RosterWidget(node, into.context, into))
            case RepeatView():
                into.take_in(RepeatBlock(node, into))


class GroupBlock(Block):
    """A group inside a card, under a small heading."""

    def __init__(self, node: GroupView, parent: Block) -> None:
        super().__init__(parent.context, parent.arrangement, parent)
        context = self.context
        self.node = node
        self._heading = QLabel()
        self._heading.setProperty("say", "subheading")
        self._heading.setContentsMargins(0, context.scale(8), 0, context.scale(2))
        self.column.addWidget(self._heading)
        build_blocks(tuple(node.children), self)
        self.refresh()

    def refresh(self) -> None:
        self._heading.setText(self.node.label)
        show_if(self._heading, bool(self.node.label))
        show_if(self, self.node.relevant and not self.context.form.is_for_office(self.node))


def is_short(instance: GroupView) -> bool:
    """Tell whether an instance fits into one line: an item and its amount, for example."""
    children = [child for child in instance.children if not _is_silent(child)]
    return len(children) <= _SHORT and all(
        isinstance(child, QuestionView) and child.kind in _ONE_LINE and "multiline" not in child.appearance
        for child in children
    )


def _is_silent(node: NodeView) -> bool:
    return isinstance(node, QuestionView) and node.kind in ("calculate", "hidden")


class ShortInstance(Block):
    """One instance of a repeat in one line, with its number and a way to take it away."""

    def __init__(self, owner: RepeatBlock, instance: GroupView) -> None:
        super().__init__(owner.context, Arrangement.INLINE, owner)
        self._owner = owner
        self.instance = instance
        scale = owner.context.scale
        line = QHBoxLayout()
        line.setContentsMargins(scale(10), 0, 0, 0)
        line.setSpacing(scale(8))
        top = Qt.AlignmentFlag.AlignTop
        self._number = QLabel()
        self._number.setProperty("say", "hint")
        self._number.setContentsMargins(0, scale(12), 0, 0)
        line.addWidget(self._number, 0, top)
        self.column.addLayout(line)
        for child in instance.children:
            if isinstance(child, QuestionView) and not _is_silent(child):
                row = QuestionRow(child, self.context, Arrangement.INLINE, self)
                row.passed.connect(self.passed)
                self.parts.append(row)
                line.addWidget(row, 3 if child.kind == "text" else 2, top)
        self._remove = button("", self._take_away, kind="quiet", icon_name="close")
        self._remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        line.addWidget(self._remove, 0, top)
        self.refresh()

    def refresh(self) -> None:
        number = self.instance.ref.rpartition("[")[2].rstrip("]")
        self._number.setText(number)
        name = f"{self._owner.node.label} {number} {say('删除', 'remove')}"
        self._remove.setAccessibleName(name)
        self._remove.setToolTip(name)
        show_if(self._remove, self._owner.node.can_remove and not self.context.form.read_only)

    def arrange(self, _arrangement: Arrangement) -> None:
        """It is one line at any width."""

    def _take_away(self) -> None:
        self.row_removed.emit(self.context.form.remove_row(self.instance.ref))


class InstanceBlock(Block):
    """One instance of a repeat: a line with its name; what is in it is built when it is first opened."""

    def __init__(self, owner: RepeatBlock, instance: GroupView, *, is_open: bool) -> None:
        super().__init__(owner.context, owner.arrangement, owner)
        self._owner = owner
        self.instance = instance
        frame = QFrame()
        frame.setProperty("part", "block")
        inside = QVBoxLayout(frame)
        scale = owner.context.scale
        inside.setContentsMargins(scale(12), scale(4), scale(8), scale(6))
        inside.setSpacing(0)
        self._toggle = button("", self.toggle, kind="quiet")
        self._remove = button(say("删除", "Remove"), self._take_away, kind="quiet")
        head = QHBoxLayout()
        head.addWidget(self._toggle)
        head.addStretch(1)
        head.addWidget(self._remove)
        inside.addLayout(head)
        self.column.addWidget(frame)
        self.column.setContentsMargins(0, 0, 0, scale(8))
        # From here on parts go into the frame.
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        inside.addLayout(self.column)
        self._body_shown = False
        if is_open:
            self.open()
        self.refresh()

    @property
    def is_open(self) -> bool:
        return self._body_shown

    def open(self) -> None:
        """Show what is in it."""
        if not self.parts:
            build_blocks(tuple(self.instance.children), self)
            self.stops_changed.emit()
        self._show_body(True)

    def toggle(self) -> None:
        """Open or fold it."""
        if self._body_shown:
            self._show_body(False)
        else:
            self.open()
        self.refresh()

    def stops(self) -> Iterator[Stop]:
        return super().stops() if self._body_shown else iter(())

    def reveal(self, ref: str) -> None:
        if ref.startswith(self.instance.ref + "/"):
            self.open()
            self.refresh()
            super().reveal(ref)

    def refresh(self) -> None:
        number = int(self.instance.ref.rpartition("[")[2].rstrip("]"))
        sign = "▾" if self._body_shown else "▸"
        self._toggle.setText(f"{sign} {number}　{self._summary()}")
        self._toggle.setAccessibleName(f"{self._owner.node.label} {number}")
        self._remove.setAccessibleName(f"{self._owner.node.label} {number} {say('删除', 'remove')}")
        show_if(self._remove, self._owner.node.can_remove and not self.context.form.read_only)

    def _summary(self) -> str:
        answers = [answer_text(question) for question in questions_of(self.instance) if question.value]
        return " · ".join(answers[:3]) if not self._body_shown else ""

    def _show_body(self, shown: bool) -> None:
        self._body_shown = shown
        for part in self.parts:
            show_if(part, shown)
        if shown:
            for block in self.blocks():
                if block is not self:
                    block.refresh()
            # What is folded is not kept up to date while one types elsewhere.
            for stop in super().stops():
                stop.refresh()

    def _take_away(self) -> None:
        self.row_removed.emit(self.context.form.remove_row(self.instance.ref))


class RepeatBlock(Block):
    """A repeat of any questions, one block an instance."""

    def __init__(self, node: RepeatView, parent: Block) -> None:
        super().__init__(parent.context, parent.arrangement, parent)
        context = self.context
        self.node = node
        self._heading = QLabel()
        self._heading.setProperty("say", "subheading")
        self._is_card = node.ref in {part.ref for part in context.form.parts}
        self.column.addWidget(self._heading)
        self._instances = QVBoxLayout()
        self.column.addLayout(self._instances)
        self._add = button(say("＋ 再加一项", "+ Add"), self.add, kind="quiet")
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        self.column.addLayout(row)
        for instance in node.instances:
            self._append(instance, is_open=len(self.parts) < _OPEN_AT_ONCE)
        self.refresh()

    def _append(self, instance: GroupView, *, is_open: bool) -> None:
        block: Block
        if is_short(instance):
            block = ShortInstance(self, instance)
        else:
            block = InstanceBlock(self, instance, is_open=is_open)
        self.parts.append(block)
        self._instances.addWidget(block)
        block.passed.connect(self.passed)
        block.row_removed.connect(self.row_removed)
        block.stops_changed.connect(self.stops_changed)

    def add(self) -> None:
        """Add an instance and put the keyboard into it."""
        self.context.form.add_row(self.node.ref)
        first = next(self.parts[-1].stops(), None) if isinstance(self.parts[-1], Block) else None
        if first is not None:
            first.take_focus()

    def sync(self, gone: int = -1) -> None:
        """Follow the instances there are now; ``gone`` is the place of one that was taken away."""
        instances = self.node.instances
        if 0 <= gone < len(self.parts):
            self._drop(gone)
        while len(self.parts) > len(instances):
            self._drop(len(self.parts) - 1)
        for instance in instances[len(self.parts) :]:
            self._append(instance, is_open=True)
        self.refresh()
        self.stops_changed.emit()

    def _drop(self, place: int) -> None:
        block = self.parts.pop(place)
        block.hide()
        block.deleteLater()

    def refresh(self) -> None:
        form = self.context.form
        self._heading.setText(self.node.label)
        show_if(self._heading, bool(self.node.label) and not self._is_card)
        self._add.setAccessibleName(f"{self.node.label} {self._add.text()}")
        show_if(self._add, self.node.can_add and not form.read_only)
        show_if(self, self.node.relevant and not form.is_for_office(self.node))
        for part in self.parts:
            part.refresh()
