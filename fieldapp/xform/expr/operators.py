"""Arithmetic and logic as closures. Chains of two, by far the most frequent, have their own short forms."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.xform.expr.ast import Arithmetic, Logic, Negation
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.runtime import BooleanFn, Context, NumberFn
from fieldapp.xform.values.numbers import NAN, remainder

__all__ = ["compile_arithmetic", "compile_logic", "divide"]


def divide(left: float, right: float) -> float:
    """Return ``left div right`` (IEEE 754: division by zero gives an infinity or NaN)."""
    if right != 0:
        return left / right
    if left == 0 or left != left or right != right:
        return NAN
    sign = str(right)[0] == "-"
    return float("-inf") if (left < 0) is not sign else float("inf")


_OPERATE: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": divide,
    "mod": remainder,
}


def compile_arithmetic(compiler: Compiler, expr: Arithmetic | Negation) -> NumberFn:
    """Return the closure of a chain of ``+ -`` or ``* div mod``, or of a minus sign."""
    if isinstance(expr, Negation):
        operand = compiler.number(expr.operand)
        return lambda c: -operand(c)
    first = compiler.number(expr.first)
    rest = [(op, compiler.number(operand)) for op, operand in expr.rest]
    if len(rest) == 1:
        return _pair(first, *rest[0])
    if all(op == "+" for op, _ in rest):
        return _sum([first, *(operand for _, operand in rest)])
    steps = [(_OPERATE[op], operand) for op, operand in rest]

    def chain(c: Context) -> float:
        total = first(c)
        for operate, operand in steps:
            total = operate(total, operand(c))
        return total

    return chain


def _pair(left: NumberFn, op: str, right: NumberFn) -> NumberFn:
    match op:
        case "+":
            return lambda c: left(c) + right(c)
        case "-":
            return lambda c: left(c) - right(c)
        case "*":
            return lambda c: left(c) * right(c)
    operate = _OPERATE[op]
    return lambda c: operate(left(c), right(c))


def _sum(parts: list[NumberFn]) -> NumberFn:
    def add(c: Context) -> float:
        total = 0.0
        for part in parts:
            total += part(c)
        return total

    return add


def compile_logic(compiler: Compiler, expr: Logic) -> BooleanFn:
    """Return the closure of ``and``/``or``; what decides early leaves the rest unevaluated."""
    parts = [
        _lazy(compiler, operand) if at else compiler.boolean(operand)
        for at, operand in enumerate(expr.operands)
    ]
    if len(parts) == 2:
        left, right = parts
        if expr.op == "and":
            return lambda c: left(c) and right(c)
        return lambda c: left(c) or right(c)
    stop = expr.op == "or"

    def chain(c: Context) -> bool:
        for part in parts:
            if part(c) is stop:
                return stop
        return not stop

    return chain


def _lazy(compiler: Compiler, operand: object) -> BooleanFn:
    return compiler.boolean(operand)  # type: ignore[arg-type]
