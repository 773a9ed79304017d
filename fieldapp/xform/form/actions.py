"""Actions: what happens on an event (a value is set, a place or a sound is recorded)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from fieldapp.xform.errors import UNRESOLVED
from fieldapp.xform.expr.runtime import Fn
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
    #: the repeat in whose body it stands: ``odk-new-repeat`` belongs to that one
    repeat: NodeDef | None


def read_action(maker: Maker, element: etree._Element, context: NodeDef | None) -> Action:
    """Read a ``<setvalue>`` or one of ODK's recording actions. Raises FORM-010, FORM-011."""
    ref = str(element.get("ref") or element.get("bind") or "")
    target = resolve_ref(maker.root, ref, context)
    if target is None:
        raise UNRESOLVED(path=ref, where=f"<{local_name(element)}>")
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
    return Action(kind, target, context or target, events, value, repeat)


def _constant(text: str) -> Fn:
    return lambda _: text
