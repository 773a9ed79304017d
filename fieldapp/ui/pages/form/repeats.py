"""Repeats as blocks: one line an instance where little is asked, a folding frame where it is more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.blocks import Block, Stop
from fieldapp.ui.pages.form.question import Arrangement, QuestionRow
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form_nodes import answer_text, questions_of
from fieldapp.ui.widgets.controls import button, key_tip
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

__all__ = ["RepeatBlock"]

#: An instance with so many questions of these kinds is one line.
_SHORT = 3
_ADD_KEYS, _REMOVE_KEYS = "Ctrl+Shift+N", "Ctrl+Delete"
_ONE_LINE = frozenset({"text", "integer", "decimal", "date", "time", "barcode"})
#: So many instances are open at once; the others are one line until they are wanted.
_OPEN_AT_ONCE = 3


class RepeatBlock(Block):
    """A repeat of any questions, one block an instance."""

    def __init__(self, node: RepeatView, parent: Block) -> None:
        super().__init__(parent.context, parent.arrangement, parent.build, parent)
        context = self.context
        self.node = node
        self._heading = QLabel()
        self._heading.setProperty("say", "subheading")
        self._is_card = node.ref in {part.ref for part in context.form.parts}
        self.column.addWidget(self._heading)
        self._instances = QVBoxLayout()
        self.column.addLayout(self._instances)
        self._add = button(
            say("＋ 再加一项", "+ Add"),
            self.add,
            kind="quiet",
            tip=key_tip(say("再加一项", "Add"), _ADD_KEYS),
        )
        _listen(self, _ADD_KEYS, self.add)
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
        if self.isVisible():
            block.show()  # at once: the keyboard goes there next
        block.passed.connect(self.passed)
        block.row_removed.connect(self.row_removed)
        block.stops_changed.connect(self.stops_changed)

    def tab_widgets(self) -> list[QWidget]:
        return [*super().tab_widgets(), self._add]

    def add(self) -> None:
        """Add an instance and put the keyboard into it."""
        if not self.node.can_add or self.context.form.read_only:
            return
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
        super().__init__(owner.context, Arrangement.INLINE, owner.build, owner)
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
        line.addWidget(self._remove, 0, top)
        _listen(self, _REMOVE_KEYS, self._take_away)
        self.refresh()

    def refresh(self) -> None:
        number = self.instance.ref.rpartition("[")[2].rstrip("]")
        self._number.setText(number)
        name = f"{self._owner.node.label} {number} {say('删除', 'remove')}"
        self._remove.setAccessibleName(name)
        self._remove.setToolTip(key_tip(name, _REMOVE_KEYS))
        show_if(self._remove, self._owner.node.can_remove and not self.context.form.read_only)

    def arrange(self, _arrangement: Arrangement) -> None:
        """It is one line at any width."""

    def _take_away(self) -> None:
        if self._owner.node.can_remove and not self.context.form.read_only:
            self.row_removed.emit(self.context.form.remove_row(self.instance.ref))


class InstanceBlock(Block):
    """One instance of a repeat: a line with its name; what is in it is built when it is first opened."""

    def __init__(self, owner: RepeatBlock, instance: GroupView, *, is_open: bool) -> None:
        super().__init__(owner.context, owner.arrangement, owner.build, owner)
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
        _listen(self, _REMOVE_KEYS, self._take_away)
        if is_open:
            self.open()
        self.refresh()

    @property
    def is_open(self) -> bool:
        return self._body_shown

    def open(self) -> None:
        """Show what is in it."""
        if not self.parts:
            self.build(self.instance.children, self)
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

    def tab_widgets(self) -> list[QWidget]:
        return [self._toggle, *(super().tab_widgets() if self._body_shown else []), self._remove]

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
        if self._owner.node.can_remove and not self.context.form.read_only:
            self.row_removed.emit(self.context.form.remove_row(self.instance.ref))


def _listen(widget: QWidget, keys: str, act: Callable[[], None]) -> None:
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
