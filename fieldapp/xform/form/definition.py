"""The definition of a form: read once, never changed, shared by all sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from fieldapp.common.errors import KnownError
from fieldapp.xform.collector import collector_paused
from fieldapp.xform.errors import NOT_AN_XFORM, TOO_DEEP
from fieldapp.xform.form.actions import Action, read_action
from fieldapp.xform.form.binds import apply_bind, bind_target
from fieldapp.xform.form.body import BodyItem, Control, Group, RepeatBody
from fieldapp.xform.form.controls import BodyReader
from fieldapp.xform.form.graph import connect, rank
from fieldapp.xform.form.making import Expression, Maker
from fieldapp.xform.form.skeleton import build_skeleton
from fieldapp.xform.form.texts import Itext
from fieldapp.xform.form.tree import Compute, ComputeKind, NodeDef
from fieldapp.xform.limits import MAX_DEPTH
from fieldapp.xform.lists.catalogue import Catalogue
from fieldapp.xform.xmlsafe import local_name, parse_xml

__all__ = ["FormDefinition", "Lists", "load_form"]

#: address (``jr://file-csv/households.csv``) → raw bytes
Lists = Mapping[str, bytes]


@dataclass(slots=True, eq=False)
class FormDefinition:
    """A form, ready to be filled in. Sessions share it; nothing in it changes after loading."""

    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str | None
    sha256: str
    #: addresses of attached lists that were not given; they read as empty
    missing_lists: tuple[str, ...]
    root: NodeDef
    itext: Itext
    body: list[BodyItem]
    actions: list[Action]
    #: computes by rank; constraints and texts have ranks from ``terminal_rank`` on
    by_rank: list[Compute]
    #: of the form and of each repeat: (slot, compute) of all that a new frame must evaluate
    frame_computes: dict[NodeDef, list[tuple[int, Compute]]]
    #: lists of the catalogue, and every expression with its place, for checks
    catalogue: Catalogue
    expressions: list[Expression]
    #: what other engines overlook when they open the form, and ``form check`` refuses
    problems: list[KnownError]
    #: definitions by ref without positions
    by_ref: dict[str, NodeDef] = field(default_factory=dict)
    #: the body's groups and repeats by node
    bodies: dict[NodeDef, Group | RepeatBody] = field(default_factory=dict)

    @property
    def terminal_rank(self) -> int:
        """The first rank of constraints and texts."""
        return len(self.by_rank)


def _child(parent: etree._Element, name: str, what: str) -> etree._Element:
    for child in parent:
        if local_name(child) == name:
            return child
    raise NOT_AN_XFORM(reason=what)


def _repeat_refs(body: etree._Element) -> set[str]:
    """Return the absolute refs of the body's repeats; relative ones are joined with what encloses them."""
    found: set[str] = set()

    def walk(element: etree._Element, context: str) -> None:
        for child in element:
            tag = local_name(child)
            ref = (
                str(child.get("nodeset") or child.get("ref") or "").strip()
                if tag in ("repeat", "group")
                else ""
            )
            here = ref if ref.startswith("/") else f"{context}/{ref}" if ref else context
            if tag == "repeat":
                found.add(here)
            if tag in ("repeat", "group"):
                walk(child, here)

    walk(body, "")
    return found


def _datasets(primary: etree._Element) -> list[str]:
    return [str(e.get("dataset")) for e in primary.iter() if local_name(e) == "entity" and e.get("dataset")]


def _form_id(primary: etree._Element) -> str:
    return str(primary.get("id") or primary.nsmap.get(None) or local_name(primary))


def load_form(xml: bytes, lists: Lists | None = None) -> FormDefinition:
    """Read an XForm. Raises FORM-001 … FORM-005 for the file, FORM-010 … FORM-014 for what it says,
    FORM-03x for its lists (when they are first used)."""
    with collector_paused():
        try:
            return _load(xml, dict(lists or {}))
        except RecursionError:
            raise TOO_DEEP(limit=MAX_DEPTH, where="") from None


