"""The nodes of a form's definition. An instance of a repeat (or the form itself) is a frame: its nodes by slot."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from fieldapp.xform.expr.runtime import Fn

__all__ = ["Compute", "ComputeKind", "Dep", "Edge", "NodeDef", "Seed"]


class ComputeKind(IntEnum):
    """What an expression decides about its node."""

    CALCULATE = 0
    RELEVANT = 1
    READONLY = 2
    REQUIRED = 3
    COUNT = 4
    CONSTRAINT = 5
    DISPLAY = 6


@dataclass(slots=True, eq=False)
class Dep:
    """An expression reads ``target``. ``bound``: how many enclosing repeat levels are the reader's own instances.

    ``elsewhere``: the instance is picked by a condition or an index, so a node may read its namesake in another
    instance without a cycle.
    """

    target: NodeDef
    bound: int
    elsewhere: bool = False


@dataclass(slots=True, eq=False)
class Compute:
    """An expression that is kept up to date. ``rank`` orders all of them so that sources come first."""

    kind: ComputeKind
    owner: NodeDef
    fn: Fn
    text: str
    deps: list[Dep]
    rank: int = -1
    #: a change may take choices away that are chosen
    choosing: bool = False


@dataclass(slots=True, eq=False)
class Edge:
    """From a read node to the compute that reads it: ``up`` frames out, ``down`` through repeats, to ``slot``."""

    compute: Compute
    up: int
    down: tuple[int, ...]
    slot: int
    rank: int = -1


@dataclass(slots=True)
class Seed:
    """The contents of one frame before it lives: texts by slot, and the frames of its repeats by slot."""

    texts: list[tuple[int, str]] = field(default_factory=list)
    repeats: list[tuple[int, list[Seed]]] = field(default_factory=list)
    #: slots of all elements that were there, answered or not
    present: set[int] = field(default_factory=set)


class NodeDef:
    """A question, group, repeat or attribute of the primary instance."""

    __slots__ = (
        "attributes",
        "by_name",
        "calculate",
        "children",
        "close_tag",
        "computes",
        "constraint",
        "control",
        "count",
        "depth",
        "edges",
        "fixed",
        "frame_defs",
        "initial",
        "is_attribute",
        "is_repeat",
        "messages",
        "name",
        "nodes",
        "ns",
        "open_tag",
        "parameters",
        "parent",
        "prefix",
        "preload",
        "preload_params",
        "readonly",
        "ref",
        "relevant",
        "repeat",
        "repeats",
        "required",
        "save_to",
        "seed",
        "slot",
        "type",
        "value_changed",
    )

    def __init__(self, name: str, parent: NodeDef | None, ref: str) -> None:
        self.name = name
        self.parent = parent
        self.ref = ref
        self.prefix = self.ns = ""
        self.children: list[NodeDef] = []
        self.attributes: list[NodeDef] = []
        #: of the form: all nodes, once the skeleton stands
        self.nodes: list[NodeDef] = []
        self.by_name: dict[str, NodeDef] = {}
        self.is_attribute = False
        self.is_repeat = False
        #: innermost enclosing repeat (a repeat's own is itself), and the chain of them from outside
        self.repeat: NodeDef | None = None
        self.repeats: tuple[NodeDef, ...] = ()
        #: place in the frame; a repeat's is its range's place in the outer frame, its instances stand at slot 0
        self.slot = 0
        self.depth = 0
        #: of the form and of repeats: all nodes of a frame by slot, and what a new instance holds
        self.frame_defs: list[NodeDef] = []
        self.seed = Seed()
        #: what the first instances of a repeat hold where the form writes them out
        self.initial: list[Seed] = []
        self.type = "string"
        self.calculate: Compute | None = None
        #: an expression, or a constant
        self.relevant: Compute | bool = True
        self.readonly: Compute | bool = False
        self.required: Compute | bool = False
        self.constraint: Compute | None = None
        self.count: Compute | None = None
        self.fixed = False
        self.computes: list[Compute] = []
        self.edges: list[Edge] = []
        self.messages: dict[str, object] = {}
        self.preload = self.preload_params = self.save_to = ""
        self.parameters: dict[str, str] = {}
        self.control: object | None = None
        self.value_changed: list[object] = []
        self.open_tag = self.close_tag = ""

    @property
    def is_leaf(self) -> bool:
        """A node that holds an answer."""
        return not self.children and not self.is_repeat

    def subtree(self) -> list[NodeDef]:
        """Return this node and all below it, attributes included, in document order."""
        if self.nodes:
            return self.nodes
        found: list[NodeDef] = []
        todo = [self]
        while todo:
            node = todo.pop()
            found.append(node)
            todo.extend(reversed(node.children))
            todo.extend(reversed(node.attributes))
        return found
