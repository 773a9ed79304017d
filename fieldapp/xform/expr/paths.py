"""Paths walked step by step over any nodes. Forms take shorter ways where they can; this one is always right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fieldapp.xform.expr.ast import Call, Expr, Filter, Number, Path, Step
from fieldapp.xform.expr.axes import REVERSE, select
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.nodes import XNode, in_document_order
from fieldapp.xform.expr.runtime import BooleanFn, Context, NodesFn, PathPlan
from fieldapp.xform.values.convert import to_boolean
from fieldapp.xform.values.dialect import Dialect

__all__ = [
    "DocumentScope",
    "FrameOf",
    "compile_predicate",
    "filter_nodes",
    "plan_filter",
    "root_of",
    "walk_steps",
]

#: the frame a predicate on a node is evaluated in
FrameOf = Callable[[XNode, Context], list[Any]]

_ORDERED = frozenset({"child", "attribute", "self"})


def root_of(c: Context) -> list[XNode]:
    """Return the root of the tree the context stands in."""
    node = c.node
    while node.parent is not None:
        node = node.parent
    return [node]


def same_frame(_node: XNode, c: Context) -> list[Any]:
    """A predicate sees the frame of the expression it is part of."""
    return c.frame


def compile_predicate(compiler: Compiler, predicate: Expr) -> BooleanFn:
    """Return the test of one predicate: a number is a position, anything else a condition."""
    if isinstance(predicate, Number):
        wanted = predicate.value
        return lambda c: c.position == wanted
    kind = compiler.kind(predicate)
    if kind in ("boolean", "nodes", "string"):
        return compiler.boolean(predicate)
    value = compiler.value(predicate)

    def test(c: Context) -> bool:
        found = value(c)
        return c.position == found if isinstance(found, float) else to_boolean(found)

    return test


def filter_nodes(
    nodes: list[XNode], test: BooleanFn, c: Context, frame_of: FrameOf = same_frame
) -> list[XNode]:
    """Return the nodes that pass ``test``, each seen at its position among ``nodes``."""
    size = len(nodes)
    return [
        node
        for position, node in enumerate(nodes, start=1)
        if test(Context(node, c.run, frame_of(node, c), c.current, position, size))
    ]


def walk_steps(
    compiler: Compiler,
    start: NodesFn,
    steps: tuple[Step, ...],
    namespaces: dict[str, str],
    frame_of: FrameOf = same_frame,
) -> NodesFn:
    """Return the closure that takes ``steps`` from the nodes of ``start``."""
    for step in steps:
        tests = [compile_predicate(compiler, predicate) for predicate in step.predicates]
        start = _take(start, step, select(step, namespaces), tests, frame_of)
    return start


def _take(
    start: NodesFn,
    step: Step,
    selected: Callable[[XNode], list[XNode]],
    tests: list[BooleanFn],
    frame_of: FrameOf,
) -> NodesFn:
    reverse = step.axis in REVERSE
    ordered = step.axis in _ORDERED

    def take(c: Context) -> list[XNode]:
        origins = start(c)
        out: list[XNode] = []
        for origin in origins:
            found = selected(origin)
            for test in tests:
                found = filter_nodes(found, test, c, frame_of)
            out.extend(found)
        if reverse or (not ordered and len(origins) > 1):
            return in_document_order(out)
        return out

    return take


class DocumentScope:
    """Names in a plain document: no types, no repeats, nothing known before evaluation."""

    lazy_errors = True

    def __init__(self, dialect: Dialect, namespaces: dict[str, str]) -> None:
        self.dialect = dialect
        self.namespaces = namespaces

    def plan_path(self, compiler: Compiler, path: Path) -> PathPlan:
        if path.base is not None:
            start = compiler.nodes(path.base)
        elif path.absolute:
            start = root_of
        else:
            start = _here
        return PathPlan(walk_steps(compiler, start, path.steps, self.namespaces))

    def plan_filter(self, compiler: Compiler, expr: Filter) -> NodesFn:
        return plan_filter(compiler, expr)

    def plan_instance(self, compiler: Compiler, call: Call) -> NodesFn:
        raise compiler.refuse(call.at, "这里没有名单", "there are no lists here")

    def plan_indexed(self, compiler: Compiler, call: Call) -> PathPlan:
        raise compiler.refuse(call.at, "这里没有循环", "there are no repeats here")


def plan_filter(compiler: Compiler, expr: Filter, frame_of: FrameOf = same_frame) -> NodesFn:
    """Return the nodes of ``(base)[predicate]…``."""
    if isinstance(expr.base, Call) and compiler.spec(expr.base).nodes is None:
        raise compiler.refuse(
            expr.base.at, "这个函数后面不能加条件", "this function gives no nodes to filter"
        )
    base = compiler.nodes(expr.base)
    tests = [compile_predicate(compiler, predicate) for predicate in expr.predicates]

    def run(c: Context) -> list[XNode]:
        found = base(c)
        for test in tests:
            found = filter_nodes(found, test, c, frame_of)
        return found

    return run


def _here(c: Context) -> list[XNode]:
    return [c.node]
