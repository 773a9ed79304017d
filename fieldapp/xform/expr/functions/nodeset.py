"""Functions on nodes, positions and lists."""

from __future__ import annotations

import hashlib
import math
from typing import TypeVar

from fieldapp.xform.expr.ast import Call, Comparison, Expr, Literal, Path, Step, children
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.functions.registry import Registry
from fieldapp.xform.expr.nodes import XNode, in_document_order
from fieldapp.xform.expr.runtime import Context, Fn, NodesFn
from fieldapp.xform.values.convert import Value, to_number, to_string

__all__ = ["FUNCTIONS", "from_current", "seed_number", "shuffled"]

T = TypeVar("T")

_registry = Registry()
FUNCTIONS = _registry.functions


@_registry.built("count", 1, 1, "number")
def _count(compiler: Compiler, call: Call) -> Fn:
    nodes = compiler.nodes(call.args[0])
    return lambda c: float(len(nodes(c)))


@_registry.built("count-non-empty", 1, 1, "number")
def _count_non_empty(compiler: Compiler, call: Call) -> Fn:
    nodes = compiler.nodes(call.args[0])
    return lambda c: float(sum(1 for node in nodes(c) if node.string()))


@_registry.plain("last", "", "number", world=True)
def _last(c: Context) -> Value:
    return float(c.size)


@_registry.built("position", 0, 1, "number")
def _position(compiler: Compiler, call: Call) -> Fn:
    if not call.args:
        return lambda c: float(c.position)
    nodes = compiler.nodes(call.args[0])

    def run(c: Context) -> Value:
        found = nodes(c)
        return float(found[0].place()) if found else math.nan

    return run


def _name_of(call: Call, compiler: Compiler) -> NodesFn:
    return compiler.nodes(call.args[0]) if call.args else lambda c: [c.node]


@_registry.built("name", 0, 1, "string")
def _name(compiler: Compiler, call: Call) -> Fn:
    nodes = _name_of(call, compiler)

    def run(c: Context) -> Value:
        found = nodes(c)
        if not found:
            return ""
        return f"{found[0].prefix}:{found[0].name}" if found[0].prefix else found[0].name

    return run


@_registry.built("local-name", 0, 1, "string")
def _local_name(compiler: Compiler, call: Call) -> Fn:
    nodes = _name_of(call, compiler)
    return lambda c: found[0].name if (found := nodes(c)) else ""


@_registry.built("namespace-uri", 0, 1, "string")
def _namespace_uri(compiler: Compiler, call: Call) -> Fn:
    nodes = _name_of(call, compiler)
    return lambda c: found[0].ns if (found := nodes(c)) else ""


@_registry.giving_nodes("current", 0, 0)
def _current(_compiler: Compiler, _call: Call) -> NodesFn:
    return lambda c: [c.current.node]


@_registry.giving_nodes("instance", 1, 1)
def _instance(compiler: Compiler, call: Call) -> NodesFn:
    return compiler.scope.plan_instance(compiler, call)


@_registry.giving_nodes("id", 1, 1)
def _id(compiler: Compiler, call: Call) -> NodesFn:
    many = compiler.many(call.args)

    def run(c: Context) -> list[XNode]:
        wanted = {part for value in many(c) for part in to_string(value, c.run.dialect).split()}
        root = c.node
        while root.parent is not None:
            root = root.parent
        found, todo = [], [root]
        while todo:
            node = todo.pop()
            if any(a.name == "id" and a.string() in wanted for a in node.attributes()):
                found.append(node)
            todo.extend(node.kids())
        return in_document_order(found)

    return run


@_registry.built("lang", 1, 1, "boolean")
def _lang(compiler: Compiler, call: Call) -> Fn:
    wanted = compiler.string(call.args[0])

    def run(c: Context) -> Value:
        node: XNode | None = c.node
        while node is not None:
            for attribute in node.attributes():
                if attribute.name == "lang" and attribute.prefix == "xml":
                    found = attribute.string().lower()
                    return found == (low := wanted(c).lower()) or found.startswith(low + "-")
            node = node.parent
        return False

    return run


# -- random order -------------------------------------------------------------------------------------------


def seed_number(value: Value, c: Context) -> int:
    """Return a seed: a number's whole part; of other texts the last 8 bytes of their SHA-256 (JavaRosa)."""
    number = to_number(value, c.run.dialect)
    if math.isfinite(number):
        return int(number)
    summary = hashlib.sha256(to_string(value, c.run.dialect).encode()).digest()
    return int.from_bytes(summary[:8], "big", signed=True)


def shuffled(nodes: list[T], seed: int) -> list[T]:
    """Return ``nodes`` in the order every ODK engine gives for ``seed``: Park–Miller numbers, inside-out Fisher–Yates."""
    state = int(math.fmod(seed, 2147483647))
    if state <= 0:
        state += 2147483646
    out: list[T] = []
    for at, node in enumerate(nodes):
        state = state * 16807 % 2147483647
        other = int((state - 1) / 2147483646 * (at + 1))
        out.append(node)
        out[at], out[other] = out[other], out[at]
    return out


@_registry.giving_nodes("randomize", 1, 2)
def _randomize(compiler: Compiler, call: Call) -> NodesFn:
    nodes = compiler.nodes(call.args[0])
    if len(call.args) == 1:
        return lambda c: shuffled(nodes(c), c.run.random.getrandbits(31))
    seed = compiler.value(call.args[1])
    return lambda c: shuffled(nodes(c), seed_number(seed(c), c))


# -- lists --------------------------------------------------------------------------------------------------


def from_current(expr: Expr) -> Expr:
    """Return ``expr`` with relative paths starting at ``current()``, so that it may stand inside a predicate."""
    match expr:
        case Path() if not expr.absolute and expr.base is None:
            return Path(False, expr.steps, Call("current", ()), expr.at)
        case Call():
            return Call(expr.name, tuple(from_current(arg) for arg in expr.args), expr.at)
    if children(expr) and not isinstance(expr, Path):
        return Call("__current", (expr,))
    return expr


@_registry.built("__current", 1, 1, "any")
def _in_current(compiler: Compiler, call: Call) -> Fn:
    inner = compiler.value(call.args[0])
    return lambda c: inner(c.current)


@_registry.built("pulldata", 4, 4, "any")
def _pulldata(compiler: Compiler, call: Call) -> Fn:
    """``pulldata('list', 'column', 'key column', key)`` is a look-up in ``instance('list')``."""
    names = [arg.value for arg in call.args[:3] if isinstance(arg, Literal)]
    if len(names) < 3:
        raise compiler.refuse(
            call.at,
            "pulldata 的前三个参数要写带引号的名称",
            "the first three arguments of pulldata are quoted names",
        )
    source, column, key = names
    test = Comparison(
        "=", Path(False, (Step("child", key),), None, call.at, (key,)), from_current(call.args[3])
    )
    steps = (Step("child", "root"), Step("child", "item", (test,)), Step("child", column))
    return compiler.value(Path(False, steps, Call("instance", (Literal(source),), call.at), call.at))


@_registry.built("indexed-repeat", 3, None, "any")
def _indexed_repeat(compiler: Compiler, call: Call) -> Fn:
    plan = compiler.scope.plan_indexed(compiler, call)
    assert plan.value is not None
    return plan.value
