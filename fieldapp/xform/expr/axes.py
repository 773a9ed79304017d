"""The axes of XPath over any kind of node, and node tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fieldapp.xform.expr.ast import Step
from fieldapp.xform.expr.nodes import XNode

__all__ = ["REVERSE", "node_test", "select"]

REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})


def _descendants(node: XNode) -> Iterator[XNode]:
    todo = [iter(node.kids())]
    while todo:
        kid = next(todo[-1], None)
        if kid is None:
            todo.pop()
            continue
        yield kid
        todo.append(iter(kid.kids()))


def _ancestors(node: XNode) -> Iterator[XNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _siblings(node: XNode) -> tuple[list[XNode], int]:
    if node.parent is None or node.kind == "attribute":
        return [], 0
    kids = list(node.parent.kids())
    return kids, next(number for number, kid in enumerate(kids) if kid is node)


def _following_siblings(node: XNode) -> Iterator[XNode]:
    kids, at = _siblings(node)
    yield from kids[at + 1 :]


def _preceding_siblings(node: XNode) -> Iterator[XNode]:
    kids, at = _siblings(node)
    yield from reversed(kids[:at])


def _following(node: XNode) -> Iterator[XNode]:
    if node.kind == "attribute" and node.parent is not None:
        yield from _descendants(node.parent)
        node = node.parent
    for above in (node, *_ancestors(node)):
        for sibling in _following_siblings(above):
            yield sibling
            yield from _descendants(sibling)


def _preceding(node: XNode) -> Iterator[XNode]:
    if node.kind == "attribute" and node.parent is not None:
        node = node.parent
    for above in (node, *_ancestors(node)):
        for sibling in _preceding_siblings(above):
            yield from reversed([sibling, *_descendants(sibling)])


def _or_self(axis: Callable[[XNode], Iterator[XNode]]) -> Callable[[XNode], Iterator[XNode]]:
    def walk(node: XNode) -> Iterator[XNode]:
        yield node
        yield from axis(node)

    return walk


def _self(node: XNode) -> Iterator[XNode]:
    yield node


def _parent(node: XNode) -> Iterator[XNode]:
    if node.parent is not None:
        yield node.parent


def _nothing(_node: XNode) -> Iterator[XNode]:
    return iter(())


_AXES: dict[str, Callable[[XNode], Iterator[XNode]]] = {
    "child": lambda node: iter(node.kids()),
    "attribute": lambda node: iter(node.attributes()),
    "self": _self,
    "parent": _parent,
    "descendant": _descendants,
    "descendant-or-self": _or_self(_descendants),
    "ancestor": _ancestors,
    "ancestor-or-self": _or_self(_ancestors),
    "following-sibling": _following_siblings,
    "preceding-sibling": _preceding_siblings,
    "following": _following,
    "preceding": _preceding,
    "namespace": _nothing,
}
_KINDS = {"text()": "text", "comment()": "comment", "processing-instruction()": "pi"}


def node_test(step: Step, namespaces: dict[str, str]) -> Callable[[XNode], bool]:
    """Return the test of a step. A name without a prefix looks at the local name only: forms mix namespaces."""
    test = step.test
    if test == "node()":
        return lambda _: True
    if test in _KINDS:
        kind, target = _KINDS[test], step.target
        return lambda node: node.kind == kind and (not target or node.name == target)
    principal = "attribute" if step.axis == "attribute" else "element"
    if test == "*":
        return lambda node: node.kind == principal
    prefix, colon, local = test.rpartition(":")
    if not colon:
        return lambda node: node.name == test and node.kind == principal
    uri = namespaces.get(prefix)
    if local == "*":
        return lambda node: node.kind == principal and (node.ns == uri or node.prefix == prefix)
    return lambda node: (
        node.name == local and node.kind == principal and (node.ns == uri or node.prefix == prefix)
    )


def select(step: Step, namespaces: dict[str, str]) -> Callable[[XNode], list[XNode]]:
    """Return the function that gives the nodes of a step's axis that pass its test, nearest first."""
    axis = _AXES[step.axis]
    test = node_test(step, namespaces)
    return lambda node: [found for found in axis(node) if test(found)]
