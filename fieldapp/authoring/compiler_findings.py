"""pyxform's own errors and warnings in the shape of findings, with a Chinese sentence for each kind."""

from __future__ import annotations

import re
from pathlib import Path

from fieldapp.authoring.compiling import compile_form
from fieldapp.authoring.errors import COMPILER, COMPILER_WARNING
from fieldapp.authoring.findings import Finding, finding_of
from fieldapp.common.errors import KnownError

__all__ = ["compiled_or_findings", "warning_findings"]

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet|sheet:? '(\w+)'")
_COLUMN = re.compile(r"the '([\w :]+)' value|column '([\w:]+)'")

#: what pyxform says (a pattern), in Chinese, and the remedy in both languages
_KNOWN: list[tuple[str, str, str, str]] = [
    (
        r"must be unique within their nearest",
        "同一层里有重名的问题",
        "每个问题、分组、循环的 name 在同一层里只能用一次。",
        "Give each question, group and repeat of one level its own name.",
    ),
    (
        r"case-insensitive match",
        "名称和另一个名称只差大小写",
        "请改成明显不同的名称。",
        "Use a name that differs by more than its case.",
    ),
    (
        r"Names must begin with a letter|names? .*must begin with",
        "名称里有不允许的字符",
        "名称以字母或下划线开头，只用字母、数字、下划线、点和短横线。",
        "Begin with a letter or underscore; use letters, digits, underscores, dots and hyphens.",
    ),
    (
        r"Unmatched 'end_|Unmatched end",
        "多了一个 end，没有对应的 begin",
        "请检查 begin/end 是否成对。",
        "Check that every end has its begin.",
    ),
    (
        r"Unmatched 'begin_|No matching 'end_",
        "begin 没有对应的 end",
        "请在分组或循环结束处补上 end group 或 end repeat。",
        "Add the end group or end repeat.",
    ),
    (
        r"Unknown question type",
        "不认识的题型",
        "请核对 type 列；常用题型见 docs/forms/features.md。",
        "Check the type column; docs/forms/features.md lists the types.",
    ),
    (
        r"List name not in choices sheet|list_name .* not",
        "选项表不存在",
        "请在 choices 表里加上这个选项表，或改正 type 列里的名称。",
        "Add the list to the choices sheet or correct the name in the type column.",
    ),
    (
        r"Choice names must be unique",
        "选项表里有重复的 name",
        "同一个选项表里 name 不能重复。",
        "Names within one choice list must be unique.",
    ),
    (
        r"Choices must have a name|Choices should have a label",
        "选项缺少 name 或 label",
        "请补上这一格。",
        "Fill in the cell.",
    ),
    (
        r"no label|must have (?:a )?label|missing (?:a )?label|does not have a label",
        "问题缺少显示文字",
        "请补上 label 列。",
        "Fill in the label column.",
    ),
    (
        r"Reference variables? .*must contain a name|There has been a problem trying to replace|no survey element",
        "引用的问题不存在",
        "请核对 ${…} 里的名称。",
        "Check the name inside ${…}.",
    ),
    (
        r"unique anywhere in the 'survey'|multiple survey elements",
        "引用的名称不唯一",
        "被引用的问题名称在整份表单里只能出现一次。",
        "A question that is referred to needs a name that occurs once.",
    ),
    (r"save_to|entit", "实体（entities/save_to）写法不对", "请按提示修改 entities 表或 save_to 列。", "Mend the entities sheet or the save_to column as the message says."),
    (r"parameter", "parameters 列写法不对", "写法是 名=值，多个之间用空格分开。", "Write name=value, divided by spaces."),
    (
        r"[Ii]nvalid headers|column headers were not found|required column",
        "表头不对",
        "第一行要有必需的列：survey 要有 type 和 name，choices 要有 list_name 和 name。",
        "The first row needs the columns type and name (survey), list_name and name (choices).",
    ),
    (r"sheet named|'survey' sheet|survey sheet", "缺少 survey 表", "请加上名为 survey 的工作表。", "Add a sheet named survey."),
]  # fmt: skip


def _sentence(text: str) -> KnownError:
    clean = _ROW.sub("", text).strip()
    for pattern, zh, remedy_zh, remedy_en in _KNOWN:
        if re.search(pattern, clean):
            return COMPILER(
                zh_what=f"{zh}（{clean}）", en_what=clean, remedy_zh_text=remedy_zh, remedy_en_text=remedy_en
            )
    return COMPILER(
        zh_what=f"编译不通过（{clean}）",
        en_what=clean,
        remedy_zh_text="请按提示修改后再检查一次。",
        remedy_en_text="Mend it as the message says and check again.",
    )


def _place(text: str) -> tuple[str, int | None, str]:
    row = _ROW.search(text)
    sheet = _SHEET.search(text)
    column = _COLUMN.search(text)
    return (
        next((group for group in sheet.groups() if group), "survey") if sheet else "survey",
        int(row[1]) if row else None,
        next((group for group in column.groups() if group), "") if column else "",
    )


def compiled_or_findings(path: Path) -> tuple[bytes | None, list[Finding]]:
    """Compile and return the XForm and pyxform's warnings, or None and its errors."""
    try:
        compiled = compile_form(path)
    except KnownError as error:
        if error.code != "CHECK-004":
            raise
        reason = str(error.details["reason"])
        messages = [line for line in reason.split("\n") if line.strip()]
        texts = messages if all(_ROW.search(line) for line in messages) else [" ".join(messages)]
        return None, [finding_of(_sentence(text), *_place(text)) for text in texts]
    return compiled.xml, warning_findings(compiled.warnings)


def warning_findings(warnings: tuple[str, ...]) -> list[Finding]:
    """Return pyxform's warnings as findings."""
    return [
        finding_of(COMPILER_WARNING(en_what=_ROW.sub("", text).strip()), *_place(text), level="warning")
        for text in warnings
    ]
