"""Which block a node of the form needs."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.ui.pages.form.blocks import Block, GroupBlock
from fieldapp.ui.pages.form.question import QuestionRow
from fieldapp.ui.pages.form.repeats import RepeatBlock
from fieldapp.ui.pages.form.roster.widget import RosterWidget
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

__all__ = ["build_blocks"]


#: A long part is divided into stretches of so many nodes. When a row appears, only its stretch is laid out anew;
#: the others are moved as a whole. With 300 questions in one part this is the difference one sees while typing.
_STRETCH = 16


def build_blocks(nodes: Sequence[NodeView], into: Block) -> None:
    """Build what the nodes need. Calculations and hidden nodes need nothing."""
    shown = [node for node in nodes if not _is_silent(node)]
    if len(shown) <= 2 * _STRETCH:
        _build(shown, into)
        return
    for start in range(0, len(shown), _STRETCH):
        stretch = Block(into.context, into.arrangement, into.build, into)
        _build(shown[start : start + _STRETCH], stretch)
        into.take_in(stretch)


def _build(nodes: Sequence[NodeView], into: Block) -> None:
    for node in nodes:
        match node:
            case QuestionView():
                into.take_in(QuestionRow(node, into.context, into.arrangement, into))
            case GroupView():
                into.take_in(GroupBlock(node, into))
            case RepeatView() if "grid" in node.appearance:
                into.take_in(RosterWidget(node, into.context, into))
            case RepeatView():
                into.take_in(RepeatBlock(node, into))


def _is_silent(node: NodeView) -> bool:
    return isinstance(node, QuestionView) and node.kind in ("calculate", "hidden")
