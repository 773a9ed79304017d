"""What is not for the family's eyes: nodes whose appearance says ``office`` are not shown in the at-the-door mode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

__all__ = ["OFFICE", "OfficeOnly"]

#: The word in the XLSForm's ``appearance`` column. Other programs ignore appearances they do not know.
OFFICE = "office"

_INDEX = re.compile(r"\[\d+\]")


class OfficeOnly:
    """The nodes of a form that carry the word, with everything below them. Read anew when instances come and go."""

    def __init__(self, root: GroupView) -> None:
        self._marked = frozenset(_INDEX.sub("", node.ref) for node in _all(root) if OFFICE in node.appearance)

    def covers(self, node: NodeView) -> bool:
        """Tell whether a node is for the office only."""
        if not self._marked:
            return False
        ref = _INDEX.sub("", node.ref)
        return any(ref == marked or ref.startswith(marked + "/") for marked in self._marked)

    def covers_all(self, nodes: Iterable[NodeView]) -> bool:
        """Tell whether nothing is left of some nodes at the door."""
        return all(self.covers(node) or self._is_covered_group(node) for node in nodes)

    def _is_covered_group(self, node: NodeView) -> bool:
        if not self._marked or not isinstance(node, GroupView):
            return False
        return bool(node.children) and self.covers_all(node.children)


def _all(node: NodeView) -> Iterator[NodeView]:
    yield node
    match node:
        case QuestionView():
            return
        case GroupView():
            below: Iterable[NodeView] = node.children
        case RepeatView():
            below = node.instances[:1]
    for child in below:
        yield from _all(child)
