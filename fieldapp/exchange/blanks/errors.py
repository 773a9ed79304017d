"""Known errors of a blank: it cannot be read, says something nobody knows, or cannot be filled without spoiling it."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = ["BAD_BLANK", "MANY_ROWS", "NOTHING_TO_FILL", "NOT_A_BLANK", "SPOILED", "UNKNOWN_WORDS"]

NOT_A_BLANK = define(
    "BLANK-001",
    zh="「{name}」不是能套填的空表：{reason}。",
    en="“{name}” is no blank that can be filled: {reason_en}.",
    remedy_zh="请用 WPS、Excel 或 Word 打开，另存为 .xlsx 或 .docx（不带宏、不加密码）再试。",
    remedy_en="Open it in WPS, Excel or Word and save it as .xlsx or .docx, without macros and password.",
)
BAD_BLANK = define(
    "BLANK-002",
    zh="「{name}」打不开，可能没有下载完整或已损坏（{reason}）。",
    en="“{name}” cannot be opened; it may be incomplete or damaged ({reason}).",
    remedy_zh="请重新拷贝一份；WPS 能打开的话，另存一次再试。",
    remedy_en="Copy it again; if WPS opens it, save it once more.",
)
UNKNOWN_WORDS = define(
    "BLANK-003",
    zh="有 {count} 处占位符不认识：{words}。",
    en="{count} placeholders are not known: {words}.",
    remedy_zh="请照“可用的占位符”改过空表再选一次；括号要用【 】。什么也没有写。",
    remedy_en="Correct them by the list of placeholders and choose the blank again. Nothing was written.",
)
NOTHING_TO_FILL = define(
    "BLANK-004",
    zh="「{name}」里没有占位符，没有可填的地方。",
    en="“{name}” has no placeholder; there is nothing to fill.",
    remedy_zh="请在要填的格子里写上占位符，如【户主姓名】【家庭人口】。",
    remedy_en="Write placeholders where values belong, such as 【户主姓名】.",
)
SPOILED = define(
    "BLANK-005",
    zh="{where}：{reason}，照着加行会弄坏这张表。",
    en="{where}: {reason_en}; adding rows would spoil the table.",
    remedy_zh="请取消跨行合并，或把表格对象转换为普通区域，再试一次。",
    remedy_en="Undo the merge over several rows, or turn the table object into a plain range.",
)
MANY_ROWS = define(
    "BLANK-006",
    zh="{where}：一张总表里只能有一行写每户（或每人）的占位符，这里有 {count} 行。",
    en="{where}: a list has one row with placeholders of each household or member; here are {count}.",
    remedy_zh="请只留一行作样子，程序会照着往下加；标题里可以写【今天】【填表人】。",
    remedy_en="Leave one row as the pattern; titles may say 【今天】 or 【填表人】.",
)
