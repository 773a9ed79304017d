"""The language of the rules: Python's expression syntax, a small part of it, compiled once to closures.

Nothing is evaluated by Python itself: the text is parsed with :mod:`ast`, every node is on the list below or refused, and every
name, fact, code, kind and number of arguments is checked here, so that a wrong rule is found when it is loaded.

Allowed: ``and or not``, comparisons (chains too), ``in`` a list of constants or a fact of several codes, ``+ - * /``,
facts (``p.age``), the functions of :mod:`functions`, and ``any all count sum lowest highest`` over a list of the household
(``any(x.relationship == "head" for x in members if x.age >= 16)``).
"""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from typing import Any

from fieldapp.register.checks.aggregates import AGGREGATES, Loop
from fieldapp.register.checks.functions import FUNCTIONS
from fieldapp.register.checks.kinds import CODES, MONTH, NUMBER, TEXT, TRUTH, Kind, Vocabulary
from fieldapp.register.checks.logic import (
    ARITHMETIC,
    COMPARE,
    Node,
    Run,
    apply,
    both,
    compare,
    contains,
    fact,
    negate,
)
from fieldapp.register.checks.scopes import FIRST_LOOP_SLOT, FRAME_SIZE, LISTS, SCALARS, Scope
from fieldapp.register.schema import CodeList

__all__ = ["Compiler", "RuleMistake", "parse"]

_LONGEST_TEXT = 2000
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_ORDERED = ("number", "date", "month", "text")
_EQUAL = (*_ORDERED, "truth", "code")


