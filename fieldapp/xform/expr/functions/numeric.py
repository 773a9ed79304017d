"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from fieldapp.xform.expr.ast import Call
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.functions.registry import Registry
from fieldapp.xform.expr.runtime import Context, Fn
from fieldapp.xform.values.convert import Value, to_number
from fieldapp.xform.values.numbers import NAN, round_half_up, round_places

__all__ = ["FUNCTIONS"]

_registry = Registry()
FUNCTIONS = _registry.functions


def _guarded(fn: Callable[..., Any]) -> Callable[..., float]:
    """Return ``fn`` with NaN where it is not defined and infinity where it overflows, as IEEE 754 has it."""

    def run(*args: float) -> float:
        try:
            return float(fn(*args))
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return run


def _log(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _log10(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _pow(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    return math.pow(base, exponent)


_PLAIN: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "exp": math.exp,
    "exp10": lambda number: math.pow(10, number),
    "sqrt": math.sqrt,
    "log": _log,
    "log10": _log10,
    "abs": abs,
}
for _name, _fn in _PLAIN.items():
    _registry.plain(_name, "n", "number")(_guarded(_fn))
_registry.plain("atan2", "nn", "number")(_guarded(math.atan2))
_registry.plain("pow", "nn", "number")(_guarded(_pow))
_registry.plain("pi", "", "number")(lambda: math.pi)


def _whole(rounding: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: float(rounding(number)) if math.isfinite(number) else number


_registry.plain("floor", "n", "number")(_whole(math.floor))
_registry.plain("ceiling", "n", "number")(_whole(math.ceil))
_registry.plain("int", "n", "number")(_whole(math.trunc))


@_registry.plain("round", "n?n", "number")
def _round(number: float, places: float | None = None) -> float:
    return round_half_up(number) if places is None else round_places(number, places)


def _numbers(compiler: Compiler, call: Call) -> Callable[[Context], list[float]]:
    many = compiler.many(call.args)
    skip = compiler.dialect.skip_blank
    return lambda c: [
        value if type(value) is float else to_number(value, c.run.dialect)
        for value in many(c)
        if not (skip and value == "")
    ]


@_registry.built("sum", 1, 1, "number")
def _sum(compiler: Compiler, call: Call) -> Fn:
    if compiler.functions and not compiler.gives_nodes(call.args[0]):
        raise compiler.refuse(call.at, "sum() 里要写循环中的问题", "sum() takes a path")
    numbers = _numbers(compiler, call)
    return lambda c: float(sum(numbers(c)))


def _extreme(choose: Callable[[list[float]], float]) -> Callable[[Compiler, Call], Fn]:
    def build(compiler: Compiler, call: Call) -> Fn:
        numbers = _numbers(compiler, call)

        def run(c: Context) -> Value:
            found = numbers(c)
            if not found or any(number != number for number in found):
                return NAN if found or not c.run.dialect.skip_blank else ""
            return choose(found)

        return run

    return build


_registry.built("max", 1, None, "any")(_extreme(max))
_registry.built("min", 1, None, "any")(_extreme(min))


@_registry.plain("random", "", "number", world=True)
def _random(c: Context) -> float:
    return c.run.random.random()
