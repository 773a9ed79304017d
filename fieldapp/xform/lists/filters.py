"""Predicates on a table: equalities become look-ups in an index, the rest is tested row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.xform.expr.ast import Call, Comparison, Expr, Filter, Logic, Number, Path, walk
from fieldapp.xform.expr.contract import Compiler, Scope
from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.expr.paths import compile_predicate, plan_filter, walk_steps
from fieldapp.xform.expr.runtime import BooleanFn, Context, Fn, NodesFn, PathPlan
from fieldapp.xform.lists.table import CellNode, RowNode, Table
from fieldapp.xform.values.convert import to_string

__all__ = ["RowsFn", "TableScope", "plan_rows"]

RowsFn = Callable[[Context], list[int]]

#: functions that look at the row they stand in although they have no path
_ROW_BOUND = frozenset(
    {"position", "last", "string", "string-length", "normalize-space", "number", "name", "once"}
)


class TableScope:
    """Names inside a predicate on a table: a plain name is a cell of the row, anything else means what it meant outside."""

    def __init__(self, table: Table, outer: Scope) -> None:
        self.table = table
        self.outer = outer
        self.dialect = outer.dialect
        self.lazy_errors = outer.lazy_errors

    def plan_path(self, compiler: Compiler, path: Path) -> PathPlan:
        if path.absolute or path.base is not None:
            return self.outer.plan_path(compiler.within(self.outer), path)
        if path.names is not None and len(path.names) == 1 and not path.up:
            return self._cell(path.names[0])
        table = self.table
        return PathPlan(walk_steps(compiler, lambda c: [RowNode(table, c.row)], path.steps, {}))

    def _cell(self, name: str) -> PathPlan:
        table = self.table
        cells = table.column(name)

        def nodes(c: Context) -> list[XNode]:
            return [CellNode(RowNode(table, c.row), name, cells[c.row])]

        return PathPlan(nodes, lambda c: cells[c.row])

    def plan_filter(self, compiler: Compiler, expr: Filter) -> NodesFn:
        return plan_filter(compiler, expr)

    def plan_instance(self, compiler: Compiler, call: Call) -> NodesFn:
        return self.outer.plan_instance(compiler.within(self.outer), call)

    def plan_indexed(self, compiler: Compiler, call: Call) -> PathPlan:
        return self.outer.plan_indexed(compiler.within(self.outer), call)


@dataclass(slots=True)
class _Probe:
    """``column = key``, the key known before any row is looked at."""

    column: str
    key: Fn


def _row_free(expr: Expr) -> bool:
    for part in walk(expr):
        if isinstance(part, Path) and not part.absolute and part.base is None:
            return False
        if isinstance(part, Call) and part.name in _ROW_BOUND and not part.args:
            return False
    return True


def _cell_name(expr: Expr) -> str | None:
    plain = isinstance(expr, Path) and not expr.absolute and expr.base is None and not expr.up
    if plain and isinstance(expr, Path) and expr.names is not None and len(expr.names) == 1:
        return expr.names[0]
    return None


def _probe(compiler: Compiler, outer: Scope, expr: Expr) -> _Probe | None:
    if not isinstance(expr, Comparison) or expr.op != "=":
        return None
    for cell, key in ((expr.left, expr.right), (expr.right, expr.left)):
        name = _cell_name(cell)
        if name is not None and _row_free(key) and compiler.kind(key) != "boolean":
            return _Probe(name, compiler.within(outer).value(key))
    return None


def _conjuncts(expr: Expr) -> list[Expr]:
    return list(expr.operands) if isinstance(expr, Logic) and expr.op == "and" else [expr]


def _positional(compiler: Compiler, expr: Expr) -> bool:
    if isinstance(expr, Number) or compiler.kind(expr) in ("number", "any"):
        return True
    return any(isinstance(p, Call) and p.name in ("position", "last") and not p.args for p in walk(expr))


def plan_rows(compiler: Compiler, table: Table, predicates: tuple[Expr, ...]) -> RowsFn:
    """Return the closure that gives the numbers of the rows that pass ``predicates``, in order.

    The list it returns may be an index's own: do not change it.
    """
    outer = compiler.scope
    inner = compiler.within(TableScope(table, outer))
    rest = list(predicates)
    probe: _Probe | None = None
    first_tests: list[BooleanFn] = []
    if rest and not _positional(inner, rest[0]):
        for part in _conjuncts(rest.pop(0)):
            found = _probe(compiler, outer, part) if probe is None else None
            probe = probe or found
            if found is None:
                first_tests.append(inner.boolean(part))
    source = _source(table, probe)
    if first_tests:
        source = _tested(source, first_tests)
    for predicate in rest:
        source = _positioned(source, compile_predicate(inner, predicate))
    return source


def _source(table: Table, probe: _Probe | None) -> RowsFn:
    if probe is None:
        return lambda _: table.every
    column, key = probe.column, probe.key

    def look_up(c: Context) -> list[int]:
        value = key(c)
        if type(value) is str:
            return table.rows_with_text(column, value)
        if type(value) is float:
            return table.rows_with_number(column, value)
        return table.rows_with_text(column, to_string(value, c.run.dialect))

    return look_up


def _tested(source: RowsFn, tests: list[BooleanFn]) -> RowsFn:
    def run(c: Context) -> list[int]:
        place = Context(c.node, c.run, c.frame, c.current)
        out: list[int] = []
        for row in source(c):
            place.row = row
            for test in tests:
                if not test(place):
                    break
            else:
                out.append(row)
        return out

    return run


def _positioned(source: RowsFn, test: BooleanFn) -> RowsFn:
    def run(c: Context) -> list[int]:
        rows = source(c)
        place = Context(c.node, c.run, c.frame, c.current, 0, len(rows))
        out: list[int] = []
        for position, row in enumerate(rows, start=1):
            place.position, place.row = position, row
            if test(place):
                out.append(row)
        return out

    return run
