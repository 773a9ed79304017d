"""Entities that a submission creates or updates (ODK entities specification 2025.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fieldapp.xform.live.nodes import FormNode
from fieldapp.xform.live.preload import all_nodes

__all__ = ["EntityAction", "entities_of"]

_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class EntityAction:
    """One entity to be created or updated. ``node`` is the ref of its container: form, group or repeat instance."""

    list: str
    action: Literal["create", "update"]
    id: str
    label: str
    base_version: int | None
    trunk_version: int | None
    branch_id: str | None
    properties: dict[str, str]
    node: str


def _declarations(root: FormNode) -> list[FormNode]:
    return [
        node
        for node in all_nodes(root)
        if node.defn.name == "entity"
        and node.parent is not None
        and node.parent.defn.name == "meta"
        and node.relevant
    ]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _properties(container: FormNode) -> dict[str, str]:
    """Return the answers saved to the container's entity: those of its own, not those of an inner declaration."""
    found: dict[str, str] = {}
    for node in all_nodes(container):
        if node.defn.save_to and node.relevant and _owner(node) is container:
            found[node.defn.save_to] = node.raw
    return found


def _owner(node: FormNode) -> FormNode | None:
    above = node.parent
    while above is not None:
        meta = above.defn.by_name.get("meta")
        if meta is not None and "entity" in meta.by_name:
            return above
        above = above.parent
    return None


def entities_of(root: FormNode) -> tuple[EntityAction, ...]:
    """Return the entity actions of a finished instance, in document order."""
    actions: list[EntityAction] = []
    for entity in _declarations(root):
        attributes = {attribute.defn.name: attribute.raw for attribute in entity.attrs}
        create, update = attributes.get("create", "") in _TRUE, attributes.get("update", "") in _TRUE
        container = entity.parent.parent if entity.parent is not None else None
        if container is None or not (create or update):
            continue
        label = next(
            (c.raw for c in entity.children if isinstance(c, FormNode) and c.defn.name == "label"), ""
        )
        known = attributes.get("baseVersion", "")
        action: Literal["create", "update"] = "update" if update and (known or not create) else "create"
        actions.append(
            EntityAction(
                attributes.get("dataset", ""),
                action,
                attributes.get("id", ""),
                label,
                _number(known),
                _number(attributes.get("trunkVersion", "")),
                attributes.get("branchId") or None,
                _properties(container),
                container.ref,
            )
        )
    return tuple(actions)
