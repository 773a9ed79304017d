"""What can go wrong on the way to paper: characters no font has, a county's own template, a file that is no PDF."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "NO_ISSUES",
    "BAD_LAYOUT",
    "BAD_TEMPLATE",
    "FONTS_MISSING",
    "NAME_GLYPH",
    "NOT_A_PDF",
    "NO_SUCH_PAGE",
]

BAD_TEMPLATE = define(
    "SHEET-001",
    zh="表样「{file}」第 {line} 行第 {column} 列写得不对：{reason_zh}。",
    en="Template “{file}”, line {line}, column {column}: {reason_en}.",
    remedy_zh="请县里负责表样的同志改好这一处；也可以先移走自己的表样，用程序自带的打印。",
    remedy_en="Have the author mend it there, or move the county's template away and print with the shipped one.",
)
NAME_GLYPH = define(
    "SHEET-002",
    zh="「{names}」里有打印不出的字：{characters}。",
    en="{names}: no font has {characters}.",
    remedy_zh="多半是旧系统的自造字。请到一户页面把姓名改成身份证上的标准字，再打印；其他农户可以先打印。",
    remedy_en="Mostly a private character of an older system. Correct the name as on the ID card; print the others first.",
)
FONTS_MISSING = define(
    "SHEET-003",
    zh="程序的字体文件不齐：缺 {files}。",
    en="Font files of the program are missing: {files}.",
    remedy_zh="请重新安装程序，数据不受影响。",
    remedy_en="Install the program again; the data are not touched.",
)
BAD_LAYOUT = define(
    "SHEET-004",
    zh="打印设置「{file}」写得不对：{reason_zh}。",
    en="Print settings “{file}”: {reason_en}.",
    remedy_zh="请县里负责表样的同志改好；也可以先移走自己的设置，用程序自带的打印。",
    remedy_en="Have the author mend it, or move the county's settings away and print with the shipped ones.",
)
NOT_A_PDF = define(
    "SHEET-005",
    zh="这份文件打不开，不是完整的 PDF。",
    en="This file cannot be opened; it is no complete PDF.",
    remedy_zh="请重新生成一次。",
    remedy_en="Make it again.",
)
NO_SUCH_PAGE = define(
    "SHEET-006",
    zh="这份文件只有 {pages} 页，没有第 {page} 页。",
    en="The file has {pages} pages; there is no page {page}.",
    remedy_zh="请重新打开预览。",
    remedy_en="Open the preview again.",
)

NO_ISSUES = define(
    "SHEET-007",
    zh="选中的农户没有未销号的问题，没有要开的单。",
    en="The chosen households have no open problem: there is nothing to print.",
    remedy_zh="选有问题的户，或先在“填表 → 问题与整改单”里登记。",
    remedy_en="Choose households with a problem, or register one first.",
)
