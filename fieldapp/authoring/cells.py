"""Checks every expression cell by itself, so that one mistake does not hide the next."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from fieldapp.authoring.errors import EXPRESSION_CELL, FULL_WIDTH_REF, UNKNOWN_NAME
from fieldapp.authoring.findings import Finding, finding_of
from fieldapp.authoring.workbook import Sheet, Workbook
from fieldapp.common.errors import KnownError
from fieldapp.xform.expr.ast import Call, walk
from fieldapp.xform.expr.functions import STANDARD
from fieldapp.xform.expr.parser import parse

__all__ = ["check_cells", "expression_cells", "masked", "question_names"]

_EXPRESSIONS = {
    "survey": (
        "relevant",
        "calculation",
        "constraint",
        "required",
        "readonly",
        "choice_filter",
        "repeat_count",
    ),
    "entities": ("create_if", "update_if", "entity_id", "label"),
    "settings": ("instance_name",),
}
_REFERENCE = re.compile(r"\$\{(?:last-saved#)?([^{}]*)\}")
_TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "trigger")
_WORDS = frozenset({"yes", "no", "true", "false", "y", "n"})
#: functions that only Collect's own apps answer
_EXTRA = frozenset({"search"})


def masked(text: str) -> str:
    """Return ``text`` with each ``${name}`` as a plain name of the same length, so that positions stay."""
    return _REFERENCE.sub(lambda found: "_" * len(found[0]), text)


def question_names(book: Workbook) -> set[str]:
    """Return the names of all questions, groups and repeats."""
    return {row.get("name") for row in book.sheet("survey").rows if row.get("name")}


def expression_cells(book: Workbook) -> Iterator[tuple[str, int, str, str]]:
    """Yield sheet, row, column and text of every cell that holds an expression."""
    for name, columns in _EXPRESSIONS.items():
        sheet = book.sheet(name)
        for row in sheet.rows:
            for column in columns:
                text = row.get(column)
                if text and text.lower() not in _WORDS:
                    yield name, row.number, sheet.shown.get(column, column), text


def check_cells(book: Workbook) -> list[Finding]:
    """Return what is wrong in expressions and references, cell by cell."""
    names = question_names(book)
    found: list[Finding] = []
    for sheet, row, column, text in expression_cells(book):
        found += _syntax(sheet, row, column, text)
    for name in ("survey", "entities", "settings"):
        found += _references(book.sheet(name), names)
    return found


def _syntax(sheet: str, row: int, column: str, text: str) -> list[Finding]:
    try:
        tree = parse(masked(text))
    except KnownError as error:
        return [finding_of(error, sheet, row, column)]
    found: list[Finding] = []
    for part in walk(tree):
        if isinstance(part, Call) and part.name not in _EXTRA:
            problem = _call(part)
            if problem is not None:
                found.append(finding_of(problem, sheet, row, column))
    return found


def _call(call: Call) -> KnownError | None:
    spec = STANDARD.get(call.name)
    given = len(call.args)
    if spec is None or call.name.startswith("__"):
        near = difflib.get_close_matches(call.name, [n for n in STANDARD if not n.startswith("__")], 1)
        hint_zh = f"，是不是「{near[0]}」" if near else ""
        hint_en = f"; did you mean “{near[0]}”" if near else ""
        return EXPRESSION_CELL(
            character=call.at + 1,
            zh_what=f"没有函数「{call.name}」{hint_zh}",
            en_what=f"there is no function “{call.name}”{hint_en}",
        )
    if given < spec.least or (spec.most is not None and given > spec.most):
        wanted = str(spec.least) if spec.most == spec.least else f"{spec.least}–{spec.most or '…'}"
        return EXPRESSION_CELL(
            character=call.at + 1,
            zh_what=f"函数「{call.name}」要 {wanted} 个参数，写了 {given} 个",
            en_what=f"“{call.name}” takes {wanted} arguments, not {given}",
        )
    return None


def _references(sheet: Sheet, names: set[str]) -> list[Finding]:
    found: list[Finding] = []
    for row in sheet.rows:
        for column, text in row.cells.items():
            if column.partition("::")[0] not in _TEXTS and column not in _EXPRESSIONS.get(sheet.name, ()):
                continue
            for match in _REFERENCE.finditer(text):
                if match[1].strip() not in names:
                    error = _unknown(match[1].strip(), names)
                    found.append(finding_of(error, sheet.name, row.number, sheet.shown.get(column, column)))
            if re.search(r"[＄$]\s*[｛{][^}｝]*｝|＄", text):
                found.append(
                    finding_of(FULL_WIDTH_REF(), sheet.name, row.number, sheet.shown.get(column, column))
                )
    return found


def _unknown(name: str, names: set[str]) -> KnownError:
    near = difflib.get_close_matches(name, names, 1)
    return UNKNOWN_NAME(
        name=name,
        hint_zh=f"，是不是「{near[0]}」" if near else "",
        hint_en=f"; did you mean “{near[0]}”" if near else "",
    )
