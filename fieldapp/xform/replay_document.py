"""Reads a case's document so that child indexes count as the DOM counts: document type and CDATA are nodes too."""

from __future__ import annotations

from collections.abc import Sequence
from xml.parsers import expat

from fieldapp.xform.errors import TRUNCATED
from fieldapp.xform.expr.document import TreeNode

__all__ = ["read_document"]

_XML_NS = "http://www.w3.org/XML/1998/namespace"


class _Reader:
    """Builds the tree from expat's events. Entities stay unexpanded, nothing is fetched."""

    def __init__(self) -> None:
        self.document = TreeNode("document", None)
        self.here = self.document
        self.count = 0
        self.scopes: list[dict[str | None, str]] = [{"xml": _XML_NS}]
        self.pending: dict[str | None, str] = {}
        self.open_text = False

    def add(self, kind: str, text: str = "", name: str = "") -> TreeNode:
        self.count += 1
        node = TreeNode(kind, self.here, name)
        node.text, node.number = text, self.count
        self.here.children.append(node)
        self.open_text = False
        return node

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        self.pending[prefix] = uri or ""

    def start(self, tag: str, attributes: Sequence[str]) -> None:
        self.scopes.append({**self.scopes[-1], **self.pending})
        self.pending = {}
        node = self.add("element")
        node.namespaces = self.scopes[-1]
        _name(node, tag)
        self.here = node
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            self.count += 1
            attribute = TreeNode("attribute", node)
            attribute.text, attribute.number = value, self.count
            _name(attribute, key)
            node.attrs.append(attribute)

    def end(self, _tag: str) -> None:
        self.scopes.pop()
        assert self.here.parent is not None
        self.here = self.here.parent  # type: ignore[assignment]
        self.open_text = False

    def text(self, data: str) -> None:
        if self.here is self.document:
            return
        if self.open_text:
            self.here.children[-1].text += data
        else:
            self.add("text", data)
            self.open_text = True

    def break_text(self) -> None:
        self.open_text = False


def _name(node: TreeNode, tag: str) -> None:
    """Set the names of ``node`` from expat's ``uri name prefix`` triplet."""
    parts = tag.split(" ")
    if len(parts) == 1:
        node.name = tag
    else:
        node.ns, node.name = parts[0], parts[1]
        node.prefix = parts[2] if len(parts) > 2 else ("xml" if parts[0] == _XML_NS else "")


def read_document(xml: str) -> TreeNode:
    """Return the document node of ``xml``. Raises FORM-001 when it is not well formed."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = False
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartNamespaceDeclHandler = reader.namespace
    parser.CharacterDataHandler = reader.text
    parser.StartCdataSectionHandler = reader.break_text
    parser.EndCdataSectionHandler = reader.break_text
    parser.CommentHandler = lambda data: reader.add("comment", data)
    parser.ProcessingInstructionHandler = lambda target, data: reader.add("pi", data, target)
    parser.StartDoctypeDeclHandler = lambda name, *_: reader.add("doctype", "", name)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise TRUNCATED(
            line=error.lineno, column=error.offset, reason=expat.ErrorString(error.code)
        ) from None
    return reader.document
