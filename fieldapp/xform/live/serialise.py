"""Drafts and submissions as XML, written straight from the tree."""

from __future__ import annotations

import re
from collections.abc import Callable

from fieldapp.xform.live.nodes import FormNode, Range

__all__ = ["to_xml", "xml_text"]

_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
#: characters that XML 1.0 cannot hold, not even escaped
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPECIAL = frozenset("&<>\r")


def xml_text(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 cannot hold."""
    return text if text.isprintable() else _NOT_XML.sub("", text)


def _attributes(node: FormNode, keep: Callable[[FormNode], bool]) -> str:
    return "".join(
        f' {attribute.defn.open_tag}="{xml_text(attribute.raw).translate(_IN_ATTRIBUTE)}"'
        for attribute in node.attrs
        if keep(attribute)
    )


def _write(node: FormNode, out: list[str], all_nodes: bool) -> None:
    """Append ``node``. The depth is that of the form's own XML, at most 256."""
    defn = node.defn
    head = defn.open_tag
    if node.attrs:
        head += _attributes(node, (lambda _: True) if all_nodes else (lambda a: a.relevant))
    if not defn.children:
        raw = node.raw
        if not raw:
            out.append(f"{head}/>")
        else:
            plain = raw.isprintable() and _SPECIAL.isdisjoint(raw)
            out.append(f"{head}>{raw if plain else xml_text(raw).translate(_IN_TEXT)}{defn.close_tag}")
        return
    out.append(f"{head}>")
    for child in node.children:
        if type(child) is Range:
            for instance in child.instances:
                if all_nodes or instance.relevant:
                    _write(instance, out, all_nodes)
        elif all_nodes or child.relevant:  # type: ignore[union-attr]
            _write(child, out, all_nodes)  # type: ignore[arg-type]
    out.append(defn.close_tag)


def to_xml(root: FormNode, *, all_nodes: bool) -> bytes:
    """Return the instance as XML: a draft with everything, or a submission with what is relevant."""
    out = [_HEAD]
    _write(root, out, all_nodes)
    return "".join(out).encode()
