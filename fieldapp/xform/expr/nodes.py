"""What expressions walk over: form instances, rows of lists and plain documents look the same to them."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.xform.values.convert import Value

__all__ = ["XNode", "in_document_order"]


class XNode:
    """A node of XPath's data model. ``kind``: document, element, attribute, text, comment, pi."""

    __slots__ = ()

    kind: str
    name: str
    prefix: str
    ns: str
    parent: XNode | None

    @property
    def read(self) -> Value:
        """The node's value as expressions see it: typed where the form gives it a type."""
        return self.string()

    def kids(self) -> Sequence[XNode]:
        """Return the child nodes in document order, without attributes."""
        return ()

    def attributes(self) -> Sequence[XNode]:
        """Return the attribute nodes."""
        return ()

    def string(self) -> str:
        """Return the string-value (XPath 1.0, 5)."""
        raise NotImplementedError

    def place(self) -> int:
        """Return the position among the siblings of the same name, from 1."""
        if self.parent is None:
            return 1
        place = 0
        for kid in self.parent.kids():
            place += kid.name == self.name and kid.kind == self.kind
            if kid is self:
                return place
        return 1

    def order(self) -> tuple[int, ...]:
        """Return a key that sorts nodes of one tree in document order."""
        if self.parent is None:
            return ()
        kids = self.parent.kids()
        for number, kid in enumerate(kids):
            if kid is self:
                return (*self.parent.order(), 1, number)
        for number, attribute in enumerate(self.parent.attributes()):
            if attribute is self or attribute.name == self.name:
                return (*self.parent.order(), 0, number)
        return self.parent.order()


def in_document_order(nodes: list[XNode]) -> list[XNode]:
    """Return ``nodes`` without doubles, in document order."""
    unique = list({id(node): node for node in nodes}.values())
    return sorted(unique, key=lambda node: node.order()) if len(unique) > 1 else unique
