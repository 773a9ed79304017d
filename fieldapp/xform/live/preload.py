"""Preloads and recorded values: identity, times and properties that the form asks for without a question."""

from __future__ import annotations

from fieldapp.xform.live.engine import Engine
from fieldapp.xform.live.nodes import FormNode, Range
from fieldapp.xform.values.moments import iso_datetime

__all__ = ["all_nodes", "preload", "stamp_end"]

_PROPERTIES = {"deviceid", "username", "phonenumber", "email", "simserial", "subscriberid"}


def all_nodes(top: FormNode) -> list[FormNode]:
    """Return all nodes from ``top`` down, attributes included, in document order."""
    found: list[FormNode] = []
    todo: list[FormNode] = [top]
    while todo:
        node = todo.pop()
        found.append(node)
        for child in reversed(node.children):
            if isinstance(child, Range):
                todo.extend(reversed(child.instances))
            else:
                todo.append(child)
        todo.extend(reversed(node.attrs))
    return found


def _now(engine: Engine) -> str:
    run = engine.run
    return iso_datetime(run.clock.now(), run.dialect.zone)


def _preloaded(engine: Engine, node: FormNode) -> str | None:
    kind, params = node.defn.preload, node.defn.preload_params
    run = engine.run
    if kind == "uid":
        return node.raw or f"uuid:{run.new_id()}"
    if kind == "timestamp" and params == "start":
        return _now(engine)
    if kind == "date" and params == "today":
        return run.clock.now().astimezone(run.dialect.zone).date().isoformat()
    if kind == "property":
        return run.properties.get(params, node.raw)
    return None


def preload(engine: Engine) -> None:
    """Fill the preloads of a new instance."""
    for defn in engine.definition.root.subtree():
        if not defn.preload or defn.repeats:
            continue
        node: FormNode = engine.root.frame[defn.slot]
        text = _preloaded(engine, node)
        if text is not None and text != node.raw:
            engine.store(node, text)
    for name in ("meta", "instanceID"):
        if name not in engine.definition.root.by_name:
            continue
        meta = engine.definition.root.by_name[name]
        identity = meta.by_name.get("instanceID")
        if identity is not None and identity.calculate is None and not identity.repeats:
            node = engine.root.frame[identity.slot]
            if not node.raw:
                engine.store(node, f"uuid:{engine.run.new_id()}")


def stamp_end(engine: Engine) -> None:
    """Write the time of finalising where the form asks for it."""
    for defn in engine.definition.root.subtree():
        if defn.preload == "timestamp" and defn.preload_params == "end" and not defn.repeats:
            engine.store(engine.root.frame[defn.slot], _now(engine))
