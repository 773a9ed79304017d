"""From a tree to one closure. Every part is compiled for the type its place asks for, so little is decided at run time."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.common.errors import KnownError
from fieldapp.xform.errors import EXPRESSION
from fieldapp.xform.expr.ast import (
    Arithmetic,
    Call,
    Comparison,
    Expr,
    Filter,
    Literal,
    Logic,
    Negation,
    Number,
    Path,
    Union,
)
from fieldapp.xform.expr.comparison import compile_comparison
from fieldapp.xform.expr.contract import FunctionSpec, Scope
from fieldapp.xform.expr.nodes import XNode, in_document_order
from fieldapp.xform.expr.operators import compile_arithmetic, compile_logic
from fieldapp.xform.expr.runtime import BooleanFn, Context, Fn, NodesFn, NumberFn, StringFn
from fieldapp.xform.values.convert import Value, to_boolean, to_number, to_string
from fieldapp.xform.values.numbers import format_number

__all__ = ["TreeCompiler", "static_kind"]


def static_kind(expr: Expr, functions: dict[str, FunctionSpec]) -> str:
    """Return what ``expr`` gives: number, string, boolean, nodes, or any."""
    match expr:
        case Number() | Arithmetic() | Negation():
            return "number"
        case Literal():
            return "string"
        case Comparison() | Logic():
            return "boolean"
        case Call():
            spec = functions.get(expr.name)
            return spec.kind if spec else "any"
    return "nodes"


class TreeCompiler:
    """Compiles trees in one scope. ``where`` names the place in messages."""

    def __init__(self, scope: Scope, functions: dict[str, FunctionSpec], where: str = "") -> None:
        self.scope = scope
        self.functions = functions
        self.where = where
        self.dialect = scope.dialect

    def within(self, scope: Scope) -> TreeCompiler:
        """Return a compiler for a part that stands in another scope: a predicate."""
        return TreeCompiler(scope, self.functions, self.where)

    def kind(self, expr: Expr) -> str:
        return static_kind(expr, self.functions)

    def refuse(self, at: int, zh: str, en: str) -> Exception:
        return EXPRESSION(column=at + 1, reason_zh=zh, reason_en=en, where=self.where)

    def spec(self, call: Call) -> FunctionSpec:
        """Return the function that ``call`` names, its number of arguments checked."""
        spec = self.functions.get(call.name)
        if spec is None:
            raise self.refuse(call.at, f"没有函数「{call.name}」", f"there is no function “{call.name}”")
        given = len(call.args)
        if given < spec.least or (spec.most is not None and given > spec.most):
            wanted = str(spec.least) if spec.most == spec.least else f"{spec.least}–{spec.most or '…'}"
            raise self.refuse(
                call.at,
                f"函数「{call.name}」要 {wanted} 个参数，写了 {given} 个",
                f"“{call.name}” takes {wanted} arguments, not {given}",
            )
        return spec

    def call(self, call: Call) -> Fn:
        """Return the closure of a call. Where nothing is checked beforehand, a wrong call fails when it is reached."""
        try:
            return self.spec(call).build(self, call)
        except KnownError as error:
            if not self.scope.lazy_errors:
                raise
            return _failing(error)

    # -- by wanted type -----------------------------------------------------------------------------------

    def value(self, expr: Expr) -> Fn:
        """Return a closure giving the value; of a node-set, the value of its first node (empty text without one)."""
        match expr:
            case Number():
                number = expr.value
                return lambda _: number
            case Literal():
                text = expr.value
                return lambda _: text
            case Path():
                plan = self.scope.plan_path(self, expr)
                return plan.value or _first(plan.nodes)
            case Filter() | Union():
                return _first(self.nodes(expr))
            case Call():
                return self.call(expr)
            case Arithmetic() | Negation():
                return self.number(expr)
            case Comparison() | Logic():
                return self.boolean(expr)

    def number(self, expr: Expr) -> NumberFn:
        match expr:
            case Arithmetic() | Negation():
                return compile_arithmetic(self, expr)
            case Literal():
                known = to_number(expr.value, self.dialect)
                if known == known:
                    return lambda _: known
        return _as_number(self.value(expr))

    def string(self, expr: Expr) -> StringFn:
        match expr:
            case Literal():
                text = expr.value
                return lambda _: text
            case Number():
                printed = format_number(expr.value)
                return lambda _: printed
        return _as_string(self.value(expr))

    def boolean(self, expr: Expr) -> BooleanFn:
        match expr:
            case Comparison():
                return compile_comparison(self, expr)
            case Logic():
                return compile_logic(self, expr)
        if self.kind(expr) == "nodes" and not self.dialect.truth_by_value:
            nodes = self.nodes(expr)
            return lambda c: bool(nodes(c))
        value = self.value(expr)
        if self.kind(expr) == "boolean":
            return value  # type: ignore[return-value]
        return lambda c: to_boolean(value(c))

    def nodes(self, expr: Expr) -> NodesFn:
        """Return a closure giving nodes. Raises FORM-010 where the expression cannot give any."""
        match expr:
            case Path():
                return self.scope.plan_path(self, expr).nodes
            case Filter():
                return self.scope.plan_filter(self, expr)
            case Union():
                parts = [self.nodes(operand) for operand in expr.operands]
                return lambda c: in_document_order([node for part in parts for node in part(c)])
            case Call():
                spec = self.spec(expr)
                if spec.nodes is not None:
                    return spec.nodes(self, expr)
        raise self.refuse(getattr(expr, "at", 0), "这里要写问题或名单的路径", "a path is expected here")

    # -- several values -----------------------------------------------------------------------------------

    def gives_nodes(self, expr: Expr) -> bool:
        return self.kind(expr) == "nodes"

    def many(self, args: tuple[Expr, ...]) -> Callable[[Context], list[Value]]:
        """Return a closure giving the values of all ``args``, node-sets spread out."""
        if len(args) == 1 and self.gives_nodes(args[0]):
            only = self.nodes(args[0])
            return lambda c: [node.read for node in only(c)]
        parts: list[Callable[[Context], list[Value]]] = [self._several(arg) for arg in args]
        return lambda c: [value for part in parts for value in part(c)]

    def _several(self, arg: Expr) -> Callable[[Context], list[Value]]:
        if self.gives_nodes(arg):
            nodes = self.nodes(arg)
            return lambda c: [node.read for node in nodes(c)]
        value = self.value(arg)
        return lambda c: [value(c)]


def _failing(error: KnownError) -> Fn:
    def fail(_: Context) -> Value:
        raise error

    return fail


def _first(nodes: NodesFn) -> Fn:
    def read(c: Context) -> Value:
        found: list[XNode] = nodes(c)
        return found[0].read if found else ""

    return read


def _as_number(value: Fn) -> NumberFn:
    def read(c: Context) -> float:
        found = value(c)
        return found if type(found) is float else to_number(found, c.run.dialect)

    return read


def _as_string(value: Fn) -> StringFn:
    def read(c: Context) -> str:
        found = value(c)
        return found if type(found) is str else to_string(found, c.run.dialect)

    return read
