"""Paths into lists and numbered repeat instances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fieldapp.xform.expr.ast import Step
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.expr.runtime import Context, Fn, PathPlan
from fieldapp.xform.form.plain import is_plain
from fieldapp.xform.lists.filters import RowsFn, plan_rows
from fieldapp.xform.lists.table import CellNode, RowNode, Table

__all__ = ["cells_plan", "indexed", "table_path"]


def indexed(up: int, path: list[tuple[int, Fn | None]], slot: int) -> PathPlan:
    def nodes(c: Context) -> list[XNode]:
        frame = c.frame
        for _ in range(up):
            frame = frame[0].outer
        for repeat_slot, index in path:
            instances = frame[repeat_slot].instances
            number = index(c) if index is not None else 1.0
            if not isinstance(number, float) or number != number or not 1 <= number <= len(instances):
                return []
            frame = instances[int(number) - 1].frame
        node: Any = frame[slot]
        return [node] if node.relevant else []

    return PathPlan(nodes, lambda c: found[0].read if (found := nodes(c)) else "")


def table_path(compiler: Compiler, table: Table, steps: tuple[Step, ...]) -> tuple[RowsFn, str | None] | None:
    """Return rows and column of ``/root/item[…]/column``; None when the path is of another shape."""
    if not 2 <= len(steps) <= 3 or any(step.axis != "child" for step in steps):
        return None
    root, item = steps[0], steps[1]
    if root.predicates or root.test not in (table.root, "*") or item.test not in (table.item, "*"):
        return None
    if len(steps) == 3 and (steps[2].predicates or not is_plain(steps[2])):
        return None
    rows = plan_rows(compiler, table, item.predicates)
    return rows, steps[2].test if len(steps) == 3 else None


def cells_plan(table: Table, rows: RowsFn, column: str | None) -> PathPlan:
    if column is None:
        return PathPlan(lambda c: [RowNode(table, row) for row in rows(c)])
    cells = table.column(column)
    name = column

    def value(c: Context) -> str:
        found = rows(c)
        return cells[found[0]] if found else ""

    def nodes(c: Context) -> list[XNode]:
        return [CellNode(RowNode(table, row), name, cells[row]) for row in rows(c)]

    several: Callable[[Context], list[XNode]] = nodes
    return PathPlan(several, value)
