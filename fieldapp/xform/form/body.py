"""What the person sees: controls, groups and repeats, in the order of the body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.expr.runtime import Context, NodesFn, StringFn
from fieldapp.xform.form.texts import CompileText, Text
from fieldapp.xform.form.tree import Dep, NodeDef
from fieldapp.xform.lists.filters import RowsFn
from fieldapp.xform.lists.table import Table

__all__ = ["BodyItem", "Control", "Group", "Itemset", "QuestionKind", "RepeatBody", "RowItems", "WalkedItems"]

QuestionKind = Literal[
    "text", "integer", "decimal", "date", "time", "datetime", "select_one", "select_multiple", "rank", "range",
    "image", "audio", "video", "file", "barcode", "geopoint", "geotrace", "geoshape", "note", "acknowledge",
    "calculate", "hidden",
]  # fmt: skip


@dataclass(slots=True)
class RowItems:
    """Choices from a table: columns by row number. ``order`` shuffles where the form says so."""

    table: Table
    rows: RowsFn
    value: list[str]
    label: list[str] | None
    label_is_id: bool
    image: list[str] | None = None
    order: Callable[[Context, list[int]], list[int]] | None = None
    #: for labels with live answers in them
    compile_text: CompileText | None = None


@dataclass(slots=True)
class WalkedItems:
    """Choices from any nodes: value and label are read in each of them."""

    nodes: NodesFn
    value: StringFn
    label: StringFn
    label_is_id: bool


Itemset = RowItems | WalkedItems


@dataclass(slots=True, eq=False)
class Control:
    """A question in the body, or a question that has none (calculate, hidden)."""

    node: NodeDef
    kind: QuestionKind
    appearance: frozenset[str] = frozenset()
    label: Text = field(default_factory=Text)
    hint: Text = field(default_factory=Text)
    guidance: Text = field(default_factory=Text)
    items: list[tuple[str, Text]] = field(default_factory=list)
    itemset: Itemset | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    #: what label, hint and choices read
    reads: list[Dep] = field(default_factory=list)
    lookup: Callable[[XNode], None] | None = None


@dataclass(slots=True, eq=False)
class Group:
    """A group of the body; ``node`` is None for one that only arranges."""

    node: NodeDef | None
    label: Text
    appearance: frozenset[str]
    children: list[BodyItem]


@dataclass(slots=True, eq=False)
class RepeatBody:
    """A repeat of the body; ``children`` are those of each instance."""

    node: NodeDef
    label: Text
    appearance: frozenset[str]
    children: list[BodyItem]


BodyItem = Control | Group | RepeatBody
