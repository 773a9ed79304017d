"""From text to tokens. A plain path (``/data/group/q``, ``../../q``) is one token: forms consist of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldapp.xform.errors import EXPRESSION
from fieldapp.xform.limits import MAX_EXPRESSION_CHARS

__all__ = ["Tokens", "tokenize"]


@dataclass(slots=True)
class Tokens:
    """The tokens of an expression, column by column; an ``end`` token is last.

    Kinds: num, lit, path (plain, absolute), up (plain, from ``..``), name, op, sym, wild, axis, end.
    """

    kinds: list[str]
    texts: list[str]
    places: list[int]


_NAME = r"[^\W\d][\w.\-\u00b7]*"
_QNAME = rf"{_NAME}(?::(?:{_NAME}|\*))?"
_STOP = r"(?![\w.\-\u00b7:]|\s*\(|\s*::)"
_TOKEN = re.compile(
    r"\s*(?:"
    rf"(?P<path>(?:/{_QNAME})+{_STOP})"
    rf"|(?P<up>(?:\.\./)*\.\.(?:(?:/{_QNAME})+{_STOP})?)"
    r"|(?P<num>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<lit>\"[^\"]*\"|'[^']*')"
    rf"|(?P<axis>[a-z\-]+(?=\s*::))"
    rf"|(?P<name>{_QNAME})"
    r"|(?P<sym>::|//|/|\(|\)|\[|\]|\.|,|@|\||<=|>=|!=|<|>|=|\+|-|\*)"
    r")"
)
_OPERATOR = re.compile(r"\s*(and|or|div|mod|\*)")
_AFTER_OPERAND = frozenset({"num", "lit", "path", "up", "name", "wild"})
_CLOSERS = frozenset({")", "]", "."})


def tokenize(text: str, where: str) -> Tokens:
    """Return the tokens of ``text``. Raises FORM-010 at the first character that fits nothing."""
    if len(text) > MAX_EXPRESSION_CHARS:
        raise _wrong(text, 0, f"太长（最多 {MAX_EXPRESSION_CHARS} 个字符）", "it is too long", where)
    kinds: list[str] = []
    texts: list[str] = []
    places: list[int] = []
    match_token, match_operator = _TOKEN.match, _OPERATOR.match
    at, end = 0, len(text.rstrip())
    operand = False
    while at < end:
        if operand and (found := match_operator(text, at)):
            kind, operand = "op", False
            group: str | int = 1
        else:
            found = match_token(text, at)
            if found is None:
                at += len(text[at:]) - len(text[at:].lstrip())
                raise _unreadable(text, at, where)
            kind = group = found.lastgroup or ""
            operand = kind in _AFTER_OPERAND
        value = found[group]
        if kind == "sym":
            operand = value in _CLOSERS
            if value == "*":
                kind, operand = "wild", True
        kinds.append(kind)
        texts.append(value)
        places.append(found.start(group))
        at = found.end()
    kinds.append("end")
    texts.append("")
    places.append(len(text))
    return Tokens(kinds, texts, places)


def _unreadable(text: str, at: int, where: str) -> Exception:
    char = text[at]
    if char in "'\"":
        return _wrong(text, at, "引号没有成对", "a quote is not closed", where)
    if char in "“”‘’，（）＝＜＞！＋－＊；：":
        return _wrong(
            text, at, f"「{char}」是全角符号，请改成半角", f"“{char}” is a full-width character", where
        )
    if char == "$":
        return _wrong(text, at, "${…} 没有被替换，请核对问题名称", "a ${…} was not replaced", where)
    return _wrong(text, at, f"不认识「{char}」", f"“{char}” is not understood", where)


def _wrong(text: str, at: int, zh: str, en: str, where: str) -> Exception:
    return EXPRESSION(column=at + 1, reason_zh=zh, reason_en=en, where=where, expression=text[:200])
