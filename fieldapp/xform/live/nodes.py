"""Nodes with state. A repeat instance (or the form) is a frame: a list of its nodes by slot, itself at slot 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.expr.runtime import Context, Runtime
from fieldapp.xform.form.tree import NodeDef, Seed
from fieldapp.xform.live.answers import PLAIN_TYPES, loose_answer, type_answer
from fieldapp.xform.values.convert import Value, to_string

__all__ = ["FormNode", "Range", "build_frame"]


class FormNode(XNode):
    """A group, question or attribute. ``raw`` is the answer as text, ``typed`` its value, ``read`` what expressions see."""

    __slots__ = (
        "alive",
        "attrs",
        "children",
        "context",
        "defn",
        "frame",
        "index",
        "outer",
        "own_readonly",
        "own_relevant",
        "parent",
        "raw",
        "read",
        "readonly",
        "relevant",
        "required",
        "typed",
        "valid",
    )

    parent: FormNode | None
    read: Value
    relevant: bool
    readonly: bool

    def __init__(self, defn: NodeDef, parent: FormNode | None, frame: list[Any], run: Runtime) -> None:
        self.defn = defn
        self.parent = parent
        self.frame = frame
        self.context = Context(self, run, frame)
        self.raw = ""
        self.typed: Value = ""
        self.read = ""
        self.valid = True
        self.own_relevant = defn.relevant is not False
        self.own_readonly = defn.readonly is True
        self.required = defn.required is True
        self.relevant = self.own_relevant if parent is None else self.own_relevant and parent.relevant
        self.readonly = self.own_readonly if parent is None else self.own_readonly or parent.readonly
        self.children: list[FormNode | Range] = []
        self.attrs: list[FormNode] = []
        self.alive = True
        self.outer: list[Any] | None = None
        self.index = 0

    # -- the view of expressions --------------------------------------------------------------------------

    @property
    def kind(self) -> str:  # type: ignore[override]
        return "attribute" if self.defn.is_attribute else "element"

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.defn.name

    @property
    def prefix(self) -> str:  # type: ignore[override]
        return self.defn.prefix

    @property
    def ns(self) -> str:  # type: ignore[override]
        return self.defn.ns

    def kids(self) -> Sequence[XNode]:
        out: list[XNode] = []
        for child in self.children:
            if isinstance(child, Range):
                out.extend(instance for instance in child.instances if instance.relevant)
            elif child.relevant:
                out.append(child)
        return out

    def attributes(self) -> Sequence[XNode]:
        return self.attrs

    def string(self) -> str:
        if self.children:
            return "".join(kid.string() for kid in self.kids())
        read = self.read
        return read if isinstance(read, str) else to_string(read, self.context.run.dialect)

    def place(self) -> int:
        return self.index + 1 if self.defn.is_repeat else super().place()

    # -- state --------------------------------------------------------------------------------------------

    def take(self, raw: str) -> None:
        """Take in an answer as text: its type is checked, ``read`` follows while the node is relevant."""
        self.raw = raw
        kind = self.defn.type
        if kind in PLAIN_TYPES or raw == "":
            self.typed, self.valid = raw, True
        else:
            typed = type_answer(kind, raw, self.context.run.dialect)
            self.valid = typed is not None
            self.typed = loose_answer(kind, raw) if typed is None else typed
        self.read = self.typed if self.relevant else ""

    @property
    def ref(self) -> str:
        """The absolute reference with positions, ``/data/member[2]/name``."""
        steps: list[str] = []
        node: FormNode | None = self
        while node is not None:
            defn = node.defn
            name = "@" + defn.name if defn.is_attribute else defn.name
            steps.append(f"{name}[{node.index + 1}]" if defn.is_repeat else name)
            node = node.parent
        return "/" + "/".join(reversed(steps))


class Range:
    """All instances of a repeat at one place. ``ghost`` stands in for an instance where there is none."""

    __slots__ = ("defn", "ghost", "instances", "parent")

    def __init__(self, defn: NodeDef, parent: FormNode) -> None:
        self.defn = defn
        self.parent = parent
        self.instances: list[FormNode] = []
        self.ghost: FormNode | None = None

    @property
    def ref(self) -> str:
        return f"{self.parent.ref}/{self.defn.name}"

    def renumber(self, start: int = 0) -> None:
        """Give the instances from ``start`` on their positions."""
        for index in range(start, len(self.instances)):
            self.instances[index].index = index


def build_frame(
    owner: NodeDef, seed: Seed, parent: FormNode | None, outer: list[Any] | None, run: Runtime
) -> FormNode:
    """Return the owner's node with its whole frame, nested repeat instances included, filled from ``seed``."""
    frame: list[Any] = []
    first = FormNode(owner, parent, frame, run)
    first.outer = outer
    frame.append(first)
    for defn in owner.frame_defs[1:]:
        above = first if defn.parent is owner else frame[defn.parent.slot]  # type: ignore[union-attr]
        if defn.is_repeat:
            entry: Any = Range(defn, above)
            above.children.append(entry)
        else:
            entry = FormNode(defn, above, frame, run)
            (above.attrs if defn.is_attribute else above.children).append(entry)
        frame.append(entry)
    for slot, text in seed.texts:
        frame[slot].take(text)
    for slot, seeds in seed.repeats:
        place = frame[slot]
        for inner in seeds:
            place.instances.append(build_frame(place.defn, inner, place.parent, frame, run))
        place.renumber()
    return first
