"""Constructs on which phones (JavaRosa) and browsers (web forms, Enketo) give different results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.authoring.engine_findings import place_of
from fieldapp.authoring.errors import ENGINES_DIFFER, PHONES_LACK
from fieldapp.authoring.findings import Finding, finding_of
from fieldapp.authoring.places import Places
from fieldapp.common.errors import KnownError
from fieldapp.xform.expr.ast import (
    Arithmetic,
    Call,
    Comparison,
    Expr,
    Filter,
    Literal,
    Negation,
    Number,
    Path,
    walk,
)
from fieldapp.xform.form.binds import resolve_ref
from fieldapp.xform.form.definition import FormDefinition
from fieldapp.xform.form.making import Expression
from fieldapp.xform.form.tree import NodeDef

__all__ = ["differences"]

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_LACKING = {
    "floor": ("请改用 int()，或 round(x - 0.5)。", "Use int(), or round(x - 0.5)."),
    "ceiling": ("请改用 round(x + 0.5) 一类的写法。", "Use round(x + 0.5) or the like."),
    "substring": ("请改用 substr()，位置从 0 数起。", "Use substr(), which counts from 0."),
}


class _Reader:
    """Looks at one expression of the form."""

    def __init__(self, definition: FormDefinition, expression: Expression) -> None:
        self.definition = definition
        self.owner = definition.by_ref.get(expression.ref)

    def target(self, expr: Expr) -> NodeDef | None:
        """Return the question a plain path leads to."""
        if not isinstance(expr, Path) or expr.base is not None or expr.names is None:
            if isinstance(expr, Path) and len(expr.steps) == 1 and expr.steps[0].axis == "self":
                return self.owner
            return None
        ref = ("/" if expr.absolute else "") + "/".join([".."] * expr.up + list(expr.names))
        return resolve_ref(self.definition.root, ref, self.owner)

    def type_of(self, expr: Expr) -> str:
        if isinstance(expr, Call) and expr.name in ("today", "now", "date", "date-time"):
            return "date"
        target = self.target(expr)
        return target.type if target is not None else ""

    def in_repeat(self, expr: Expr) -> bool:
        """Say whether a path reaches several instances of a repeat that the reader does not stand in."""
        target = self.target(expr)
        if target is None or self.owner is None:
            return False
        return any(repeat not in self.owner.repeats for repeat in target.repeats)


def _differ(zh: str, en: str, remedy_zh: str, remedy_en: str) -> KnownError:
    return ENGINES_DIFFER(what_zh=zh, what_en=en, remedy_zh_text=remedy_zh, remedy_en_text=remedy_en)


def _comparison(reader: _Reader, expr: Comparison) -> Iterator[KnownError]:
    pair = (expr.left, expr.right)
    for one, other in (pair, pair[::-1]):
        dated = reader.type_of(one) in ("date", "dateTime")
        if dated and isinstance(other, Literal) and _ISO.match(other.value) and expr.op not in ("=", "!="):
            yield _differ(
                "日期和带引号的日期文字比大小",
                "a date is ordered against a quoted date",
                f"请写成 date('{other.value}')。",
                f"Write date('{other.value}').",
            )
    if any(reader.in_repeat(side) for side in pair):
        yield _differ(
            "直接比较循环里的多个答案（手机会报错）",
            "the answers of several repeat instances are compared at once (phones refuse)",
            "请用 indexed-repeat() 指定第几个，或用 sum、count、max。",
            "Choose one with indexed-repeat(), or use sum, count or max.",
        )


def _call(reader: _Reader, expr: Call) -> Iterator[KnownError]:
    if expr.name in _LACKING:
        zh, en = _LACKING[expr.name]
        yield PHONES_LACK(name=expr.name, remedy_zh_text=zh, remedy_en_text=en)
    first = expr.args[0] if expr.args else None
    if expr.name == "number" and first is not None and reader.type_of(first) in ("date", "dateTime"):
        yield _differ(
            "把日期变成数（手机得整天数，网页带小数）",
            "a date becomes a number: whole days on phones, a fraction in browsers",
            "请用 int(decimal-date-time(…)) 或只比较两个日期之差。",
            "Use int(decimal-date-time(…)), or only differences of dates.",
        )
    if expr.name == "number" and isinstance(first, Literal) and re.search(r"[,eE]", first.value):
        yield _differ(
            "带逗号或 e 的数字文字",
            "a number written with a comma or e",
            "请写普通的数字。",
            "Write a plain number.",
        )
    if expr.name in ("sum", "max", "min") and first is not None and reader.in_repeat(first):
        target = reader.target(first)
        if target is not None and target.calculate is None and target.required is not True:
            yield _differ(
                f"{expr.name}() 遇到没填的答案（手机跳过，网页得 NaN）",
                f"{expr.name}() over unanswered questions: skipped on phones, NaN in browsers",
                "请对 coalesce(${…}, 0) 的计算项求和，或设为必填。",
                "Sum a calculate of coalesce(${…}, 0), or make the question required.",
            )
    if expr.name == "regex" and len(expr.args) == 2 and isinstance(expr.args[1], Literal):
        pattern = expr.args[1].value
        if not (pattern.startswith("^") and pattern.endswith("$")):
            yield _differ(
                "没有写 ^ 和 $ 的正则（手机要求整体匹配，网页只要部分匹配）",
                "a pattern without ^ and $: phones match the whole answer, browsers a part",
                "请在开头写 ^、结尾写 $。",
                "Begin it with ^ and end it with $.",
            )
    if expr.name == "round" and first is not None and isinstance(first, Negation | Arithmetic):
        yield from _rounding(first)
    if expr.name in ("boolean", "not", "if") and isinstance(first, Path) and reader.target(first) is not None:
        yield _differ(
            "用一道题本身当条件（手机看有没有答案，网页看有没有这道题）",
            "a question by itself as a condition: phones look at its answer, browsers at its existence",
            "请写成 ${…} != ''。",
            "Write ${…} != ''.",
        )


def _rounding(expr: Expr) -> Iterator[KnownError]:
    if isinstance(expr, Negation):
        yield _differ(
            "负数恰好一半时的四舍五入（手机 −2.5 得 −2，网页得 −3）",
            "rounding of negative halves: −2.5 gives −2 on phones, −3 in browsers",
            "请对正数取整后再加负号。",
            "Round the positive number, then negate it.",
        )


def _positions(expr: Expr) -> Iterator[KnownError]:
    predicates: tuple[Expr, ...] = ()
    if isinstance(expr, Path):
        predicates = tuple(p for step in expr.steps for p in step.predicates)
    elif isinstance(expr, Filter):
        predicates = expr.predicates
    if any(isinstance(predicate, Number) for predicate in predicates):
        yield _differ(
            "只写数字的条件 [2]（手机得到空值）",
            "a bare position [2]: phones read it as empty",
            "请写成 [position() = 2]。",
            "Write [position() = 2].",
        )


def _of(reader: _Reader, tree: Expr) -> Iterator[KnownError]:
    for part in walk(tree):
        if isinstance(part, Comparison):
            yield from _comparison(reader, part)
        elif isinstance(part, Call):
            yield from _call(reader, part)
        yield from _positions(part)


def differences(definition: FormDefinition, places: Places) -> list[Finding]:
    """Return a warning for every such construct, once a cell."""
    found: dict[tuple[object, ...], Finding] = {}
    for expression in definition.expressions:
        reader = _Reader(definition, expression)
        for error in _of(reader, expression.tree):
            place = place_of(places, f"{expression.ref} · {expression.attribute}")
            finding = finding_of(error, place.sheet, place.row, place.column, level="warning")
            found.setdefault((finding.sheet, finding.row, finding.column, finding.en), finding)
    return list(found.values())