def _load(xml: bytes, lists: dict[str, bytes]) -> FormDefinition:
    root = parse_xml(xml, "form.xml")
    if local_name(root) != "html":
        raise NOT_AN_XFORM(reason=f"<{local_name(root)}>")
    head, body = _child(root, "head", "<head>"), _child(root, "body", "<body>")
    model = _child(head, "model", "<model>")
    instances = [child for child in model if local_name(child) == "instance"]
    primary = next((child for child in (instances[0] if instances else ()) if local_name(child)), None)
    if primary is None:
        raise NOT_AN_XFORM(reason="<instance>")
    catalogue = Catalogue(lists, _datasets(primary))
    for element in instances[1:]:
        catalogue.declare(element)
    skeleton = build_skeleton(primary, _repeat_refs(body))
    maker = Maker(skeleton, catalogue)
    itext = Itext.read(next((c for c in model if local_name(c) == "itext"), None))
    binds = _read_binds(maker, model)
    reader = BodyReader(maker, itext, binds)
    items = reader.read(body, skeleton)
    actions = reader.actions + _model_actions(maker, model, binds)
    by_rank = _finish(skeleton, maker)
    title = next(("".join(str(part) for part in c.itertext()) for c in head if local_name(c) == "title"), "")
    return FormDefinition(
        _form_id(primary),
        str(primary.get("version") or ""),
        title,
        itext.languages,
        itext.default,
        hashlib.sha256(xml).hexdigest(),
        tuple(catalogue.missing),
        skeleton,
        itext,
        items,
        actions,
        by_rank,
        _frame_computes(skeleton, len(by_rank)),
        catalogue,
        maker.expressions,
        maker.problems,
        {node.ref: node for node in skeleton.subtree()},
        _bodies(items),
    )


def _bodies(items: list[BodyItem]) -> dict[NodeDef, Group | RepeatBody]:
    found: dict[NodeDef, Group | RepeatBody] = {}
    todo = list(items)
    while todo:
        item = todo.pop()
        if not isinstance(item, Control):
            todo.extend(item.children)
            if item.node is not None:
                found.setdefault(item.node, item)
    return found


def _read_binds(maker: Maker, model: etree._Element) -> dict[str, NodeDef]:
    binds: dict[str, NodeDef] = {}
    for child in model:
        if local_name(child) == "bind":
            try:
                node = bind_target(maker.root, child)
            except KnownError as error:
                maker.problems.append(error)  # phones and browsers ignore such a bind; the author is told
                continue
            apply_bind(maker, child, node)
            if child.get("id"):
                binds[str(child.get("id"))] = node
    return binds


def _model_actions(maker: Maker, model: etree._Element, binds: dict[str, NodeDef]) -> list[Action]:
    return [
        read_action(maker, child, None, binds)
        for child in model
        if local_name(child) in ("setvalue", "setgeopoint", "recordaudio")
    ]


def _finish(root: NodeDef, maker: Maker) -> list[Compute]:
    """Collect all computes, connect and rank them."""
    for node in root.subtree():
        control = node.control
        if isinstance(control, Control) and control.reads:
            shown = Compute(ComputeKind.DISPLAY, node, lambda _: "", "display", control.reads)
            shown.choosing = control.itemset is not None
            node.computes.append(shown)
    computes = [compute for node in root.subtree() for compute in node.computes]
    connect(computes)
    by_rank, problem = rank(root, computes)
    if problem is not None:
        maker.problems.append(problem)
    return by_rank


def _frame_computes(root: NodeDef, terminal: int) -> dict[NodeDef, list[tuple[int, Compute]]]:
    return {
        owner: [
            (0 if node is owner else node.slot, compute)
            for node in owner.frame_defs
            if node is owner or not node.is_repeat
            for compute in node.computes
            if compute.rank < terminal
        ]
        for owner in root.subtree()
        if owner is root or owner.is_repeat
    }
