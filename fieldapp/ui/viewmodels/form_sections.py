"""The parts of a form, as the side list names them and the page shows them: one card each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fieldapp.ui.viewmodels.form_nodes import questions_of
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

__all__ = ["Part", "parts_of"]


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


def _unfolded(root: GroupView) -> Iterator[NodeView]:
    """Yield the children of the root; groups without a heading are looked through, as they only bundle."""
    for child in root.children:
        if isinstance(child, GroupView) and not child.label and not child.appearance:
            yield from _unfolded(child)
        elif isinstance(child, RepeatView) or any(True for _ in questions_of(child, relevant_only=False)):
            yield child


def _close(loose: list[NodeView], parts: list[Part]) -> None:
    if loose:
        parts.append(Part(loose[0].ref, tuple(loose)))
        loose.clear()
