"""Comparisons as closures: single values at once, node-sets by “some node” (XPath 1.0, 3.4)."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.xform.expr.ast import Comparison, Expr, Literal, Number, Path
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.runtime import BooleanFn, Context, Fn
from fieldapp.xform.values.convert import COMPARE, Value, to_number

__all__ = ["compile_comparison"]

_MIRROR = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compile_comparison(compiler: Compiler, expr: Comparison) -> BooleanFn:
    """Return the closure of a comparison."""
    left, right = _side(compiler, expr.left), _side(compiler, expr.right)
    if isinstance(left, _Several) or isinstance(right, _Several):
        return _compare_sets(compiler, expr, left, right)
    if isinstance(expr.right, Number):
        return _with_number(left, expr.op, expr.right.value)
    if isinstance(expr.left, Number):
        return _with_number(right, _MIRROR[expr.op], expr.left.value)
    if isinstance(expr.right, Literal) and expr.op in ("=", "!="):
        return _with_literal(left, expr.op, expr.right.value)
    compare = COMPARE[expr.op]
    return lambda c: compare(left(c), right(c), c.run.dialect)


class _Several:
    """A side that can be more than one node."""

    def __init__(self, values: Callable[[Context], list[Value]]) -> None:
        self.values = values


def _side(compiler: Compiler, expr: Expr) -> Fn | _Several:
    if not compiler.gives_nodes(expr):
        return compiler.value(expr)
    if isinstance(expr, Path):
        plan = compiler.scope.plan_path(compiler, expr)
        if plan.value is not None:
            return plan.value
        found = plan.nodes
    else:
        found = compiler.nodes(expr)
    return _Several(lambda c: [node.read for node in found(c)])


def _compare_sets(
    compiler: Compiler, expr: Comparison, left: Fn | _Several, right: Fn | _Several
) -> BooleanFn:
    compare = COMPARE[expr.op]
    if isinstance(left, _Several) and isinstance(right, _Several):
        lefts, rights = left.values, right.values

        def both(c: Context) -> bool:
            others = rights(c)
            return any(compare(a, b, c.run.dialect) for a in lefts(c) for b in others)

        return both
    if isinstance(left, _Several):
        assert not isinstance(right, _Several)
        return _some(compiler, left, right, expr.op, compare)
    mirrored = COMPARE[_MIRROR[expr.op]]
    assert isinstance(right, _Several)
    return _some(compiler, right, left, expr.op, mirrored)


def _some(
    compiler: Compiler, several: _Several, single: Fn, op: str, compare: Callable[..., bool]
) -> BooleanFn:
    values = several.values
    by_value = compiler.dialect.truth_by_value
    by_existence = op in ("=", "!=") and not by_value

    def some(c: Context) -> bool:
        value = single(c)
        if isinstance(value, bool) and by_existence:
            return compare(bool(values(c)), value, c.run.dialect)
        found = values(c)
        if not found and by_value:
            found = [""]  # a question that is not there reads as unanswered
        return any(compare(each, value, c.run.dialect) for each in found)

    return some


def _with_number(value: Fn, op: str, number: float) -> BooleanFn:
    compare = COMPARE[op]

    def slow(found: Value, c: Context) -> bool:
        return compare(found, number, c.run.dialect)

    def equal(c: Context) -> bool:
        found = value(c)
        return found == number if type(found) is float else slow(found, c)

    def different(c: Context) -> bool:
        found = value(c)
        return found != number if type(found) is float else slow(found, c)

    def order(c: Context) -> bool:
        found = value(c)
        return test(found if type(found) is float else to_number(found, c.run.dialect))

    if op == "=":
        return equal
    if op == "!=":
        return different
    test = _ORDER[op](number)
    return order


_ORDER: dict[str, Callable[[float], Callable[[float], bool]]] = {
    "<": lambda number: lambda found: found < number,
    "<=": lambda number: lambda found: found <= number,
    ">": lambda number: lambda found: found > number,
    ">=": lambda number: lambda found: found >= number,
}


def _with_literal(value: Fn, op: str, text: str) -> BooleanFn:
    compare = COMPARE[op]
    same = op == "="

    def test(c: Context) -> bool:
        found = value(c)
        return (found == text) is same if type(found) is str else compare(found, text, c.run.dialect)

    return test
