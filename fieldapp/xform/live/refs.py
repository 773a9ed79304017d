"""References as callers write them: absolute, positions from 1, ``[1]`` may be left out."""

from __future__ import annotations

import re

from fieldapp.xform.errors import REF_UNKNOWN
from fieldapp.xform.live.nodes import FormNode, Range

__all__ = ["find_node", "find_place", "find_range"]

_PART = re.compile(r"(@?[^\[\]/]+)(?:\[(\d+)\])?\Z")


def _parts(ref: str) -> list[tuple[str, int | None]]:
    parts: list[tuple[str, int | None]] = []
    for text in ref.strip().strip("/").split("/"):
        match = _PART.match(text)
        if match is None:
            raise REF_UNKNOWN(ref=ref)
        parts.append((match[1], int(match[2]) if match[2] else None))
    return parts


def find_place(root: FormNode, ref: str) -> tuple[FormNode | Range, bool]:
    """Return what ``ref`` leads to, and whether its last step names an instance. A missing instance gives its range.

    Raises FORM-020.
    """
    parts = _parts(ref)
    if not ref.startswith("/") or parts[0][0].rpartition(":")[2] != root.defn.name:
        raise REF_UNKNOWN(ref=ref)
    node = root
    for at, (name, position) in enumerate(parts[1:], start=1):
        local = name.rpartition(":")[2] if not name.startswith("@") else name
        defn = node.defn.by_name.get(local)
        if defn is None:
            raise REF_UNKNOWN(ref=ref)
        entry = node.frame[defn.slot]
        if isinstance(entry, Range):
            last = at == len(parts) - 1
            if last and position is None:
                return entry, False
            index = (position or 1) - 1
            if not 0 <= index < len(entry.instances):
                if last:
                    return entry, True
                raise REF_UNKNOWN(ref=ref)
            entry = entry.instances[index]
        node = entry
    return node, True


def find_node(root: FormNode, ref: str) -> FormNode:
    """Return the node at ``ref``; a repeat without a position is its first instance. Raises FORM-020."""
    found, _ = find_place(root, ref)
    if isinstance(found, Range):
        if not found.instances or ref.rstrip().endswith("]"):
            raise REF_UNKNOWN(ref=ref)
        return found.instances[0]
    return found


def find_range(root: FormNode, ref: str) -> Range:
    """Return the repeat at ``ref``, with or without the position of an instance. Raises FORM-020."""
    found, _ = find_place(root, ref)
    if isinstance(found, Range):
        return found
    if found.defn.is_repeat and found.parent is not None:
        place: Range = found.parent.frame[found.defn.slot]
        return place
    raise REF_UNKNOWN(ref=ref)
