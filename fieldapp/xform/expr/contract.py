"""What the parts of the compiler know of each other: the compiler, the scope of names, a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from fieldapp.xform.expr.ast import Call, Expr, Filter, Path
from fieldapp.xform.expr.runtime import BooleanFn, Context, Fn, NodesFn, NumberFn, PathPlan, StringFn
from fieldapp.xform.values.convert import Value
from fieldapp.xform.values.dialect import Dialect

__all__ = ["Compiler", "FunctionSpec", "Scope"]


class Compiler(Protocol):
    """Compiles trees in one scope. ``where`` names the place in messages."""

    scope: Scope
    functions: dict[str, FunctionSpec]
    where: str
    dialect: Dialect

    def within(self, scope: Scope) -> Compiler:
        """Return a compiler for a part that stands in another scope: a predicate."""
        ...

    def kind(self, expr: Expr) -> str:
        """Return what an expression gives: number, string, boolean, nodes, or any."""
        ...

    def refuse(self, at: int, zh: str, en: str) -> Exception:
        """Return the error for the character ``at``."""
        ...

    def spec(self, call: Call) -> FunctionSpec:
        """Return the function that ``call`` names, its number of arguments checked."""
        ...

    def value(self, expr: Expr) -> Fn: ...

    def number(self, expr: Expr) -> NumberFn: ...

    def string(self, expr: Expr) -> StringFn: ...

    def boolean(self, expr: Expr) -> BooleanFn: ...

    def nodes(self, expr: Expr) -> NodesFn: ...

    def gives_nodes(self, expr: Expr) -> bool: ...

    def many(self, args: tuple[Expr, ...]) -> Callable[[Context], list[Value]]:
        """Return a closure giving the values of all ``args``, node-sets spread out."""
        ...


class Scope(Protocol):
    """What names mean where an expression stands."""

    dialect: Dialect
    #: a wrong call is reported when it is evaluated, not when it is compiled
    lazy_errors: bool

    def plan_path(self, compiler: Compiler, path: Path) -> PathPlan:
        """Return how to read ``path``. Raises FORM-011 when it leads nowhere."""
        ...

    def plan_filter(self, compiler: Compiler, expr: Filter) -> NodesFn:
        """Return the nodes of ``(base)[predicate]``."""
        ...

    def plan_instance(self, compiler: Compiler, call: Call) -> NodesFn:
        """Return the nodes of ``instance('id')``."""
        ...

    def plan_indexed(self, compiler: Compiler, call: Call) -> PathPlan:
        """Return how to read ``indexed-repeat(…)``."""
        ...


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """A function: arguments at least and at most (None: any number), what it returns, how it is compiled."""

    name: str
    least: int
    most: int | None
    kind: str
    build: Callable[[Compiler, Call], Fn]
    nodes: Callable[[Compiler, Call], NodesFn] | None = None
