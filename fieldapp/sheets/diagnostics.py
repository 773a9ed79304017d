"""What the compiler says about a template, as file, line, column and a Chinese sentence for the county's IT person."""

from __future__ import annotations

import re

from fieldapp.common.errors import KnownError
from fieldapp.sheets.errors import BAD_TEMPLATE

__all__ = ["chinese_reason", "template_error"]

#: The compiler writes a path from where the program was started; its last part is the template's name.
_PLACE = re.compile(r"┌─ (?:.*[/\\])?(?P<file>[^/\\\n]+):(?P<line>\d+):(?P<column>\d+)")
_SEARCHED = re.compile(r" \(searched at .*\)$")
_SENTENCES = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        (r"unknown variable: (.+)", "没有叫「{0}」的变量，是不是拼错了"),
        (r"dictionary does not contain key \"(.+?)\"", "数据里没有「{0}」这一项"),
        (r"unclosed (?:delimiter|string|raw text|label)", "括号或引号只有一半，没有配对"),
        (r"unexpected argument(?:: (.+))?", "这个函数没有叫「{0}」的参数"),
        (r"unexpected (?:closing )?(.+)", "这里多出了「{0}」"),
        (r"expected (.+?), found (.+)", "这里应为{0}，却写成了{1}"),
        (r"expected (.+)", "这里缺少{0}"),
        (r"file not found", "找不到要引用的文件"),
        (r"path .* would escape", "只能引用表样文件夹里的文件"),
        (r"unresolved import", "被引用的文件里没有这个名字"),
        (r"unknown image format|failed to (?:decode|parse|load).*", "图片打不开"),
        (r"missing argument: (.+)", "调用时少了参数「{0}」"),
        (r"type (.+) has no (?:method|field) `(.+?)`", "{0}没有叫「{1}」的项"),
        (r"cannot access fields on type (.+)", "{0}里没有可取的项"),
        (
            r"cannot (?:add|subtract|multiply|divide|compare|join|apply) (.+)",
            "这几样东西不能放在一起计算：{0}",
        ),
        (r"cannot loop over (.+)", "{0}不能逐项取用"),
        (r"array index out of bounds", "取的序号超出了列表"),
        (r"assertion failed|panicked with", "表样自己报告出错"),
        (r"layout did not converge|maximum .* depth exceeded", "循环引用，排版停不下来"),
        (r".*the text `\"(.+?)\"` could not be displayed", "「{0}」在所有字体里都没有"),
    )
)
_TYPES = {
    "relative length": "长度",
    "length": "长度",
    "string": "文字",
    "integer": "整数",
    "float": "小数",
    "boolean": "真假值",
    "array": "列表",
    "dictionary": "字典",
    "content": "内容",
    "color": "颜色",
    "function": "函数",
    "fraction": "份数",
    "expression": "内容",
    "identifier": "名字",
    "pattern": "名字",
}
_TYPE = re.compile("|".join(rf"\b{name}\b" for name in _TYPES))


def chinese_reason(message: str) -> str:
    """Return the compiler's message in Chinese; one that is not known is quoted."""
    for pattern, sentence in _SENTENCES:
        if found := pattern.match(message):
            return sentence.format(*(_in_chinese(group or "") for group in found.groups()))
    return f"编译程序说：{message}"


def _in_chinese(words: str) -> str:
    return _TYPE.sub(lambda found: _TYPES[found[0]], words).replace(" or ", "或")


def template_error(message: str, diagnostic: str) -> KnownError:
    """Return SHEET-001 for what the compiler reported; the place is the first one it names outside our own start file."""
    first_line = _SEARCHED.sub("", message.splitlines()[0]) if message else "error"
    places = [place for place in _PLACE.finditer(diagnostic) if place["file"] != "main.typ"]
    place = places[0] if places else None
    return BAD_TEMPLATE(
        file=place["file"] if place else "?",
        line=int(place["line"]) if place else 0,
        column=int(place["column"]) if place else 0,
        reason_zh=chinese_reason(first_line),
        reason_en=first_line,
    )
