"""What can keep an author's file from becoming a form."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "COMPILER",
    "COMPILER_WARNING",
    "DEAD",
    "ENGINES_DIFFER",
    "EXPRESSION_CELL",
    "FULL_WIDTH_REF",
    "MISSING_LIST",
    "NOT_A_FORM_FILE",
    "NOT_COMPILED",
    "NOT_SUPPORTED",
    "NO_SUCH_CHOICE",
    "PHONES_LACK",
    "TOO_BIG",
    "UNKNOWN_NAME",
    "UNREADABLE",
    "UNTRANSLATED",
    "UNUSED_LIST",
]

NOT_A_FORM_FILE = define(
    "CHECK-001",
    zh="「{name}」不是表单文件；能打开的有 .xlsx、.xls、.md 和 .xml。",
    en="“{name}” is not a form file; .xlsx, .xls, .md and .xml can be opened.",
    remedy_zh="WPS 的 .et 文件请先另存为 .xlsx。",
    remedy_en="Save a WPS .et file as .xlsx first.",
)
UNREADABLE = define(
    "CHECK-002",
    zh="「{name}」打不开：{reason}。",
    en="“{name}” cannot be read: {reason}.",
    remedy_zh="请确认文件没有损坏、没有加密，也没有被其他程序占用。",
    remedy_en="Make sure that the file is not damaged, encrypted or open in another program.",
)
TOO_BIG = define(
    "CHECK-003",
    zh="「{name}」太大（{size_mb} MB，最多 {limit_mb} MB）。",
    en="“{name}” is too big ({size_mb} MB, at most {limit_mb} MB).",
    remedy_zh="请把长的名单移到外部 CSV，或拆分表单。",
    remedy_en="Move long lists to external CSV files, or split the form.",
)
NOT_COMPILED = define(
    "CHECK-004",
    zh="「{name}」不能编译成表单：{reason}",
    en="“{name}” cannot be compiled: {reason}",
    remedy_zh="请用 form check 查看每一处问题和改法。",
    remedy_en="Run form check to see each problem and its remedy.",
)

EXPRESSION_CELL = define(
    "CHECK-010",
    zh="表达式写错了（第 {character} 个字符）：{zh_what}。",
    en="The expression is wrong (character {character}): {en_what}.",
    remedy_zh="请核对函数名和参数；支持的函数见 docs/forms/features.md。",
    remedy_en="Check the function's name and arguments; docs/forms/features.md lists the functions.",
)
UNKNOWN_NAME = define(
    "CHECK-011",
    zh="没有名为「{name}」的问题{hint_zh}。",
    en="There is no question named “{name}”{hint_en}.",
    remedy_zh="请核对 ${{…}} 里的名称，要和 name 列一模一样。",
    remedy_en="The name in ${{…}} must be exactly as in the name column.",
)
FULL_WIDTH_REF = define(
    "CHECK-012",
    zh="引用里有全角符号，应写成 ${{名称}}。",
    en="The reference contains full-width characters; write ${{name}}.",
    remedy_zh="请切换到英文输入法重新输入 $、{{ 和 }}。",
    remedy_en="Type $, {{ and }} again with a Latin keyboard.",
)
COMPILER = define(
    "CHECK-013",
    zh="{zh_what}",
    en="{en_what}",
    remedy_zh="{remedy_zh_text}",
    remedy_en="{remedy_en_text}",
)
COMPILER_WARNING = define(
    "CHECK-014",
    zh="编译提醒：{en_what}",
    en="{en_what}",
    remedy_zh="不影响发布；有空时按提示改进。",
    remedy_en="The form can be published; improve it when there is time.",
)
NOT_SUPPORTED = define(
    "CHECK-020",
    zh="本程序不支持「{feature}」。",
    en="“{feature}” is not supported.",
    remedy_zh="{instead_zh}",
    remedy_en="{instead_en}",
)
DEAD = define(
    "CHECK-030",
    zh="「{name}」永远不会出现：{why_zh}。",
    en="“{name}” can never be shown: {why_en}.",
    remedy_zh="请核对相关条件里的选项值，或删去这一题。",
    remedy_en="Check the choice names in its relevance, or remove the question.",
)
NO_SUCH_CHOICE = define(
    "CHECK-031",
    zh="「{question}」没有选项「{choice}」，这个条件不会成立。",
    en="“{question}” has no choice “{choice}”, so this condition never holds.",
    remedy_zh="请核对选项的 name；比较的是 name，不是显示的文字。",
    remedy_en="Check the choice's name; names are compared, not labels.",
)
UNUSED_LIST = define(
    "CHECK-032",
    zh="选项表「{name}」没有问题使用。",
    en="No question uses the choice list “{name}”.",
    remedy_zh="不用的选项表可以删去；若是写错了名称，请改正 type 列。",
    remedy_en="Remove it, or correct the name in the type column.",
)
UNTRANSLATED = define(
    "CHECK-033",
    zh="缺少「{language}」的{what_zh}。",
    en="The {what_en} has no “{language}” text.",
    remedy_zh="请补上这一格；留空时会显示默认语言。",
    remedy_en="Fill in the cell; until then the default language is shown.",
)
ENGINES_DIFFER = define(
    "CHECK-040",
    zh="手机和网页对这种写法的结果不同：{what_zh}。本程序按手机的来。",
    en="Phones and browsers disagree about this: {what_en}. This program follows the phones.",
    remedy_zh="{remedy_zh_text}",
    remedy_en="{remedy_en_text}",
)
PHONES_LACK = define(
    "CHECK-041",
    zh="手机上没有函数「{name}」，在 ODK Collect 里会打不开。",
    en="Phones have no function “{name}”; ODK Collect refuses the form.",
    remedy_zh="{remedy_zh_text}",
    remedy_en="{remedy_en_text}",
)
MISSING_LIST = define(
    "CHECK-050",
    zh="表单要用名单「{source}」，发布时请一起上传。",
    en="The form needs the list “{source}”; upload it when publishing.",
    remedy_zh="没有它也能打开表单，但选项会是空的。",
    remedy_en="The form opens without it, with empty choices.",
)
