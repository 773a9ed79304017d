"""The parts of a form in the side list: which nodes they hold, how far each is, where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from fieldapp.ui.viewmodels.form_nodes import is_asked, questions_of
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView, Violation

__all__ = ["Part", "Progress", "parts_of", "progress_of"]

State = Literal["open", "complete", "wrong"]


@dataclass(frozen=True, slots=True)
class Part:
    """A card of the page: a group, a repeat, or questions that stand beside each other outside any group."""

    ref: str
    nodes: tuple[NodeView, ...]

    @property
    def label(self) -> str:
        """The heading; empty for questions outside any group."""
        node = self.nodes[0]
        return "" if isinstance(node, QuestionView) else node.label

    @property
    def relevant(self) -> bool:
        return any(node.relevant for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part is. ``rows`` is the number of instances with an answer, None outside repeats."""

    ref: str
    label: str
    answered: int
    total: int
    required: int
    missing: int
    errors: int
    rows: int | None

    @property
    def state(self) -> State:
        """``wrong`` when something is to be mended, ``complete`` when nothing that must be answered is open."""
        if self.errors:
            return "wrong"
        needed = self.required > 0 or self.answered == self.total or self.rows is not None
        return "complete" if not self.missing and self.answered and needed else "open"


def parts_of(root: GroupView, hidden: Callable[[NodeView], bool]) -> tuple[Part, ...]:
    """Return the parts of a form in order. Questions next to each other outside any group make one part."""
    parts: list[Part] = []
    loose: list[NodeView] = []
    for node in _unfolded(root):
        if hidden(node):
            continue
        if isinstance(node, QuestionView):
            loose.append(node)
            continue
        _close(loose, parts)
        parts.append(Part(node.ref, (node,)))
    _close(loose, parts)
    return tuple(parts)


def progress_of(
    part: Part,
    visible: Callable[[QuestionView], bool],
    violation: Callable[[QuestionView], Violation | None],
    fallback_label: str,
) -> Progress:
    """Count what is answered, what must still be, and what is wrong."""
    questions = [q for node in part.nodes for q in questions_of(node) if visible(q)]
    asked = [q for q in questions if is_asked(q)]
    answered = sum(1 for q in asked if q.value)
    required = [q for q in asked if q.required]
    missing = sum(1 for q in required if not q.value)
    errors = sum(1 for q in asked if violation(q) is not None)
    node = part.nodes[0]
    rows = sum(map(_has_answer, node.instances)) if isinstance(node, RepeatView) else None
    label = part.label or fallback_label
    return Progress(part.ref, label, answered, len(asked), len(required), missing, errors, rows)


def _unfolded(root: GroupView) -> Iterator[NodeView]:
    """Yield the children of the root; groups without a heading are looked through, as they only bundle."""
    for child in root.children:
        if isinstance(child, GroupView) and not child.label and not child.appearance:
            yield from _unfolded(child)
        elif isinstance(child, RepeatView) or any(True for _ in questions_of(child, relevant_only=False)):
            yield child


def _has_answer(instance: GroupView) -> bool:
    """An instance that a form opens with counts only when something is written into it."""
    return any(question.value for question in questions_of(instance))


def _close(loose: list[NodeView], parts: list[Part]) -> None:
    if loose:
        parts.append(Part(loose[0].ref, tuple(loose)))
        loose.clear()
