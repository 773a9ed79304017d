"""Questions that can never be shown, and conditions on choices that do not exist."""

from __future__ import annotations

from fieldapp.authoring.engine_findings import place_of
from fieldapp.authoring.errors import DEAD, NO_SUCH_CHOICE
from fieldapp.authoring.findings import Finding, finding_of
from fieldapp.authoring.places import Places
from fieldapp.xform.expr.ast import Call, Comparison, Expr, Literal, Logic, Number, Path
from fieldapp.xform.form.binds import resolve_ref
from fieldapp.xform.form.body import Control, RowItems
from fieldapp.xform.form.definition import FormDefinition
from fieldapp.xform.form.making import Expression
from fieldapp.xform.form.tree import NodeDef

__all__ = ["unreachable"]


def _known_choices(node: NodeDef, definition: FormDefinition) -> set[str] | None:
    """Return all choice names of a select whose list is part of the form; None when they are not known."""
    control = node.control
    if not isinstance(control, Control) or control.kind not in ("select_one", "select_multiple", "rank"):
        return None
    if control.itemset is None:
        return {value for value, _ in control.items}
    if not isinstance(control.itemset, RowItems) or not control.itemset.value:
        return None
    attached = {source.rpartition("/")[2].rpartition(".")[0] for source in definition.missing_lists}
    return set(control.itemset.value) if not attached or control.itemset.table.count else None


class _Judge:
    """Decides what of a condition is known whatever is answered: True, False, or None."""

    def __init__(self, definition: FormDefinition, expression: Expression) -> None:
        self.definition = definition
        self.owner = definition.by_ref.get(expression.ref)
        self.impossible: list[tuple[str, str]] = []

    def _target(self, expr: Expr) -> NodeDef | None:
        if not isinstance(expr, Path) or expr.names is None or expr.base is not None:
            return None
        ref = ("/" if expr.absolute else "") + "/".join([".."] * expr.up + list(expr.names))
        return resolve_ref(self.definition.root, ref, self.owner)

    def _lacks(self, question: Expr, choice: Expr) -> bool:
        target = self._target(question)
        if target is None or not isinstance(choice, Literal) or not choice.value.strip():
            return False
        known = _known_choices(target, self.definition)
        if known is None or choice.value.strip() in known or target.calculate is not None:
            return False
        self.impossible.append((target.name, choice.value.strip()))
        return True

    def judge(self, expr: Expr) -> bool | None:
        match expr:
            case Call("true", ()):
                return True
            case Call("false", ()):
                return False
            case Call("not", (inner,)):
                found = self.judge(inner)
                return None if found is None else not found
            case Call("selected", (question, choice)):
                return False if self._lacks(question, choice) else None
            case Comparison("=", left, right):
                return (
                    False if self._lacks(left, right) or self._lacks(right, left) else _constant(left, right)
                )
            case Comparison("!=", left, right):
                return True if self._lacks(left, right) or self._lacks(right, left) else None
            case Logic():
                return self._logic(expr)
        return None

    def _logic(self, expr: Logic) -> bool | None:
        found = [self.judge(operand) for operand in expr.operands]
        decisive = expr.op == "or"
        if decisive in found:
            return decisive
        return (not decisive) if all(value is not None for value in found) else None


def _constant(left: Expr, right: Expr) -> bool | None:
    if isinstance(left, Literal | Number) and isinstance(right, Literal | Number):
        return left.value == right.value
    return None


def unreachable(definition: FormDefinition, places: Places) -> list[Finding]:
    """Return a warning for each dead question and each condition on a choice that does not exist."""
    found: list[Finding] = []
    for expression in definition.expressions:
        judge = _Judge(definition, expression)
        verdict = judge.judge(expression.tree)
        place = place_of(places, f"{expression.ref} · {expression.attribute}")
        for question, choice in dict.fromkeys(judge.impossible):
            error = NO_SUCH_CHOICE(question=question, choice=choice)
            found.append(finding_of(error, place.sheet, place.row, place.column, level="warning"))
        if expression.attribute == "relevant" and verdict is False:
            name = expression.ref.rpartition("/")[2]
            error = DEAD(name=name, why_zh="相关条件不可能成立", why_en="its relevance can never hold")
            found.append(finding_of(error, place.sheet, place.row, place.column, level="warning"))
    for node in definition.root.subtree():
        if node.relevant is False:
            place = place_of(places, f"{node.ref} · relevant")
            error = DEAD(name=node.name, why_zh="相关条件写成了 false()", why_en="its relevance is false()")
            found.append(finding_of(error, place.sheet, place.row, place.column, level="warning"))
    return found
