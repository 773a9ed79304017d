"""What can be wrong with a form, its lists or its answers, in the words of a colleague who writes forms."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "CYCLE",
    "DOCTYPE",
    "EXPRESSION",
    "INVALID_ANSWERS",
    "LIST_ENCODING",
    "LIST_MALFORMED",
    "LIST_MISSING",
    "LIST_RAGGED",
    "NOT_AN_XFORM",
    "NO_CONVERGENCE",
    "NO_VERIFIER",
    "PATTERN",
    "REF_UNKNOWN",
    "REPEAT_FIXED",
    "SAVED_MISMATCH",
    "TOO_BIG",
    "TOO_DEEP",
    "TOO_MANY_REPEATS",
    "TRUNCATED",
    "UNKNOWN_LANGUAGE",
    "UNRESOLVED",
    "UNSUPPORTED",
]

_AUTHOR_ZH = "请用 form check 检查表单，改好后重新发布。"
_AUTHOR_EN = "Run form check on the form, mend it and publish it again."

TRUNCATED = define(
    "FORM-001",
    zh="表单文件不完整或已损坏（第 {line} 行第 {column} 列：{reason}）。",
    en="The form file is incomplete or damaged (line {line}, column {column}: {reason}).",
    remedy_zh="请重新下载或重新导出这份表单。",
    remedy_en="Download or export the form again.",
)
NOT_AN_XFORM = define(
    "FORM-002",
    zh="这个文件不是 ODK 表单：{reason}。",
    en="This file is not an ODK XForm: {reason}.",
    remedy_zh="请确认选的是由 XLSForm 编译出来的 .xml 表单。",
    remedy_en="Choose the .xml form compiled from an XLSForm.",
)
DOCTYPE = define(
    "FORM-003",
    zh="表单里有文档类型或实体声明，出于安全考虑不打开。",
    en="The file declares a document type or entities and is refused for safety.",
    remedy_zh="请删去 <!DOCTYPE …> 一段，或重新导出表单。",
    remedy_en="Remove the <!DOCTYPE …> part or export the form again.",
)
TOO_BIG = define(
    "FORM-004",
    zh="「{name}」太大（{size_mb} MB，最多 {limit_mb} MB）。",
    en="“{name}” is too big ({size_mb} MB, at most {limit_mb} MB).",
    remedy_zh="请拆分表单，或把大的选项表改成外部 CSV。",
    remedy_en="Split the form, or move big choice lists to an external CSV file.",
)
TOO_DEEP = define(
    "FORM-005",
    zh="表达式嵌套太深（最多 {limit} 层）：{where}。",
    en="The expression is nested too deeply (at most {limit} levels): {where}.",
    remedy_zh="请把表达式拆成几个 calculate，一步一步算。",
    remedy_en="Split the expression into several calculates.",
)
EXPRESSION = define(
    "FORM-010",
    zh="表达式写错了（第 {column} 个字符）：{reason_zh}。{where}",
    en="The expression is wrong (character {column}): {reason_en}. {where}",
    remedy_zh=_AUTHOR_ZH,
    remedy_en=_AUTHOR_EN,
)
UNRESOLVED = define(
    "FORM-011",
    zh="表达式里的「{path}」在表单中找不到。{where}",
    en="“{path}” in the expression is not in the form. {where}",
    remedy_zh="请核对问题名称的拼写和大小写。",
    remedy_en="Check the spelling and the case of the question's name.",
)
CYCLE = define(
    "FORM-012",
    zh="计算互相依赖，绕成了一圈：{nodes}。",
    en="Calculations depend on each other in a circle: {nodes}.",
    remedy_zh="请改掉其中一个计算或相关条件，让它不再引用自己。",
    remedy_en="Change one of these calculations or relevances so that it no longer leads back to itself.",
)
UNSUPPORTED = define(
    "FORM-013",
    zh="本程序还不支持「{feature}」。{where}",
    en="“{feature}” is not supported. {where}",
    remedy_zh="请换一种写法；支持的写法见 docs/forms/features.md。",
    remedy_en="Write it another way; docs/forms/features.md lists what is supported.",
)
PATTERN = define(
    "FORM-014",
    zh="正则表达式「{pattern}」不能用：{reason_zh}。",
    en="The pattern “{pattern}” cannot be used: {reason_en}.",
    remedy_zh="请写得简单一些，避免反向引用和套在一起的重复。",
    remedy_en="Write it more simply, without back references and nested repetitions.",
)
NO_CONVERGENCE = define(
    "FORM-015",
    zh="表单的计算一直停不下来，最后算到「{ref}」。",
    en="The form's calculations do not settle; the last one was “{ref}”.",
    remedy_zh=_AUTHOR_ZH,
    remedy_en=_AUTHOR_EN,
)
TOO_MANY_REPEATS = define(
    "FORM-016",
    zh="「{ref}」要重复 {count} 次，最多 {limit} 次。",
    en="“{ref}” is to be repeated {count} times, at most {limit} are possible.",
    remedy_zh="请核对决定个数的那个答案。",
    remedy_en="Check the answer that decides the number.",
)
NO_VERIFIER = define(
    "FORM-017",
    zh="表单用 extract-signed 核对签名，但这里不能核对签名。",
    en="The form checks a signature with extract-signed, and signatures cannot be checked here.",
    remedy_zh="请在走访填表页或用 form try --headless 打开这份表单。",
    remedy_en="Open the form in the visit page or with form try --headless.",
)
REF_UNKNOWN = define(
    "FORM-020",
    zh="表单里没有「{ref}」。",
    en="The form has no “{ref}”.",
    remedy_zh="请核对名称；循环里的第几个从 1 数起。",
    remedy_en="Check the name; repeat instances count from 1.",
)
REPEAT_FIXED = define(
    "FORM-021",
    zh="「{ref}」的个数由表单决定，不能在这里增减。",
    en="How many “{ref}” there are is decided by the form; they cannot be added or removed here.",
    remedy_zh="请修改决定个数的那个问题。",
    remedy_en="Change the answer that decides the number.",
)
INVALID_ANSWERS = define(
    "FORM-022",
    zh="还有 {count} 处没有填对：{first}",
    en="{count} answers are missing or not valid: {first}",
    remedy_zh="请按红色提示补齐后再提交。",
    remedy_en="Mend the marked answers, then send.",
)
SAVED_MISMATCH = define(
    "FORM-023",
    zh="这份草稿不是用「{form_id}」填的：{reason}。",
    en="This draft was not filled with “{form_id}”: {reason}.",
    remedy_zh="请用当时的那份表单打开草稿。",
    remedy_en="Open the draft with the form it was filled with.",
)
UNKNOWN_LANGUAGE = define(
    "FORM-024",
    zh="表单没有「{language}」这种语言。",
    en="The form has no language “{language}”.",
    remedy_zh="请在表单提供的语言中选择：{known}。",
    remedy_en="Choose one of the form's languages: {known}.",
)
LIST_MISSING = define(
    "FORM-030",
    zh="缺少表单要用的名单「{source}」。",
    en="The list “{source}” that the form needs is missing.",
    remedy_zh="请把这个文件和表单一起上传。",
    remedy_en="Upload the file together with the form.",
)
LIST_RAGGED = define(
    "FORM-031",
    zh="名单「{source}」第 {row} 行有 {found} 列，表头有 {expected} 列。",
    en="Row {row} of the list “{source}” has {found} columns, the header has {expected}.",
    remedy_zh="请检查这一行是不是多了或少了逗号、引号。",
    remedy_en="Check that row for a missing or extra comma or quote.",
)
LIST_ENCODING = define(
    "FORM-032",
    zh="名单「{source}」不是 UTF-8 编码{guess_zh}。",
    en="The list “{source}” is not UTF-8{guess_en}.",
    remedy_zh="请在 Excel 或 WPS 里另存为「CSV UTF-8（逗号分隔）」。",
    remedy_en="Save it as “CSV UTF-8” in Excel or WPS.",
)
LIST_MALFORMED = define(
    "FORM-033",
    zh="名单「{source}」读不出来：{reason}。",
    en="The list “{source}” cannot be read: {reason}.",
    remedy_zh="请检查文件内容，重新导出。",
    remedy_en="Check the file and export it again.",
)
