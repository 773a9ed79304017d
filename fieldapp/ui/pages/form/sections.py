"""A card for each part of the form: a group with its questions, a repeat as a grid or as blocks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.common.clock import Clock
from fieldapp.ui.pages.form.question import QuestionWidget
from fieldapp.ui.pages.form.roster import RosterWidget
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form import FormViewModel, questions_of
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

__all__ = ["SectionCard", "card_for"]


class SectionCard(QFrame):
    """A white card with a heading. It follows the node's relevance and its questions."""

    def __init__(self, node: NodeView, form: FormViewModel, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("card")
        self.node = node
        self._form = form
        self._clock = clock
        self._questions: list[QuestionWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 14, 20, 14)
        self._heading = QLabel(node.label)
        self._heading.setObjectName("cardTitle")
        self._heading.setVisible(bool(node.label) and not isinstance(node, QuestionView))
        self._layout.addWidget(self._heading)
        self._fill()
        self.setVisible(node.relevant)

    @property
    def ref(self) -> str:
        return self.node.ref

    def _fill(self) -> None:
        for question in questions_of(self.node, relevant_only=False):
            self._add_question(question, self._layout)

    def _add_question(self, question: QuestionView, layout: QVBoxLayout) -> None:
        widget = QuestionWidget(question, self._form, self._clock)
        self._questions.append(widget)
        layout.addWidget(widget)

    def refresh(self, refs: frozenset[str]) -> None:
        """Show what changed."""
        self.setVisible(self.node.relevant)
        for widget in self._questions:
            if widget.ref in refs:
                widget.refresh()

    def rebuild(self, repeat: str) -> None:
        """An instance came or went."""

    def show_ref(self, ref: str) -> bool:
        """Put the keyboard into a question of this card; False when it is elsewhere."""
        for widget in self._questions:
            if widget.ref == ref:
                widget.take_focus()
                return True
        return False

    def take_focus(self) -> None:
        """Put the keyboard into the first visible question."""
        first = next((widget for widget in self._questions if widget.question.relevant), None)
        if first is not None:
            first.take_focus()

    def ref_of(self, focused: QWidget | None) -> str | None:
        """Return the question that holds the keyboard."""
        return next((widget.ref for widget in self._questions if widget.holds(focused)), None)


class GridCard(SectionCard):
    """A roster as a grid."""

    def _fill(self) -> None:
        assert isinstance(self.node, RepeatView)
        self._roster = RosterWidget(self._form, self.node, self._clock)
        self._layout.addWidget(self._roster)

    def refresh(self, refs: frozenset[str]) -> None:
        self.setVisible(self.node.relevant)
        if _touches(self.ref, refs):
            self._roster.refresh()

    def rebuild(self, repeat: str) -> None:
        if repeat == self.ref:
            self._roster.refresh()

    def show_ref(self, ref: str) -> bool:
        return self._roster.show_ref(ref)

    def take_focus(self) -> None:
        self._roster.grid.setFocus()

    def ref_of(self, focused: QWidget | None) -> str | None:
        inside = focused is not None and self._roster.isAncestorOf(focused)
        return self._roster.current_ref() if inside else None


class RepeatCard(SectionCard):
    """A repeat as blocks, one an instance, for repeats of a few questions."""

    def _fill(self) -> None:
        assert isinstance(self.node, RepeatView)
        self._blocks = QVBoxLayout()
        self._layout.addLayout(self._blocks)
        self._add = QPushButton(say("＋ 新增一项", "+ Add"))
        self._add.setAccessibleName(f"{self.node.label} {self._add.text()}")
        self._add.clicked.connect(lambda: self._form.add_row(self.ref))
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        self._layout.addLayout(row)
        self._build_blocks()

    def _build_blocks(self) -> None:
        assert isinstance(self.node, RepeatView)
        self._questions = []
        while self._blocks.count():
            item = self._blocks.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        for instance in self.node.instances:
            self._blocks.addWidget(self._block(instance))
        self._add.setEnabled(self.node.can_add)

    def _block(self, instance: GroupView) -> QWidget:
        block = QFrame()
        block.setObjectName("block")
        row = QHBoxLayout(block)
        row.setContentsMargins(12, 4, 12, 4)
        questions = QVBoxLayout()
        for question in questions_of(instance, relevant_only=False):
            self._add_question(question, questions)
        row.addLayout(questions, 1)
        remove = QPushButton(say("删除", "Remove"))
        remove.setAccessibleName(f"{self.node.label} {say('删除', 'Remove')} {instance.ref}")
        remove.clicked.connect(lambda: self._form.remove_row(instance.ref))
        row.addWidget(remove)
        return block

    def rebuild(self, repeat: str) -> None:
        if repeat == self.ref:
            self._build_blocks()
            if self._questions:
                self._questions[-1].take_focus()


def _touches(ref: str, refs: Iterable[str]) -> bool:
    return any(changed.startswith(ref) for changed in refs)


def card_for(node: NodeView, form: FormViewModel, clock: Clock) -> SectionCard | None:
    """Return the card that fits a child of the form's root; None for what a person does not see."""
    match node:
        case RepeatView():
            grid = "grid" in node.appearance
            return GridCard(node, form, clock) if grid else RepeatCard(node, form, clock)
        case QuestionView() if node.kind in ("calculate", "hidden"):
            return None
        case GroupView() if not any(True for _ in questions_of(node, relevant_only=False)):
            return None
    return SectionCard(node, form, clock)
