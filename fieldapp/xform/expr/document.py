"""Plain XML as nodes: small secondary instances, and the documents of expression cases."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.values.convert import Value

__all__ = ["TreeNode", "document_of"]

_XML_NS = "http://www.w3.org/XML/1998/namespace"


class TreeNode(XNode):
    """A node of a plain document."""

    __slots__ = (
        "attrs",
        "children",
        "kind",
        "name",
        "namespaces",
        "ns",
        "number",
        "parent",
        "prefix",
        "text",
    )

    def __init__(
        self, kind: str, parent: TreeNode | None, name: str = "", ns: str = "", prefix: str = ""
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.name = name
        self.ns = ns
        self.prefix = prefix
        self.text = ""
        self.children: list[TreeNode] = []
        self.attrs: list[TreeNode] = []
        self.number = 0
        self.namespaces: dict[str | None, str] = {}

    @property
    def read(self) -> Value:
        return self.string()

    def kids(self) -> Sequence[XNode]:
        return self.children

    def attributes(self) -> Sequence[XNode]:
        return self.attrs

    def string(self) -> str:
        if self.kind not in ("element", "document"):
            return self.text
        if len(self.children) == 1 and self.children[0].kind == "text":
            return self.children[0].text
        return "".join(child.string() for child in self.children if child.kind in ("element", "text"))

    def order(self) -> tuple[int, ...]:
        return (self.number,)


def _split(tag: str) -> tuple[str, str]:
    return (tag[1:].partition("}")[0], tag.rpartition("}")[2]) if tag[0] == "{" else ("", tag)


class _Builder:
    def __init__(self) -> None:
        self.count = 0

    def number(self, node: TreeNode) -> TreeNode:
        node.number = self.count
        self.count += 1
        return node

    def text(self, parent: TreeNode, text: str | None) -> None:
        if text:
            node = self.number(TreeNode("text", parent))
            node.text = text
            parent.children.append(node)

    def add(self, parent: TreeNode, source: etree._Element) -> None:
        """Append ``source`` and all below it. Depth is bounded by the parser (256)."""
        if isinstance(source, etree._Comment):
            node = TreeNode("comment", parent)
            node.text = source.text or ""
        elif isinstance(source, etree._ProcessingInstruction):
            node = TreeNode("pi", parent, str(source.target))
            node.text = source.text or ""
        else:
            ns, name = _split(str(source.tag))
            node = TreeNode("element", parent, name, ns, source.prefix or "")
            node.namespaces = dict(source.nsmap)
        parent.children.append(self.number(node))
        if node.kind == "element":
            self.fill(node, source)

    def fill(self, node: TreeNode, source: etree._Element) -> None:
        prefixes = {uri: prefix or "" for prefix, uri in source.nsmap.items()}
        for key, value in source.attrib.items():
            ns, name = _split(str(key))
            prefix = "xml" if ns == _XML_NS else prefixes.get(ns, "") if ns else ""
            attribute = self.number(TreeNode("attribute", node, name, ns, prefix))
            attribute.text = str(value)
            node.attrs.append(attribute)
        self.text(node, source.text)
        for child in source:
            self.add(node, child)
            self.text(node, child.tail)


def document_of(root: etree._Element) -> TreeNode:
    """Return the document node above ``root``."""
    builder = _Builder()
    document = builder.number(TreeNode("document", None))
    builder.add(document, root)
    return document
