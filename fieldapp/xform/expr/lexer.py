"""From text to tokens. A plain path (``/data/group/q``, ``../../q``) is one token: forms consist of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from fieldapp.xform.errors import EXPRESSION
from fieldapp.xform.limits import MAX_EXPRESSION_CHARS

__all__ = ["Token", "tokenize"]


class Token(NamedTuple):
    """``kind``: num, lit, path (plain, absolute), up (plain, from ``..``), name, op, sym, axis, end."""

    kind: str
    text: str
    at: int


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


def tokenize(text: str, where: str) -> list[Token]:
    """Return the tokens of ``text``, an ``end`` token last. Raises FORM-010 at the first character that fits nothing."""
    if len(text) > MAX_EXPRESSION_CHARS:
        raise _wrong(text, 0, f"太长（最多 {MAX_EXPRESSION_CHARS} 个字符）", "it is too long", where)
    tokens: list[Token] = []
    append = tokens.append
    match_token = _TOKEN.match
    at, end = 0, len(text.rstrip())
    operand = False
    while at < end:
        if operand:
            found = _OPERATOR.match(text, at)
            if found:
                append(Token("op", found[1], found.start(1)))
                at = found.end()
                operand = False
                continue
        match = match_token(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise _unreadable(text, at, where)
        kind = match.lastgroup or ""
        value = match[kind]
        at = match.end()
        if kind == "sym":
            operand = value in _CLOSERS
            if value == "*":
                kind, operand = "wild", True
        else:
            operand = kind in _AFTER_OPERAND
        append(Token(kind, value, match.start(match.lastgroup or 0)))
    append(Token("end", "", len(text)))
    return tokens


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
