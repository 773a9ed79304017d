"""Reading XML that others wrote: no entities, no DTD, no network, bounded size."""

from __future__ import annotations

from lxml import etree

from fieldapp.xform.errors import DOCTYPE, TOO_BIG, TRUNCATED
from fieldapp.xform.limits import FORM_BYTES

__all__ = ["local_name", "namespace", "parse_xml"]

_MB = 1024 * 1024


def parse_xml(content: bytes, name: str, limit: int = FORM_BYTES) -> etree._Element:
    """Return the root element of ``content``.

    Raises FORM-001 (not well formed), FORM-003 (a document type), FORM-004 (more than ``limit`` bytes).
    """
    if len(content) > limit:
        raise TOO_BIG(name=name, size_mb=round(len(content) / _MB, 1), limit_mb=limit // _MB)
    plain = content.replace(b"\x00", b"") if b"\x00" in content[:200] else content  # UTF-16 reads alike
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise DOCTYPE()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise TRUNCATED(line=line, column=column, reason=error.msg) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DOCTYPE()
    return root


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace; empty for comments and processing instructions."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: etree._Element) -> str:
    """Return the namespace of the tag, empty without one."""
    tag: object = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag[0] == "{" else ""
