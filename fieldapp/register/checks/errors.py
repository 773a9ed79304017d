"""What can be wrong with a rule file: known errors, because counties write rules too."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = ["BAD_RULE", "BAD_RULE_FILE"]

BAD_RULE = define(
    "RULE-001",
    zh="核查规则「{file}」里的「{rule}」写得不对：{reason_zh}。",
    en="Rule “{rule}” of “{file}”: {reason_en}.",
    remedy_zh="请县里负责规则的同志改好这一条；也可以先移走自己的规则文件，用程序自带的规则。",
    remedy_en="Have the author mend this rule, or move the county's file away and use the shipped rules.",
)
BAD_RULE_FILE = define(
    "RULE-002",
    zh="核查规则文件「{file}」读不出来：{reason_zh}。",
    en="Rule file “{file}” cannot be read: {reason_en}.",
    remedy_zh="请县里负责规则的同志改好这个文件；也可以先移走它，用程序自带的规则。",
    remedy_en="Have the author mend the file, or move it away and use the shipped rules.",
)
