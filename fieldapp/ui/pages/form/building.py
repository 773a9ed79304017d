"""Which block a node of the form needs."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.ui.pages.form.blocks import Block, GroupBlock
from fieldapp.ui.pages.form.question import QuestionRow
from fieldapp.ui.pages.form.repeats import RepeatBlock
from fieldapp.ui.pages.form.roster.widget import RosterWidget
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

__all__ = ["build_blocks"]


def build_blocks(nodes: Sequence[NodeView], into: Block) -> None:
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
