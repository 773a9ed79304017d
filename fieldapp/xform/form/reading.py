"""Reads of frames: one slot at once, or a slot in every relevant instance of repeats."""

from __future__ import annotations

from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.expr.runtime import Context, Fn, NodesFn

__all__ = ["one_node", "read_many", "read_one"]


def read_one(up: int, slot: int) -> Fn:
    """Return the closure that reads the value at ``slot``, ``up`` frames out."""
    if up == 0:
        return lambda c: c.frame[slot].read
    if up == 1:
        return lambda c: c.frame[0].outer[slot].read
    if up == 2:
        return lambda c: c.frame[0].outer[0].outer[slot].read
    nodes = one_node(up, slot)
    return lambda c: found[0].read if (found := nodes(c)) else ""


def one_node(up: int, slot: int) -> NodesFn:
    """Return the closure that gives the node at ``slot``, ``up`` frames out; nothing while it is not relevant."""

    def nodes(c: Context) -> list[XNode]:
        frame = c.frame
        for _ in range(up):
            frame = frame[0].outer
        node = frame[slot]
        return [node] if node.relevant else []

    return nodes


def read_many(up: int, repeats: list[int], slot: int) -> NodesFn:
    """Return the closure that gives the node at ``slot`` in all instances of the repeats, outermost first."""
    if len(repeats) == 1 and up == 0:
        only = repeats[0]

        def flat(c: Context) -> list[XNode]:
            return [node for instance in c.frame[only].instances if (node := instance.frame[slot]).relevant]

        return flat

    def nodes(c: Context) -> list[XNode]:
        frame = c.frame
        for _ in range(up):
            frame = frame[0].outer
        frames = [frame]
        for repeat in repeats:
            frames = [instance.frame for outer in frames for instance in outer[repeat].instances]
        return [node for inner in frames if (node := inner[slot]).relevant]

    return nodes
