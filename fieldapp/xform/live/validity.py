"""Whether answers are accepted: type, constraint, required."""

from __future__ import annotations

from fieldapp.xform.live.nodes import FormNode
from fieldapp.xform.live.preload import all_nodes
from fieldapp.xform.live.views import REQUIRED_MESSAGE, Shown, Violation

__all__ = ["violation_of", "violations"]

_TYPE_MESSAGES = {
    "int": "请填整数",
    "decimal": "请填数字",
    "date": "请填日期，例如 2026-11-22",
    "dateTime": "请填日期和时间，例如 2026-11-22T09:30",
    "time": "请填时间，例如 09:30",
    "boolean": "请填是或否",
    "geopoint": "请填经纬度，例如 33.85 113.49",
    "geotrace": "请填至少两个点的经纬度",
    "geoshape": "请填首尾相同的至少四个点",
}
_CONSTRAINT_MESSAGE = "这个答案不符合要求"


def violation_of(session: Shown, node: FormNode) -> Violation | None:
    """Return why the present answer of a relevant question is not accepted; an empty one is not judged here."""
    if node.raw == "" or not node.relevant:
        return None
    if not node.valid:
        return Violation(node.ref, "type", _TYPE_MESSAGES[node.defn.type])
    constraint = node.defn.constraint
    if constraint is not None and not constraint.fn(node.context):
        return Violation(node.ref, "constraint", session.message(node, "constraint") or _CONSTRAINT_MESSAGE)
    return None


def violations(session: Shown, root: FormNode) -> tuple[Violation, ...]:
    """Return all violations below ``root``, required questions without an answer included, in document order."""
    found: list[Violation] = []
    for node in all_nodes(root):
        if not node.relevant or node.defn.children:
            continue
        if node.raw == "":
            if node.required:
                found.append(
                    Violation(node.ref, "required", session.message(node, "required") or REQUIRED_MESSAGE)
                )
            continue
        violation = violation_of(session, node)
        if violation is not None:
            found.append(violation)
    return tuple(found)
