"""How functions are declared: by a signature for the plain ones, by a builder for those that read paths lazily."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.xform.expr.ast import Call, Expr
from fieldapp.xform.expr.contract import Compiler, FunctionSpec
from fieldapp.xform.expr.runtime import Context, Fn, NodesFn
from fieldapp.xform.values.convert import Value

__all__ = ["Registry"]

Arg = Callable[[Context], object]


def _argument(compiler: Compiler, letter: str, arg: Expr) -> Arg:
    match letter:
        case "n":
            return compiler.number(arg)
        case "s":
            return compiler.string(arg)
        case "b":
            return compiler.boolean(arg)
    return compiler.value(arg)


def _letters(signature: str, given: int) -> str:
    letters = signature.replace("?", "")
    if letters.endswith("*"):
        letters = letters[:-1]
        letters += letters[-1] * max(0, given - len(letters))
    return letters[:given]


def _closure(fn: Callable[..., Value], args: list[Arg], world: bool) -> Fn:
    """Return the closure that calls ``fn``; one and two arguments without a list in between."""
    if world:
        return lambda c: fn(c, *[arg(c) for arg in args])
    if len(args) == 1:
        only = args[0]
        return lambda c: fn(only(c))
    if len(args) == 2:
        first, second = args
        return lambda c: fn(first(c), second(c))
    return lambda c: fn(*[arg(c) for arg in args])


class Registry:
    """Collects the functions of one module."""

    def __init__(self) -> None:
        self.functions: dict[str, FunctionSpec] = {}

    def plain(
        self, name: str, signature: str, kind: str, *, world: bool = False
    ) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
        """Declare a function by its argument types: n number, s text, b boolean, v any; ? optional from here; * many.

        With ``world`` it gets the context first.
        """
        least = len(signature.split("?")[0].rstrip("*"))
        most = None if signature.endswith("*") else len(signature.replace("?", ""))
        if signature.endswith("*"):
            least -= 1

        def declare(fn: Callable[..., Value]) -> Callable[..., Value]:
            def build(compiler: Compiler, call: Call) -> Fn:
                letters = _letters(signature, len(call.args))
                args = [
                    _argument(compiler, letter, arg) for letter, arg in zip(letters, call.args, strict=True)
                ]
                return _closure(fn, args, world)

            self.functions[name] = FunctionSpec(name, least, most, kind, build)
            return fn

        return declare

    def built(
        self, name: str, least: int, most: int | None, kind: str
    ) -> Callable[[Callable[[Compiler, Call], Fn]], Callable[[Compiler, Call], Fn]]:
        """Declare a function that compiles its own arguments."""

        def declare(build: Callable[[Compiler, Call], Fn]) -> Callable[[Compiler, Call], Fn]:
            self.functions[name] = FunctionSpec(name, least, most, kind, build)
            return build

        return declare

    def giving_nodes(
        self, name: str, least: int, most: int | None
    ) -> Callable[[Callable[[Compiler, Call], NodesFn]], Callable[[Compiler, Call], NodesFn]]:
        """Declare a function whose result is a node-set; as a value it is that of the first node."""

        def declare(nodes: Callable[[Compiler, Call], NodesFn]) -> Callable[[Compiler, Call], NodesFn]:
            def build(compiler: Compiler, call: Call) -> Fn:
                found = nodes(compiler, call)

                def read(c: Context) -> Value:
                    first = found(c)
                    return first[0].read if first else ""

                return read

            self.functions[name] = FunctionSpec(name, least, most, "nodes", build, nodes)
            return nodes

        return declare
