"""Evaluates one expression over one document: half of the conformance replay."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from fieldapp.common.clock import Clock, FixedClock, SystemClock
from fieldapp.xform.expr.compiler import TreeCompiler
from fieldapp.xform.expr.document import TreeNode
from fieldapp.xform.expr.functions import STANDARD
from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.expr.parser import parse
from fieldapp.xform.expr.paths import DocumentScope
from fieldapp.xform.expr.runtime import Context, Runtime
from fieldapp.xform.replay_document import read_document
from fieldapp.xform.values.dialect import DOCUMENT

__all__ = ["clock_at", "evaluate_case", "json_number"]

_NAMESPACES = {
    "xhtml": "http://www.w3.org/1999/xhtml",
    "h": "http://www.w3.org/1999/xhtml",
    "jr": "http://openrosa.org/javarosa",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def clock_at(now: str | None) -> Clock:
    """Return a clock frozen at ``now`` (ISO), or the machine's clock."""
    return FixedClock(datetime.fromisoformat(now)) if now else SystemClock()


def json_number(number: float) -> float | str:
    """Return a number as the replay prints it: NaN and infinities as text."""
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def _walk(document: TreeNode, path: str) -> TreeNode:
    """Return the node at a child-index path (``/node()[2]/node()[1]/@id``)."""
    node = document
    for step in path.strip("/").split("/") if path != "/" else []:
        if step.startswith("@"):
            full = step[1:]
            node = next(a for a in node.attrs if full in (f"{a.prefix}:{a.name}", a.name))
        else:
            node = node.children[int(step.removeprefix("node()[").rstrip("]")) - 1]
    return node


def _path_of(node: XNode) -> str:
    steps: list[str] = []
    while node.parent is not None:
        if node.kind == "attribute":
            steps.append(f"@{node.prefix}:{node.name}" if node.prefix else f"@{node.name}")
        else:
            at = next(at for at, kid in enumerate(node.parent.kids(), start=1) if kid is node)
            steps.append(f"node()[{at}]")
        node = node.parent
    return "/" + "/".join(reversed(steps))


def _zone(name: str | None) -> tzinfo:
    return ZoneInfo(name) if name else UTC


def evaluate_case(case: Mapping[str, Any]) -> object:
    """Return the answer of an expression case in the type it asks for. Raises KnownError where it is refused."""
    document = read_document(case.get("xml") or "<root/>")
    node = _walk(document, case.get("context") or "/")
    namespaces = dict(_NAMESPACES)
    for kid in document.children:
        namespaces.update({prefix: uri for prefix, uri in kid.namespaces.items() if prefix})
    dialect = replace(DOCUMENT, zone=_zone(case.get("tz")))
    compiler = TreeCompiler(DocumentScope(dialect, namespaces), STANDARD)
    tree = parse(case["expr"])
    run = Runtime(dialect, clock_at(case.get("now")), lambda: str(uuid4()), random.Random())
    context = Context(node, run, [])
    match case["result"]:
        case "boolean":
            return bool(compiler.boolean(tree)(context))
        case "number":
            return json_number(compiler.number(tree)(context))
        case "nodes":
            return [_path_of(found) for found in compiler.nodes(tree)(context)]
    return compiler.string(tree)(context)
