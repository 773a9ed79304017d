"""What an expression is evaluated with: its place, and a world in which everything volatile is injected."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldapp.common.clock import Clock
from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.values.convert import Value
from fieldapp.xform.values.dialect import Dialect

__all__ = ["BooleanFn", "Context", "Fn", "NodesFn", "NumberFn", "PathPlan", "Runtime", "StringFn", "Verify"]


class Context:
    """Where an expression is evaluated.

    ``frame`` holds the nodes of the innermost repeat instance by slot, ``row`` the row of a list inside its
    predicates, ``current`` the place where the whole expression started.
    """

    __slots__ = ("current", "frame", "node", "position", "row", "run", "size")

    def __init__(
        self,
        node: XNode,
        run: Runtime,
        frame: list[Any],
        current: Context | None = None,
        position: int = 1,
        size: int = 1,
    ) -> None:
        self.node = node
        self.run = run
        self.frame = frame
        self.current: Context = current if current is not None else self
        self.position = position
        self.size = size
        self.row = 0


Fn = Callable[[Context], Value]
NumberFn = Callable[[Context], float]
StringFn = Callable[[Context], str]
BooleanFn = Callable[[Context], bool]
#: (Ed25519 public key, message, signature) -> whether the signature is that key's
Verify = Callable[[bytes, bytes, bytes], bool]
NodesFn = Callable[[Context], list[XNode]]


@dataclass(slots=True)
class PathPlan:
    """How a path is read: its nodes; and, where it can only be one node of the form, its value at once."""

    nodes: NodesFn
    value: Fn | None = None


def _no_choice_name(value: str, _path: str, _context: Context) -> str:
    return value


def _no_text(text_id: str) -> str:
    return text_id


@dataclass(slots=True)
class Runtime:
    """The world of one session. ``choice_name`` and ``itext`` are answered by the session in its language."""

    dialect: Dialect
    clock: Clock
    new_id: Callable[[], str]
    random: random.Random
    properties: Mapping[str, str] = field(default_factory=dict)
    choice_name: Callable[[str, str, Context], str] = _no_choice_name
    itext: Callable[[str], str] = _no_text
    verify: Verify | None = None
