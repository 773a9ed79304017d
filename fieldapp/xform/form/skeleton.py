"""The primary instance as definitions: nodes, slots, frames, tags, and what a fresh instance holds."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from fieldapp.xform.form.tree import NodeDef, Seed
from fieldapp.xform.xmlsafe import local_name, namespace

__all__ = ["JR", "build_skeleton", "seed_of"]

JR = "http://openrosa.org/javarosa"
_TEMPLATE = f"{{{JR}}}template"


def _qname(element: etree._Element) -> str:
    return f"{element.prefix}:{local_name(element)}" if element.prefix else local_name(element)


def _add_children(node: NodeDef, elements: Iterable[etree._Element], repeats: set[str]) -> None:
    """Define the children of one element, or of several that are instances of one repeat."""
    same_name: dict[str, list[etree._Element]] = {}
    for element in elements:
        counts: dict[str, int] = {}
        for child in element:
            name = local_name(child)
            if name:
                same_name.setdefault(name, []).append(child)
                counts[name] = counts.get(name, 0) + 1
        for name, count in counts.items():
            if count > 1:
                repeats.add(f"{node.ref}/{name}")
    for name, found in same_name.items():
        defn = NodeDef(name, node, f"{node.ref}/{name}")
        defn.prefix, defn.ns = found[0].prefix or "", namespace(found[0])
        defn.is_repeat = defn.ref in repeats or any(_TEMPLATE in e.attrib for e in found)
        node.children.append(defn)
        node.by_name[name] = defn
        _add_attributes(defn, found)
        _add_children(defn, found, repeats)


def _add_attributes(node: NodeDef, elements: Iterable[etree._Element]) -> None:
    for element in elements:
        for key in element.attrib:
            name = str(key).rpartition("}")[2]
            if str(key).startswith(f"{{{JR}}}") or f"@{name}" in node.by_name:
                continue
            attribute = NodeDef(name, node, f"{node.ref}/@{name}")
            attribute.is_attribute = True
            attribute.ns = str(key)[1:].partition("}")[0] if str(key)[0] == "{" else ""
            prefixes = {uri: prefix or "" for prefix, uri in element.nsmap.items()}
            attribute.prefix = prefixes.get(attribute.ns, "") if attribute.ns else ""
            node.attributes.append(attribute)
            node.by_name[f"@{name}"] = attribute


def _lay_out(root: NodeDef) -> None:
    """Give every node its frame and slot."""
    root.frame_defs = [root]
    todo = [(child, root, ()) for child in reversed([*root.attributes, *root.children])]
    pending: list[tuple[NodeDef, NodeDef, tuple[NodeDef, ...]]] = list(todo)
    while pending:
        node, owner, chain = pending.pop()
        node.slot = len(owner.frame_defs)
        owner.frame_defs.append(node)
        if node.is_repeat:
            chain = (*chain, node)
            node.frame_defs = [node]
            owner = node
        node.repeat = chain[-1] if chain else None
        node.repeats = chain
        node.depth = len(chain)
        pending.extend((child, owner, chain) for child in reversed([*node.attributes, *node.children]))


def _write_tags(root: NodeDef, element: etree._Element) -> None:
    used = set()
    for node in root.subtree():
        used.add(node.prefix)
        tag = f"{node.prefix}:{node.name}" if node.prefix else node.name
        if node.is_attribute:
            node.open_tag = tag
        else:
            node.open_tag, node.close_tag = f"<{tag}", f"</{tag}>"
    own = root.ns != "http://www.w3.org/2002/xforms" and not root.prefix
    for prefix, uri in element.nsmap.items():
        if own if prefix is None else prefix in used:
            root.open_tag += f' xmlns{":" + prefix if prefix else ""}="{uri}"'


def seed_of(node: NodeDef, element: etree._Element, *, saved: bool = False) -> Seed:
    """Return what ``element`` holds for a frame of ``node``. Elements the form does not know are left out.

    Templates are no instances, save in ``saved`` answers, which have none.
    """
    seed = Seed()
    _fill(seed, node, element, saved)
    return seed


def _fill(seed: Seed, node: NodeDef, element: etree._Element, saved: bool) -> None:
    seed.present.add(0 if node.is_repeat else node.slot)
    for key, value in element.attrib.items():
        attribute = node.by_name.get("@" + str(key).rpartition("}")[2])
        if attribute is not None:
            seed.present.add(attribute.slot)
        if attribute is not None and value:
            seed.texts.append((attribute.slot, str(value)))
    if not node.children and element.text and node.parent is not None:
        text = element.text
        if text.strip() or saved:
            seed.texts.append((node.slot if not node.is_repeat else 0, text))
    found: dict[str, list[Seed]] = {}
    for child in element:
        name = local_name(child)
        definition = node.by_name.get(name) if name else None
        if definition is None:
            continue
        if not definition.is_repeat:
            _fill(seed, definition, child, saved)
        elif saved or _TEMPLATE not in child.attrib:
            found.setdefault(name, []).append(seed_of(definition, child, saved=saved))
    seed.repeats += [(node.by_name[name].slot, seeds) for name, seeds in found.items()]


def _templates(node: NodeDef, elements: list[etree._Element]) -> None:
    """Give each repeat the contents of a new instance: its template's, else the first instance's."""
    named: dict[str, list[etree._Element]] = {}
    for parent in elements:
        for element in parent:
            named.setdefault(local_name(element), []).append(element)
    for child in node.children:
        found = named.get(child.name, [])
        if child.is_repeat and found:
            chosen = next((e for e in found if _TEMPLATE in e.attrib), found[0])
            child.seed = seed_of(child, chosen)
            child.initial = [seed_of(child, e) for e in found if _TEMPLATE not in e.attrib]
        if child.children:
            _templates(child, found)


def build_skeleton(element: etree._Element, repeats: set[str]) -> NodeDef:
    """Return the root definition of the primary instance ``element``; ``repeats`` are the refs of the body's repeats."""
    root = NodeDef(local_name(element), None, "/" + local_name(element))
    root.prefix, root.ns = element.prefix or "", namespace(element)
    _add_attributes(root, [element])
    _add_children(root, [element], repeats)
    _lay_out(root)
    root.nodes = root.subtree()
    _write_tags(root, element)
    root.seed = seed_of(root, element)
    _templates(root, [element])
    return root
