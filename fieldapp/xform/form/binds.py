"""Binds: the type, the rules and the entity property of each node."""

from __future__ import annotations

from lxml import etree

from fieldapp.xform.errors import UNRESOLVED, UNSUPPORTED
from fieldapp.xform.form.making import Maker
from fieldapp.xform.form.skeleton import JR
from fieldapp.xform.form.texts import CompileText, Template, Text
from fieldapp.xform.form.tree import Compute, ComputeKind, NodeDef

__all__ = ["ENTITIES", "apply_bind", "bind_target", "resolve_ref"]

ENTITIES = "http://www.opendatakit.org/xforms/entities"
_CONSTANTS = {"true()": True, "false()": False, "1": True, "0": False}
_TYPES = {
    "int": "int", "integer": "int", "long": "int", "decimal": "decimal", "double": "decimal", "float": "decimal",
    "date": "date", "dateTime": "dateTime", "time": "time", "boolean": "boolean", "geopoint": "geopoint",
    "geotrace": "geotrace", "geoshape": "geoshape", "binary": "binary", "barcode": "barcode", "rank": "rank",
}  # fmt: skip


def resolve_ref(root: NodeDef, ref: str, context: NodeDef | None = None) -> NodeDef | None:
    """Return the definition at ``ref`` (absolute, or relative to ``context``), or None."""
    ref = ref.strip()
    node: NodeDef | None = context or root
    parts = [part for part in ref.split("/") if part and part not in (".", "current()")]
    if ref.startswith("/"):
        node = root
        if not parts or parts[0].rpartition(":")[2] != root.name:
            return None
        parts = parts[1:]
    for part in parts:
        if node is None:
            return None
        if part == "..":
            node = node.parent
        else:
            node = node.by_name.get(part) or node.by_name.get(part.rpartition(":")[2])
    return node


def _rule(maker: Maker, node: NodeDef, kind: ComputeKind, text: str | None, default: bool) -> Compute | bool:
    if text is None or not text.strip():
        return default
    known = _CONSTANTS.get(text.strip())
    if known is not None:
        return known
    return maker.compute(kind, node, text, kind.name.lower())


def _message(maker: Maker, node: NodeDef, text: str | None, name: str) -> None:
    """Keep a required or constraint message: plain text, or ``jr:itext('id')``."""
    if not text:
        return
    compile_text = _compile_for(maker, node, name)
    stripped = text.strip()
    if stripped.startswith("jr:itext('") and stripped.endswith("')"):
        node.messages[name] = Text(text_id=stripped[10:-2], compile_text=compile_text, place=node)
    else:
        node.messages[name] = Text(Template((text,)))


def _compile_for(maker: Maker, node: NodeDef, name: str) -> CompileText:
    return lambda text: maker.text(node, text, name, [])


def apply_bind(maker: Maker, bind: etree._Element, node: NodeDef) -> None:
    """Give ``node`` what ``bind`` says. Raises FORM-010, FORM-011 for expressions that are wrong."""
    given = {str(key): str(value) for key, value in bind.attrib.items()}
    get = given.get
    kind = get("type")
    if kind:
        node.type = _TYPES.get(kind.rpartition(":")[2], "string")
    text = get("calculate")
    if text and text.strip():
        node.calculate = maker.compute(ComputeKind.CALCULATE, node, text, "calculate")
    node.relevant = _rule(maker, node, ComputeKind.RELEVANT, get("relevant"), True)
    node.readonly = _rule(maker, node, ComputeKind.READONLY, get("readonly"), False)
    node.required = _rule(maker, node, ComputeKind.REQUIRED, get("required"), False)
    text = get("constraint")
    if text and text.strip() not in ("", "true()"):
        node.constraint = maker.compute(ComputeKind.CONSTRAINT, node, text, "constraint")
    for key, value in given.items():
        if key[0] == "{":
            _extension(maker, node, key, value)


def _extension(maker: Maker, node: NodeDef, key: str, value: str) -> None:
    """Take in an attribute of JavaRosa, OpenRosa or ODK."""
    uri, _, name = key[1:].partition("}")
    if uri == ENTITIES:
        node.save_to = value if name == "saveto" else node.save_to
    elif uri != JR:
        if node.name == "audit" and name.startswith("location-"):
            raise UNSUPPORTED(feature=f"audit {name}", where=node.ref)  # no position is taken
        node.parameters[name] = value
    elif name in ("constraintMsg", "requiredMsg"):
        _message(maker, node, value, name.removesuffix("Msg"))
    elif name == "preload":
        node.preload = value
    elif name == "preloadParams":
        node.preload_params = value


def bind_target(root: NodeDef, bind: etree._Element) -> NodeDef:
    """Return the node a bind speaks of. Raises FORM-011."""
    ref = str(bind.get("nodeset") or bind.get("ref") or "")
    node = resolve_ref(root, ref)
    if node is None:
        raise UNRESOLVED(path=ref, where="bind")
    return node
