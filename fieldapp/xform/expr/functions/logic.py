"""Functions on truth, and those that leave part of their arguments unevaluated."""

from __future__ import annotations

from fieldapp.xform.expr.ast import Call, Expr, Filter, Path, Union
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.functions.registry import Registry
from fieldapp.xform.expr.runtime import Context, Fn, NumberFn
from fieldapp.xform.values.convert import Value

__all__ = ["FUNCTIONS"]

_registry = Registry()
FUNCTIONS = _registry.functions

_registry.plain("true", "", "boolean")(lambda: True)
_registry.plain("false", "", "boolean")(lambda: False)
_registry.plain("not", "b", "boolean")(lambda truth: not truth)
_registry.plain("boolean", "b", "boolean")(lambda truth: truth)
_registry.plain("boolean-from-string", "s", "boolean")(lambda text: text in ("1", "true"))


@_registry.built("if", 3, 3, "any")
def _if(compiler: Compiler, call: Call) -> Fn:
    condition = compiler.boolean(call.args[0])
    then, otherwise = compiler.value(call.args[1]), compiler.value(call.args[2])
    return lambda c: then(c) if condition(c) else otherwise(c)


@_registry.built("coalesce", 1, None, "any")
def _coalesce(compiler: Compiler, call: Call) -> Fn:
    parts = [compiler.value(arg) for arg in call.args]
    if len(parts) == 2:
        return _coalesce_two(*parts)

    def run(c: Context) -> Value:
        value: Value = ""
        for part in parts:
            value = part(c)
            if value not in ("",) and value == value:
                return value
        return value if value == value else ""

    return run


def _coalesce_two(first: Fn, second: Fn) -> Fn:
    def run(c: Context) -> Value:
        value = first(c)
        return value if value != "" and value == value else second(c)

    return run


@_registry.built("once", 1, 1, "any")
def _once(compiler: Compiler, call: Call) -> Fn:
    value = compiler.value(call.args[0])

    def run(c: Context) -> Value:
        kept = c.node.string()
        return kept if kept else value(c)

    return run


@_registry.built("number", 0, 1, "number")
def _number(compiler: Compiler, call: Call) -> Fn:
    if call.args:
        return compiler.number(call.args[0])
    return compiler.number(Path(False, (), None, call.at))


def _truths(compiler: Compiler, arg: Expr) -> NumberFn:
    """How many an argument counts for: of questions the answered ones, anything else by its truth."""
    if not isinstance(arg, Path | Filter | Union):
        truth = compiler.boolean(arg)
        return lambda c: float(truth(c))
    nodes = compiler.nodes(arg)
    return lambda c: float(sum(1 for node in nodes(c) if node.string().strip()))


def _within(count: float, least: float, most: float) -> bool:
    return (least < 0 or count >= least) and (most < 0 or count <= most)


@_registry.built("checklist", 2, None, "boolean")
def _checklist(compiler: Compiler, call: Call) -> Fn:
    least, most = compiler.number(call.args[0]), compiler.number(call.args[1])
    truths = [_truths(compiler, arg) for arg in call.args[2:]]
    return lambda c: _within(sum(truth(c) for truth in truths), least(c), most(c))


@_registry.built("weighted-checklist", 2, None, "boolean")
def _weighted(compiler: Compiler, call: Call) -> Fn:
    least, most = compiler.number(call.args[0]), compiler.number(call.args[1])
    pairs: list[tuple[NumberFn, NumberFn]] = [
        (_truths(compiler, truth), compiler.number(weight))
        for truth, weight in zip(call.args[2::2], call.args[3::2], strict=False)
    ]
    return lambda c: _within(sum(weight(c) for truth, weight in pairs if truth(c)), least(c), most(c))
