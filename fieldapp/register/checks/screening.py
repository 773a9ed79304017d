"""Which rules can fire at all on a record: worked out once from the expressions, asked with one look into a table.

Most rules need a fact to be known, or a code to be one of a few; a record without it need not be asked. What a rule
*requires* of the rows in question is read off its expression; records are then sorted by their *shape* (the codes and
truths themselves, of everything else only whether it is known), and the rules left for a shape are remembered.
Screening never changes a result: it only leaves out rules that would come out unknown or false.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from fieldapp.register.checks.aggregates import AGGREGATES
from fieldapp.register.checks.facts import Row
from fieldapp.register.checks.functions import FUNCTIONS
from fieldapp.register.checks.kinds import Vocabulary

__all__ = ["Fact", "Requirements", "Screen", "Shape", "requirements_of"]

Fact = tuple[str, str]  # the row's name in the rule, and the fact
#: What must hold: the values that may stand there, or None: any known one.
Requirements = Mapping[Fact, frozenset[Any] | None]

_BLANK: frozenset[Any] = frozenset({None})
_BY_VALUE = ("code", "truth")
_KNOWN = "*"
_MOST_SHAPES = 20_000
R = TypeVar("R")
Shape = tuple[Any, ...]


def requirements_of(tree: ast.expr, rows: Mapping[str, str], vocabulary: Vocabulary) -> Requirements:
    """Return what must hold of the rows (name → list) for a checked condition to be true; nothing when in doubt."""
    return _Reader(rows, vocabulary).condition(tree)


class _Reader:
    def __init__(self, rows: Mapping[str, str], vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._vocabulary = vocabulary

    def condition(self, tree: ast.expr) -> Requirements:
        match tree:
            case ast.BoolOp(ast.And(), parts):
                return _every([self.condition(part) for part in parts])
            case ast.BoolOp(ast.Or(), parts):
                return _either([self.condition(part) for part in parts])
            case ast.Attribute():
                return self._values(tree, frozenset({True}))
            case ast.UnaryOp(ast.Not(), ast.Attribute() as fact):
                return self._values(fact, frozenset({False}))
            case ast.UnaryOp(ast.Not(), ast.Compare() | ast.Call() as inner) if not _sees_unknown(inner):
                return self._known(inner)
            case ast.Call(ast.Name("blank"), [ast.Attribute() as fact]):
                return self._values(fact, _BLANK)
            case ast.Call(ast.Name("known"), [argument]):
                return self._known(argument)
            case ast.Compare(ast.Attribute() as fact, [ast.Eq()], [ast.Constant(value)]):
                return self._values(fact, frozenset({value}))
            case ast.Compare(ast.Attribute() as fact, [ast.In()], [ast.List(items) | ast.Tuple(items)]):
                return self._values(
                    fact, frozenset(item.value for item in items if isinstance(item, ast.Constant))
                )
            case _:
                return self._known(tree)

    def _values(self, fact: ast.Attribute, values: frozenset[Any]) -> Requirements:
        place = self._place(fact)
        if place is None:
            return {}
        by_value = self._vocabulary[self._rows[place[0]]][place[1]].name in _BY_VALUE
        return {place: values if by_value or values == _BLANK else None}

    def _known(self, tree: ast.expr) -> Requirements:
        """Everything that goes into a value must be known, but for what looks at unknown itself."""
        match tree:
            case ast.Attribute():
                place = self._place(tree)
                return {place: None} if place else {}
            case ast.Compare(left, _, rights):
                return _every([self._known(part) for part in (left, *rights)])
            case ast.BinOp(left, _, right):
                return _every([self._known(left), self._known(right)])
            case ast.Call(ast.Name(), arguments) if not _sees_unknown(tree):
                return _every([self._known(part) for part in arguments])
            case _:
                return {}

    def _place(self, fact: ast.Attribute) -> Fact | None:
        if isinstance(fact.value, ast.Name) and fact.value.id in self._rows:
            return fact.value.id, fact.attr
        return None


def _sees_unknown(tree: ast.expr) -> bool:
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)):
        return False
    name = tree.func.id
    return name in AGGREGATES or FUNCTIONS[name].sees_unknown


def _every(parts: Iterable[Requirements]) -> Requirements:
    merged: dict[Fact, frozenset[Any] | None] = {}
    for part in parts:
        for fact, values in part.items():
            held = merged.get(fact)
            merged[fact] = values if held is None else held if values is None else held & values
    return merged


def _either(parts: Sequence[Requirements]) -> Requirements:
    """Keep only what every branch requires, with all its values."""
    merged: dict[Fact, frozenset[Any] | None] = {}
    for fact in set.intersection(*(set(part) for part in parts)):
        values = [part[fact] for part in parts]
        known = [held for held in values if held is not None]
        if len(known) == len(values):
            merged[fact] = frozenset().union(*known)
        elif not any(None in held for held in known):
            merged[fact] = None
    return merged


class Screen(Generic[R]):
    """The rules of one scope, to be asked by the shapes of the rows in question."""

    def __init__(
        self,
        rules: Sequence[R],
        requires: Callable[[R], Requirements],
        rows: Mapping[str, str],
        vocabulary: Vocabulary,
    ) -> None:
        self._rules = [(rule, requires(rule)) for rule in rules]
        watched = sorted({fact for _, required in self._rules for fact in required})
        self._watched = {name: [fact for held, fact in watched if held == name] for name in rows}
        self._order = [(name, fact) for name in rows for fact in self._watched[name]]
        self._by_value = {
            name: [vocabulary[rows[name]][fact].name in _BY_VALUE for fact in facts]
            for name, facts in self._watched.items()
        }
        self._known: dict[Shape, tuple[R, ...]] = {}

    def shape(self, name: str, row: Row) -> Shape:
        """Return the shape of a row that stands under ``name`` in the rules."""
        return tuple(
            [
                row[fact] if by_value or row[fact] is None else _KNOWN
                for fact, by_value in zip(self._watched[name], self._by_value[name], strict=True)
            ]
        )

    def rules(self, shape: Shape) -> tuple[R, ...]:
        """Return the rules that can fire; ``shape`` is the rows' shapes one after the other."""
        found = self._known.get(shape)
        if found is None:
            if len(self._known) >= _MOST_SHAPES:
                self._known.clear()
            found = self._known[shape] = self._select(shape)
        return found

    def _select(self, shape: Shape) -> tuple[R, ...]:
        held = dict(zip(self._order, shape, strict=True))
        return tuple(
            rule
            for rule, required in self._rules
            if all(
                held[fact] is not None if values is None else held[fact] in values
                for fact, values in required.items()
            )
        )