class RuleMistake(Exception):
    """What is wrong with a rule, in both languages; the loader adds which rule and file."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(en)


class Compiler:
    """Compiles the expressions of one rule. ``reads`` collects (name or list, fact) of everything they read."""

    def __init__(self, scope: Scope, vocabulary: Vocabulary, codes: dict[str, CodeList]) -> None:
        self._vocabulary = vocabulary
        self._codes = codes
        self._rows = dict(scope.rows)
        self._origin = {name: name for name in scope.rows}
        self._next_slot = FIRST_LOOP_SLOT
        self.reads: set[tuple[str, str]] = set()

    def truth(self, text: str) -> Run:
        """Compile a condition; its closure gives True, False or None (unknown)."""
        return self._truth(parse(text), asking=True)

    def value(self, text: str) -> Node:
        """Compile an expression of any kind, for the texts of a rule."""
        return self._node(parse(text), asking=False)

    def _truth(self, tree: ast.expr, *, asking: bool) -> Run:
        node = self._node(tree, asking=asking)
        if node.kind != TRUTH:
            raise RuleMistake(f"「{_short(tree)}」不是一个判断", f"“{_short(tree)}” is no condition")
        return node.run

    def _node(self, tree: ast.expr, *, asking: bool) -> Node:
        match tree:
            case ast.BoolOp(op, parts):
                runs = [self._truth(part, asking=asking) for part in parts]
                return Node(TRUTH, both(runs, stop=isinstance(op, ast.Or), asking=asking))
            case ast.UnaryOp(ast.Not(), operand):
                return Node(TRUTH, negate(self._truth(operand, asking=False)))
            case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as value)) if _is_number(value):
                return _constant(-value, tree)
            case ast.Constant(value):
                return _constant(value, tree)
            case ast.Compare(left, ops, rights):
                return self._comparison(tree, left, ops, rights, asking=asking)
            case ast.BinOp(left, op, right):
                return self._arithmetic(tree, left, op, right)
            case ast.Attribute(ast.Name(name), attribute):
                return self._fact(name, attribute)
            case ast.Name(name):
                return self._scalar(name)
            case ast.Call(ast.Name(name), arguments, []):
                return self._call(tree, name, arguments)
            case _:
                raise _not_allowed(tree)

    def _comparison(
        self, tree: ast.Compare, left: ast.expr, ops: list[ast.cmpop], rights: list[ast.expr], *, asking: bool
    ) -> Node:
        runs = []
        for op, right in zip(ops, rights, strict=True):
            if isinstance(op, (ast.In, ast.NotIn)):
                runs.append(self._membership(left, right, negated=isinstance(op, ast.NotIn)))
            else:
                runs.append(self._one_comparison(tree, left, type(op).__name__, right))
            left = right
        return Node(TRUTH, runs[0] if len(runs) == 1 else both(runs, stop=False, asking=asking))

    def _one_comparison(self, tree: ast.expr, left: ast.expr, op: str, right: ast.expr) -> Run:
        if op not in COMPARE:
            raise _not_allowed(tree)
        one, two = self._node(left, asking=False), self._node(right, asking=False)
        self._check_comparable(tree, one, two, ordering=op not in ("Eq", "NotEq"))
        return compare(COMPARE[op], one, two)

    def _check_comparable(self, tree: ast.expr, one: Node, two: Node, *, ordering: bool) -> None:
        for here, there in ((one, two), (two, one)):
            if there.constant is None or there.kind != TEXT:
                continue
            if here.kind.name == "code" and not ordering:
                return self._check_code(here.kind, there.constant)
            if here.kind == MONTH:
                return _check_month(there.constant)
        if one.kind == two.kind and one.kind.name in (_ORDERED if ordering else _EQUAL):
            return None
        raise RuleMistake(
            f"「{_short(tree)}」两边不能比较（{one.kind.name}、{two.kind.name}）",
            f"“{_short(tree)}” compares {one.kind.name} with {two.kind.name}",
        )

    def _membership(self, left: ast.expr, right: ast.expr, *, negated: bool) -> Run:
        item = self._node(left, asking=False)
        if isinstance(right, (ast.List, ast.Tuple)):
            values = [_constant_of(element) for element in right.elts]
            wanted = TEXT if item.kind.name in ("code", "month") else item.kind
            for value in values:
                if _constant(value, right).kind != wanted:
                    raise RuleMistake(f"「{value}」和左边不同类", f"“{value}” is of another kind")
                if item.kind.name == "code":
                    self._check_code(item.kind, value)
                elif item.kind == MONTH:
                    _check_month(value)
            container = Node(CODES, _always(frozenset(values)))
            return contains(item, container, negated=negated)
        many = self._node(right, asking=False)
        if many.kind.name != "codes" or item.kind != TEXT or item.constant is None:
            raise RuleMistake(
                "in 的右边应是一组常量，或多选的字段",
                "“in” takes a list of constants or a fact of several codes",
            )
        self._check_code(many.kind, item.constant)
        return contains(item, many, negated=negated)

    def _check_code(self, kind: Kind, code: Any) -> None:
        if code not in self._codes[kind.codes or ""].by_code:
            raise RuleMistake(
                f"代码表 {kind.codes} 里没有「{code}」", f"“{code}” is not in the code list {kind.codes}"
            )

    def _arithmetic(self, tree: ast.expr, left: ast.expr, op: ast.operator, right: ast.expr) -> Node:
        name = type(op).__name__
        if name not in ARITHMETIC:
            raise _not_allowed(tree)
        parts = [self._of_kind(part, NUMBER) for part in (left, right)]
        return Node(NUMBER, apply(ARITHMETIC[name], parts, sees_unknown=False))

    def _of_kind(self, tree: ast.expr, kind: Kind | None) -> Run:
        node = self._node(tree, asking=False)
        if kind == MONTH and node.kind == TEXT and node.constant is not None:
            _check_month(node.constant)
        elif kind is not None and node.kind != kind and (kind, node.kind.name) != (TEXT, "code"):
            raise RuleMistake(
                f"「{_short(tree)}」应为 {kind.name}，却是 {node.kind.name}",
                f"“{_short(tree)}” is {node.kind.name}, not {kind.name}",
            )
        return node.run

    def _fact(self, name: str, attribute: str) -> Node:
        if name not in self._rows:
            raise RuleMistake(f"这里没有「{name}」", f"there is no “{name}” here")
        slot, list_name = self._rows[name]
        kind = self._vocabulary[list_name].get(attribute)
        if kind is None:
            raise RuleMistake(
                f"{list_name} 没有「{attribute}」这个字段", f"{list_name} has no property “{attribute}”"
            )
        self.reads.add((self._origin[name], attribute))
        return Node(kind, fact(slot, attribute), place=(slot, attribute))

    def _scalar(self, name: str) -> Node:
        if name not in SCALARS:
            raise RuleMistake(f"这里没有「{name}」", f"there is no “{name}” here")
        slot, kind = SCALARS[name]
        self.reads.add((name, ""))
        return Node(kind, lambda frame: frame[slot])

    def _call(self, tree: ast.expr, name: str, arguments: list[ast.expr]) -> Node:
        if name in AGGREGATES:
            return self._aggregate(tree, name, arguments)
        function = FUNCTIONS.get(name)
        if function is None:
            raise RuleMistake(f"没有「{name}」这个函数", f"there is no function “{name}”")
        if len(arguments) != len(function.takes):
            wanted = len(function.takes)
            raise RuleMistake(
                f"{name} 要 {wanted} 个参数", f"{name} takes {wanted} arguments, not {len(arguments)}"
            )
        parts = [self._of_kind(part, kind) for part, kind in zip(arguments, function.takes, strict=True)]
        return Node(function.gives, apply(function.call, parts, sees_unknown=function.sees_unknown))

    def _aggregate(self, tree: ast.expr, name: str, arguments: list[ast.expr]) -> Node:
        truth, build = AGGREGATES[name]
        match arguments:
            case [
                ast.GeneratorExp(element, [ast.comprehension(ast.Name(row), ast.Name(source), conditions, 0)])
            ]:
                return Node(
                    TRUTH if name in ("any", "all") else NUMBER,
                    build(self._loop(row, source, conditions, element, truth)),
                )
            case _:
                raise RuleMistake(
                    f"「{_short(tree)}」应写成 {name}(… for x in members)",
                    f"“{_short(tree)}” takes one “… for x in members”",
                )

    def _loop(
        self, row: str, source: str, conditions: list[ast.expr], element: ast.expr, truth: bool
    ) -> Loop:
        if source not in LISTS:
            raise RuleMistake(f"没有「{source}」这个清单", f"there is no list “{source}”")
        if row in self._rows or row in LISTS or row in SCALARS:
            raise RuleMistake(f"名字「{row}」已经用了", f"the name “{row}” is taken")
        if self._next_slot >= FRAME_SIZE:
            raise RuleMistake("循环套得太深", "the loops are nested too deeply")
        held, list_name = LISTS[source]
        slot, self._next_slot = self._next_slot, self._next_slot + 1
        self._rows[row], self._origin[row] = (slot, list_name), source
        where = [self._truth(condition, asking=True) for condition in conditions]
        run = self._truth(element, asking=False) if truth else self._of_kind(element, NUMBER)
        del self._rows[row], self._origin[row]
        self._next_slot -= 1
        return Loop(held, slot, both(where, stop=False, asking=True) if where else None, run)


def parse(text: str) -> ast.expr:
    """Return the syntax tree of an expression. Raises RuleMistake when it is none, or too long."""
    if len(text) > _LONGEST_TEXT:
        raise RuleMistake("表达式太长", "the expression is too long")
    try:
        return ast.parse(" ".join(text.split()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise RuleMistake(
            f"「{text.strip()[:60]}」看不懂", f"“{text.strip()[:60]}” is no expression"
        ) from None


def _check_month(text: str) -> None:
    if not _MONTH.fullmatch(text):
        raise RuleMistake(f"「{text}」不是年月，应如 2026-05", f"“{text}” is no month such as 2026-05")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _constant_of(tree: ast.expr) -> Any:
    if isinstance(tree, ast.Constant):
        return tree.value
    raise _not_allowed(tree)


def _constant(value: Any, tree: ast.expr) -> Node:
    kind, held = TEXT, value
    if isinstance(value, bool):
        kind = TRUTH
    elif _is_number(value):
        kind, held = NUMBER, Decimal(str(value)) if isinstance(value, float) else value
    elif not isinstance(value, str):
        raise _not_allowed(tree)
    return Node(kind, _always(held), constant=held)


def _always(value: Any) -> Run:
    return lambda frame: value


def _not_allowed(tree: ast.expr) -> RuleMistake:
    return RuleMistake(f"「{_short(tree)}」这种写法不允许", f"“{_short(tree)}” is not allowed in a rule")


def _short(tree: ast.expr) -> str:
    return ast.unparse(tree)[:80]
