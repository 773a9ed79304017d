"""What can keep an author's file from becoming a form."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = ["NOT_A_FORM_FILE", "NOT_COMPILED", "TOO_BIG", "UNREADABLE"]

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
