"""The tree of an expression. Positions are 0-based character offsets, for messages."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "Arithmetic",
    "Call",
    "Comparison",
    "Expr",
    "Filter",
    "Literal",
    "Logic",
    "Negation",
    "Number",
    "Path",
    "Step",
    "Union",
    "children",
    "walk",
]


@dataclass(slots=True, eq=False)
class Number:
    value: float


@dataclass(slots=True, eq=False)
class Literal:
    value: str


@dataclass(slots=True, eq=False)
class Step:
    """One step of a path. ``test`` is a name, ``*``, ``prefix:*``, ``node()``, ``text()``, ``comment()`` or
    ``processing-instruction()`` (with ``target`` for a named one)."""

    axis: str
    test: str
    predicates: tuple[Expr, ...] = ()
    target: str = ""


@dataclass(slots=True, eq=False)
class Path:
    """``steps`` from the root (``absolute``), from ``base``, or from the context node."""

    absolute: bool
    steps: tuple[Step, ...]
    base: Expr | None = None
    at: int = 0
    #: names of a path that consists of child steps behind ``up`` parent steps and has no predicates, else None
    names: tuple[str, ...] | None = None
    up: int = 0


@dataclass(slots=True, eq=False)
class Filter:
    """``(base)[predicate]…``: positions count in the whole node-set."""

    base: Expr
    predicates: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Call:
    name: str
    args: tuple[Expr, ...]
    at: int = 0


@dataclass(slots=True, eq=False)
class Arithmetic:
    """A chain of one precedence: ``first``, then (operator, operand) pairs from left to right."""

    first: Expr
    rest: tuple[tuple[str, Expr], ...]


@dataclass(slots=True, eq=False)
class Comparison:
    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Logic:
    """``and`` or ``or`` over two or more operands."""

    op: str
    operands: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Negation:
    operand: Expr


@dataclass(slots=True, eq=False)
class Union:
    operands: tuple[Expr, ...] = field(default=())


Expr = Number | Literal | Path | Filter | Call | Arithmetic | Comparison | Logic | Negation | Union


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the direct parts of ``expr``, predicates included."""
    match expr:
        case Path():
            predicates = tuple(p for step in expr.steps for p in step.predicates)
            return predicates if expr.base is None else (expr.base, *predicates)
        case Filter():
            return (expr.base, *expr.predicates)
        case Call():
            return expr.args
        case Arithmetic():
            return (expr.first, *(operand for _, operand in expr.rest))
        case Comparison():
            return (expr.left, expr.right)
        case Logic() | Union():
            return expr.operands
        case Negation():
            return (expr.operand,)
    return ()


def walk(expr: Expr) -> list[Expr]:
    """Return ``expr`` and all its parts, in reading order."""
    found: list[Expr] = []
    todo = [expr]
    while todo:
        part = todo.pop()
        found.append(part)
        todo.extend(reversed(children(part)))
    return found
