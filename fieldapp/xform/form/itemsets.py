"""Choices that come from a list or from a repeat."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lxml import etree

from fieldapp.xform.expr.ast import Call, Expr, Filter, Literal, Path
from fieldapp.xform.expr.compiler import TreeCompiler
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.functions.nodeset import seed_number, shuffled
from fieldapp.xform.expr.paths import DocumentScope
from fieldapp.xform.expr.runtime import Context, StringFn
from fieldapp.xform.form.body import Itemset, RowItems, WalkedItems
from fieldapp.xform.form.list_paths import table_path
from fieldapp.xform.form.making import Maker
from fieldapp.xform.form.scope import FormScope
from fieldapp.xform.form.tree import Dep, NodeDef
from fieldapp.xform.lists.table import Table
from fieldapp.xform.xmlsafe import local_name

__all__ = ["read_itemset"]


def read_itemset(maker: Maker, element: etree._Element, node: NodeDef, reads: list[Dep]) -> Itemset:
    """Return the choices of an ``<itemset>``. Raises FORM-010, FORM-011."""
    text = str(element.get("nodeset") or "")
    tree = maker.tree(text, f"{node.ref} · choices")
    maker.note(node, "choices", text, tree)
    value, label = _ref(element, "value"), _ref(element, "label")
    if value.startswith("jr:itext("):
        value = value[9:-1]
    is_id = label.startswith("jr:itext(")
    label = label[9:-1] if is_id else label
    compiler = maker.compiler(node, "choices", reads)
    found = _rows(compiler, tree, value, label or value, is_id)
    if found is not None and is_id:
        found.compile_text = partial(_compile, maker, node, reads)
    return found or _walked(maker, compiler, tree, value, label or value, is_id, reads)


def _compile(maker: Maker, node: NodeDef, reads: list[Dep], text: str) -> StringFn:
    return maker.text(node, text, "label", reads)


def _ref(element: etree._Element, name: str) -> str:
    for child in element:
        if local_name(child) == name:
            return str(child.get("ref") or child.get("value") or "").strip()
    return ""


def _order(compiler: Compiler, tree: Expr) -> tuple[Expr, Callable[[Context, list[int]], list[int]] | None]:
    """Return the list inside ``randomize(…)`` and how to shuffle it."""
    if not isinstance(tree, Call) or tree.name != "randomize":
        return tree, None
    compiler.spec(tree)
    if len(tree.args) == 1:
        return tree.args[0], lambda c, rows: shuffled(rows, c.run.random.getrandbits(31))
    seed = compiler.value(tree.args[1])
    return tree.args[0], lambda c, rows: shuffled(rows, seed_number(seed(c), c))


def _rows(compiler: Compiler, tree: Expr, value: str, label: str, is_id: bool) -> RowItems | None:
    inner, order = _order(compiler, tree)
    if not isinstance(inner, Path) or not isinstance(inner.base, Call) or inner.base.name != "instance":
        return None
    name = inner.base.args[0] if inner.base.args else None
    scope = compiler.scope
    if not isinstance(scope, FormScope) or not isinstance(name, Literal):
        return None
    table = scope.list_named(compiler, inner.base)
    if not isinstance(table, Table):
        return None
    found = table_path(compiler, table, inner.steps)
    if found is None or found[1] is not None:
        return None
    return RowItems(
        table, found[0], table.column(value), table.column(label), is_id, table.columns.get("image"), order
    )


def _walked(
    maker: Maker, compiler: Compiler, tree: Expr, value: str, label: str, is_id: bool, reads: list[Dep]
) -> WalkedItems:
    nodes = compiler.nodes(tree)
    target = _target(compiler, tree)
    where = compiler.where
    if target is None:
        inner: Compiler = TreeCompiler(DocumentScope(maker.dialect, {}), compiler.functions, where)
        return WalkedItems(
            nodes, inner.string(maker.tree(value, where)), inner.string(maker.tree(label, where)), is_id
        )
    scope = maker.scope(target)
    inner = compiler.within(scope)
    items = WalkedItems(
        nodes, inner.string(maker.tree(value, where)), inner.string(maker.tree(label, where)), is_id
    )
    reads.extend(Dep(dep.target, 0, True) for dep in scope.deps)
    return items


def _target(compiler: Compiler, tree: Expr) -> NodeDef | None:
    """Return the definition whose nodes ``tree`` gives, when they belong to the form."""
    while isinstance(tree, Filter | Call):
        if isinstance(tree, Call) and not tree.args:
            return None
        tree = tree.base if isinstance(tree, Filter) else tree.args[0]
    scope = compiler.scope
    if isinstance(tree, Path) and tree.base is None and isinstance(scope, FormScope):
        return scope.target_of(tree, compiler.where)
    return None
