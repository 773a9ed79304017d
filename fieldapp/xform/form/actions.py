"""Actions: what happens on an event (a value is set, a place or a sound is recorded)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from fieldapp.xform.errors import UNRESOLVED
from fieldapp.xform.expr.runtime import Fn, NodesFn
from fieldapp.xform.form.binds import resolve_ref
from fieldapp.xform.form.making import Maker
from fieldapp.xform.form.tree import NodeDef
from fieldapp.xform.xmlsafe import local_name

__all__ = ["EVENTS", "Action", "read_action"]

#: every event a form may name, with the one it stands for
EVENTS = {
    "odk-instance-first-load": "odk-instance-first-load",
    "odk-instance-load": "odk-instance-load",
    "odk-new-repeat": "odk-new-repeat",
    "xforms-value-changed": "xforms-value-changed",
    "xforms-ready": "odk-instance-load",
    "jr-insert": "odk-new-repeat",
    "xforms-revalidate": "xforms-revalidate",
}


@dataclass(frozen=True, slots=True)
class Action:
    """``target`` receives ``value`` (None: what the device records) on one of ``events``.

    ``context`` is the node whose expression it is: the control's, or the target's for actions of the model.
    """

    kind: Literal["setvalue", "setgeopoint", "recordaudio"]
    target: NodeDef
    context: NodeDef
    events: frozenset[str]
    value: Fn | None
    #: finds the targets where the ref has conditions (``/data/rep[1]/q``), from the context node
    nodes: NodesFn | None
    #: the repeat in whose body it stands: ``odk-new-repeat`` belongs to that one
    repeat: NodeDef | None


def _target(
    maker: Maker, element: etree._Element, context: NodeDef | None, binds: Mapping[str, NodeDef]
) -> tuple[NodeDef, NodesFn | None]:
    bind = str(element.get("bind") or "")
    if bind in binds:
        return binds[bind], None
    ref = str(element.get("ref") or bind)
    target = resolve_ref(maker.root, re.sub(r"\[[^\]]*\]", "", ref), context)
    if target is None:
        raise UNRESOLVED(path=ref, where=f"<{local_name(element)}>")
    if "[" not in ref:
        return target, None
    compiler = maker.compiler(context or maker.root, "setvalue", [])
    return target, compiler.nodes(maker.tree(ref, target.ref))


def read_action(
    maker: Maker, element: etree._Element, context: NodeDef | None, binds: Mapping[str, NodeDef]
) -> Action:
    """Read a ``<setvalue>`` or one of ODK's recording actions. Raises FORM-010, FORM-011."""
    target, nodes = _target(maker, element, context, binds)
    events = frozenset(EVENTS.get(name, name) for name in str(element.get("event") or "").split())
    tag = local_name(element)
    value: Fn | None = None
    if tag == "setvalue":
        text = element.get("value")
        if text is not None and text.strip():
            value = maker.value(target, str(text), "setvalue")
        else:
            literal = "".join(str(part) for part in element.itertext()).strip()
            value = _constant(literal)
    kind: Literal["setvalue", "setgeopoint", "recordaudio"] = "setvalue"
    if tag == "setgeopoint":
        kind = "setgeopoint"
    elif tag == "recordaudio":
        kind = "recordaudio"
    repeat = context.repeat if context is not None else None
    return Action(kind, target, context or target, events, value, nodes, repeat)


def _constant(text: str) -> Fn:
    return lambda _: text
